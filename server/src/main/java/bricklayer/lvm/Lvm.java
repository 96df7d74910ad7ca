package bricklayer.lvm;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import bricklayer.lvm.LvmReport.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders LVM's commands and reads its answers. Checked against LVM 2.03.16; see lvm(8), lvcreate(8), lvmthin(7).
 *
 * <p>LVM exits with 5 when it does not find what was named, and also when it could not look (no lock, no permission, device rejected); each time it prints a whole, empty report. So "not
 * there" is believed only when LVM says so and complains of nothing else.
 */
public final class Lvm {

    private static final String ARBITER_CHUNK = "256K";
    private static final Pattern UUID = Pattern.compile("[A-Za-z0-9]{6}(-[A-Za-z0-9]{4}){5}-[A-Za-z0-9]{6}");
    private static final Pattern NAME_OR_NONE = Pattern.compile("[A-Za-z0-9_.+-]*");
    private static final Pattern COUNT = Pattern.compile("\\d+");
    private static final Pattern ATTRIBUTES = Pattern.compile("[A-Za-z-]{3,10}");
    private static final Pattern PERCENT_OR_NONE = Pattern.compile("|\\d{1,3}\\.\\d{1,4}");
    /** Id, which some kinds do not have, and type. */
    private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9-]*,[A-Za-z0-9_.+-]+");

    private final LvmSettings settings;

    public Lvm(LvmSettings settings) {
        this.settings = settings;
    }

    /** Erases every signature on a device. Refused by the kernel while the device is in use. */
    public Command wipefs(String device) {
        return Command.of(settings.deadline(), "wipefs", "--all", device);
    }

    /**
     * Refused when the device carries a signature or is a physical volume already: LVM asks, and standard input is empty.
     *
     * @param uuid the id that it gets
     */
    public Command pvcreate(String device, String uuid) {
        return lvm(
                "pvcreate",
                "-qq",
                "--uuid",
                uuid,
                "--norestorefile",
                "--metadatasize=128M",
                "--dataalignment=" + settings.dataAlignment(),
                device);
    }

    public Command pvremove(String device) {
        return lvm("pvremove", "-qq", device);
    }

    public Command vgcreate(String group, String device, List<String> tags) {
        List<String> words = new ArrayList<>(
                List.of("vgcreate", "-qq", "--physicalextentsize=" + settings.extentSize(), autobackup()));
        tags.forEach(tag -> words.addAll(List.of("--addtag", tag)));
        words.addAll(List.of(group, device));
        return lvm(words);
    }

    /**
     * Adds tags to a volume group and takes tags away, in one write of LVM's. A tag that is there already, or not there, is no error.
     *
     * @param add tags; not empty, or {@code remove} is not
     */
    public Command vgchangeTags(String group, List<String> add, List<String> remove) {
        List<String> words = new ArrayList<>(List.of("vgchange", "-qq", autobackup()));
        remove.forEach(tag -> words.addAll(List.of("--deltag", tag)));
        add.forEach(tag -> words.addAll(List.of("--addtag", tag)));
        words.add(group);
        return lvm(words);
    }

    /** The tags of each volume group of the host, by its name. */
    public Query<Map<String, List<String>>> groupTags() {
        return new Query<>(
                lvm("vgs", "--reportformat", "json", "-o", "vg_name,vg_tags"),
                answer -> LvmReport.read(answer, "vg").rows().stream()
                        .collect(Collectors.toMap(row -> row.text("vg_name"), row -> tags(row.text("vg_tags")))));
    }

    /** The tags of one volume group; empty when there is none of that name. */
    public Query<Optional<List<String>>> groupTags(String group) {
        Command command = lvm("vgs", "--reportformat", "json", "-o", "vg_name,vg_tags", group);
        return new Query<>(command, answer -> {
            LvmReport report = LvmReport.readOrAbsent(answer, "vg", Absence.ofGroup(group));
            return answer.status() == 0 && isNamed(group, report.onlyRow())
                    ? Optional.of(tags(report.onlyRow().text("vg_tags")))
                    : Optional.empty();
        });
    }

    private static List<String> tags(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }

    /** Refused while a logical volume is in it. */
    public Command vgremove(String group) {
        return lvm("vgremove", "-qq", group);
    }

    public Command lvcreateThin(ThinLv lv) {
        List<String> words = new ArrayList<>(List.of(
                "lvcreate",
                "-qq",
                autobackup(),
                "--poolmetadatasize",
                lv.metadataKiB() + "K",
                "--chunksize",
                lv.arbiter() ? ARBITER_CHUNK : settings.chunkSize(),
                "--size",
                lv.poolKiB() + "K",
                "--thin",
                lv.vg() + "/" + lv.pool(),
                "--virtualsize",
                lv.sizeKiB() + "K",
                "--name",
                lv.lv()));
        lv.tags().forEach(tag -> words.addAll(List.of("--addtag", tag)));
        return lvm(words);
    }

    /** Removes the volume; succeeds when it is not there. Refused while its file system is mounted. */
    public Command lvremove(ThinLv lv) {
        return lvm("lvremove", "-qq", autobackup(), "-f", "-S", "lv_name=" + lv.lv(), lv.vg());
    }

    /** Removes the pool if no volume is in it; succeeds otherwise, too. A clone of a brick lives in the brick's pool and must outlive it. */
    public Command lvremoveEmptyPool(ThinLv lv) {
        return lvm("lvremove", "-qq", autobackup(), "-f", "-S", "lv_name=" + lv.pool() + " && thin_count=0", lv.vg());
    }

    /** A volume group that is not there holds nothing. */
    public Query<ThinLvSeen> thinLv(ThinLv lv) {
        Command command = lvm(
                "lvs",
                "--reportformat",
                "json",
                "-o",
                "lv_name,thin_count",
                "-S",
                "lv_name=" + lv.lv() + " || lv_name=" + lv.pool(),
                lv.vg());
        return new Query<>(command, answer -> seen(lv, LvmReport.readOrAbsent(answer, "lv", Absence.ofGroup(lv.vg()))));
    }

    private static ThinLvSeen seen(ThinLv lv, LvmReport report) {
        Set<String> names = new HashSet<>();
        boolean emptyPool = false;
        for (Row row : report.rows()) {
            String name = row.text("lv_name");
            if (!names.add(name) || !(name.equals(lv.lv()) || name.equals(lv.pool()))) {
                throw new UnreadableAnswer("LVM reports " + name + ", not asked for or for the second time");
            }
            if (name.equals(lv.pool())) {
                emptyPool = row.text("thin_count", COUNT).equals("0");
            }
        }
        return new ThinLvSeen(names.contains(lv.lv()), emptyPool);
    }

    public Query<Boolean> vgExists(String group) {
        Command command = lvm("vgs", "--reportformat", "json", "-o", "vg_name", group);
        return new Query<>(command, answer -> {
            LvmReport report = LvmReport.readOrAbsent(answer, "vg", Absence.ofGroup(group));
            return answer.status() == 0 && isNamed(group, report.onlyRow());
        });
    }

    private static boolean isNamed(String group, Row row) {
        String name = row.text("vg_name");
        if (!name.equals(group)) {
            throw new UnreadableAnswer("LVM reports volume group " + name + " instead of " + group);
        }
        return true;
    }

    /** The physical volume that a device is; empty for a device that is none. A device that is not there, or that LVM may not use, cannot be told from either. */
    public Query<Optional<PhysicalVolume>> pvOf(String device) {
        Command command = lvm("pvs", "--reportformat", "json", "-o", "pv_uuid,vg_name", device);
        return new Query<>(command, answer -> {
            LvmReport report = LvmReport.readOrAbsent(answer, "pv", Absence.ofPhysicalVolume());
            if (answer.status() != 0) {
                return Optional.empty();
            }
            Row row = report.onlyRow();
            return Optional.of(new PhysicalVolume(row.text("pv_uuid", UUID), row.text("vg_name", NAME_OR_NONE)));
        });
    }

    public Query<VolumeGroupSize> vgSize(String group) {
        Command command = lvm(
                "vgs",
                "--reportformat",
                "json",
                "--units",
                "k",
                "--nosuffix",
                "-o",
                "vg_size,vg_free,vg_extent_size",
                group);
        return new Query<>(command, answer -> {
            Row row = LvmReport.read(answer, "vg").onlyRow();
            VolumeGroupSize size =
                    new VolumeGroupSize(row.kib("vg_size"), row.kib("vg_free"), row.kib("vg_extent_size"));
            if (!size.isWholeExtents()) {
                throw new UnreadableAnswer("a volume group cannot have these sizes: " + size);
            }
            return size;
        });
    }

    /** LVM's own report about all physical volumes of the host, sizes in KiB: the columns of each by name, in LVM's order. */
    public Query<List<Map<String, String>>> physicalVolumes() {
        return report("pvs", "pv");
    }

    /** The same about volume groups. */
    public Query<List<Map<String, String>>> volumeGroups() {
        return report("vgs", "vg");
    }

    /** The same about logical volumes, those that LVM hides left out. */
    public Query<List<Map<String, String>>> logicalVolumes() {
        return report("lvs", "lv");
    }

    /** Every physical volume and every volume group of the host, in one question. A group whose devices are all gone is not among them. */
    public Query<GroupsSeen> groups() {
        Command command = lvm(
                "pvs",
                "--reportformat",
                "json",
                "--units",
                "k",
                "--nosuffix",
                "-o",
                "pv_name,pv_uuid,pv_size,pv_free,pv_attr,vg_name,vg_uuid,vg_size,vg_free,vg_extent_size,vg_tags");
        return new Query<>(command, answer -> {
            List<PvSeen> physicalVolumes = new ArrayList<>();
            Map<String, VgSeen> groups = new LinkedHashMap<>();
            for (Row row : LvmReport.read(answer, "pv").rows()) {
                String group = row.text("vg_name", NAME_OR_NONE);
                physicalVolumes.add(new PvSeen(
                        row.text("pv_name"),
                        row.text("pv_uuid", UUID),
                        group,
                        row.kib("pv_size"),
                        row.kib("pv_free"),
                        row.text("pv_attr", ATTRIBUTES).contains("m")));
                if (!group.isEmpty()) {
                    VgSeen seen = new VgSeen(
                            group,
                            row.text("vg_uuid", UUID),
                            row.kib("vg_size"),
                            row.kib("vg_free"),
                            row.kib("vg_extent_size"),
                            row.words("vg_tags"));
                    // by id: two groups may have one name, as after a disk was copied
                    groups.put(seen.uuid(), seen);
                }
            }
            return new GroupsSeen(physicalVolumes, List.copyOf(groups.values()));
        });
    }

    /** Every logical volume of the host, those that LVM hides left out. */
    public Query<List<LvSeen>> everyVolume() {
        Command command = lvm(
                "lvs",
                "--reportformat",
                "json",
                "--units",
                "k",
                "--nosuffix",
                "-o",
                "vg_name,lv_name,lv_uuid,lv_attr,lv_size,pool_lv,origin,data_percent,metadata_percent,lv_metadata_size,lv_tags");
        return new Query<>(
                command,
                answer -> LvmReport.read(answer, "lv").rows().stream()
                        .map(row -> new LvSeen(
                                row.text("vg_name", NAME_OR_NONE),
                                row.text("lv_name", NAME_OR_NONE),
                                row.text("lv_uuid", UUID),
                                row.text("lv_attr", ATTRIBUTES),
                                row.text("pool_lv", NAME_OR_NONE),
                                row.text("origin", NAME_OR_NONE),
                                row.kib("lv_size"),
                                row.text("lv_metadata_size").isEmpty() ? 0 : row.kib("lv_metadata_size"),
                                row.text("data_percent", PERCENT_OR_NONE),
                                row.text("metadata_percent", PERCENT_OR_NONE),
                                row.words("lv_tags")))
                        .toList());
    }

    private Query<List<Map<String, String>>> report(String program, String kind) {
        return new Query<>(
                lvm(program, "--reportformat", "json", "--units", "k"),
                answer -> LvmReport.read(answer, kind).rows().stream()
                        .map(Row::all)
                        .toList());
    }

    /** Ids and types of the signatures on a device, in no particular order; empty for a clean one. */
    public Query<List<String>> signatures(String device) {
        Command command =
                Command.of(settings.deadline(), "wipefs", "--noheadings", "--parsable", "-O", "UUID,TYPE", device);
        return new Query<>(command, Lvm::signatures);
    }

    private static List<String> signatures(Exited answer) {
        String out = answer.out();
        // with nothing found it says nothing at all, so whatever it complains of may be why
        if (answer.status() != 0
                || !Complaints.of(answer).isEmpty()
                || !(out.isEmpty() || out.endsWith("\n"))
                || !out.lines().allMatch(line -> SIGNATURE.matcher(line).matches())) {
            throw new UnreadableAnswer("wipefs ended with status " + answer.status() + ": "
                    + (answer.err().isBlank() ? out : answer.err()).strip());
        }
        return out.lines()
                .flatMap(line -> Stream.of(line.split(",")))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private String autobackup() {
        return "--autobackup=" + (settings.backupMetadata() ? "y" : "n");
    }

    private Command lvm(String... words) {
        return lvm(List.of(words));
    }

    private Command lvm(List<String> words) {
        List<String> argv = new ArrayList<>(settings.program());
        argv.addAll(words);
        return new Command(argv, settings.deadline());
    }
}

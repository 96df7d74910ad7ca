package bricklayer.lvm;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Renders LVM's commands and reads its answers. Checked against LVM 2.03.16; see lvm(8), lvcreate(8), lvmthin(7).
 *
 * <p>LVM exits with 5 when it refuses or does not find what was named, and still prints a whole, empty report.
 */
public final class Lvm {

    private static final String ARBITER_CHUNK = "256K";
    /** What pvs says of a device without a label of LVM's, of one that has partitions, and of one that is not there. */
    private static final String[] NO_PHYSICAL_VOLUME = {
        "Failed to find physical volume", "Failed to find device", "device not found"
    };

    private static final int NOT_FOUND_OR_REFUSED = 5;

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
        return new Query<>(command, answer -> {
            LvmReport report = report(answer, "lv", "Volume group");
            boolean volume = report.rows().stream()
                    .anyMatch(row -> LvmReport.text(row, "lv_name").equals(lv.lv()));
            boolean emptyPool = report.rows().stream()
                    .anyMatch(row -> LvmReport.text(row, "lv_name").equals(lv.pool())
                            && LvmReport.text(row, "thin_count").equals("0"));
            return new ThinLvSeen(volume, emptyPool);
        });
    }

    public Query<Boolean> vgExists(String group) {
        Command command = lvm("vgs", "--reportformat", "json", "-o", "vg_name", group);
        return new Query<>(
                command, answer -> !report(answer, "vg", "not found").rows().isEmpty());
    }

    /** The physical volume that a device is; empty for a device that is none, or is not there at all. */
    public Query<Optional<PhysicalVolume>> pvOf(String device) {
        Command command = lvm("pvs", "--reportformat", "json", "-o", "pv_uuid,vg_name", device);
        return new Query<>(
                command,
                answer -> report(answer, "pv", NO_PHYSICAL_VOLUME).rows().stream()
                        .map(row -> new PhysicalVolume(LvmReport.text(row, "pv_uuid"), LvmReport.text(row, "vg_name")))
                        .findFirst());
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
        return new Query<>(
                command,
                answer -> report(answer, "vg").rows().stream()
                        .map(row -> new VolumeGroupSize(
                                LvmReport.kib(row, "vg_size"),
                                LvmReport.kib(row, "vg_free"),
                                LvmReport.kib(row, "vg_extent_size")))
                        .findFirst()
                        .orElseThrow(() -> new UnreadableAnswer("volume group " + group + " is not there")));
    }

    /** Ids and types of the signatures on a device, in no particular order; empty for a clean one. */
    public Query<List<String>> signatures(String device) {
        Command command =
                Command.of(settings.deadline(), "wipefs", "--noheadings", "--parsable", "-O", "UUID,TYPE", device);
        return new Query<>(command, answer -> {
            if (answer.status() != 0) {
                throw new UnreadableAnswer("wipefs ended with status " + answer.status() + ": " + answer.err());
            }
            return answer.out()
                    .lines()
                    .flatMap(line -> List.of(line.strip().split(",")).stream())
                    .filter(word -> !word.isEmpty())
                    .toList();
        });
    }

    /**
     * @param absence what stderr says when the thing named is not there
     */
    private static LvmReport report(Exited answer, String kind, String... absences) {
        boolean notThere = answer.status() == NOT_FOUND_OR_REFUSED
                && Arrays.stream(absences).anyMatch(answer.err()::contains);
        if (answer.status() != 0 && !notThere) {
            throw new UnreadableAnswer("LVM ended with status " + answer.status() + ": "
                    + answer.err().strip());
        }
        return LvmReport.read(answer, kind);
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

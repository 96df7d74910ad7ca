package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Disk;
import bricklayer.executor.simulated.Facts.Group;
import bricklayer.host.CommandResult.Exited;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** LVM's commands about devices and groups: pvcreate, pvremove, vgcreate, vgchange, vgremove. */
final class VolumeGroups {

    static final int REFUSED = 5;

    private static final Set<String> QUIET = Set.of("-q", "-qq", "-y", "-f", "--norestorefile");

    /** What lvm(8) allows. It takes longer ones, but promises 1024 characters only. */
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_+./=!:&#][A-Za-z0-9_+./=!:&#-]{0,1023}");

    private final Node node;
    private final Changes changes;

    VolumeGroups(Node node, Changes changes) {
        this.node = node;
        this.changes = changes;
    }

    Exited pvcreate(List<String> words) {
        Words parsed = Words.of(words, QUIET, Set.of("--uuid", "--metadatasize", "--dataalignment"));
        String device = parsed.only();
        Optional<Disk> found = node.disk(changes, device);
        if (found.isEmpty()) {
            return refused("  No device found for " + device + ".");
        }
        Disk disk = found.get();
        String failed = "\n  " + device + ": physical volume not initialized.";
        if (!disk.group().isEmpty()) {
            return refused("  Can't initialize physical volume \"" + device + "\" of volume group \"" + disk.group()
                    + "\" without -ff" + failed);
        }
        if (node.isMounted(device)) {
            return refused("  Can't open " + device + " exclusively.  Mounted filesystem?");
        }
        if (!disk.signature().isEmpty()) {
            return refused("WARNING: " + disk.signature() + " signature detected on " + device + " at offset "
                    + FileSystems.offset(disk.signature())
                    + ". Wipe it? [y/n]: [n]\n  Aborted wiping of " + disk.signature()
                    + ".\n  1 existing signature left on the device.");
        }
        String uuid = parsed.value("--uuid").orElseGet(() -> lvmId(node.name() + device));
        for (var other : node.disks.all().entrySet()) {
            if (other.getValue().uuid().equals(uuid) && !other.getKey().equals(device)) {
                return refused("  uuid " + uuid + " already in use on \"" + other.getKey() + "\".");
            }
        }
        long alignment = parsed.value("--dataalignment").map(Words::kib).orElse(1024L);
        long metadata = parsed.value("--metadatasize").map(Words::kib).orElse(1020L);
        // label and header lie before the metadata; the first extent begins at the next whole alignment
        long reserved = (metadata + 4 + alignment - 1) / alignment * alignment;
        changes.put(node.disks, device, new Disk(disk.sizeKiB(), uuid, reserved, "", ""));
        return Answers.done();
    }

    Exited pvremove(List<String> words) {
        String device = Words.of(words, QUIET, Set.of()).only();
        Optional<Disk> found = node.disk(changes, device);
        if (found.isEmpty() || !found.get().isPhysicalVolume()) {
            return refused(
                    found.isEmpty()
                            ? "  No device found for " + device + "."
                            : "  No PV found on device " + device + ".");
        }
        Disk disk = found.get();
        if (!disk.group().isEmpty()) {
            return refused("  PV " + device + " is used by VG " + disk.group() + " so please use vgreduce first.\n"
                    + "  (If you are certain you need pvremove, then confirm by using --force twice.)\n  "
                    + device + ": physical volume label not removed.");
        }
        changes.put(node.disks, device, Disk.blank(disk.sizeKiB()));
        return Answers.done();
    }

    Exited vgcreate(List<String> words) {
        Words parsed = Words.of(words, QUIET, Set.of("--physicalextentsize", "-s", "--autobackup", "--addtag"));
        if (parsed.rest().size() != 2) {
            throw new NotSimulated("a volume group on more than one device");
        }
        Optional<Exited> noTag = objection(parsed.values("--addtag"));
        if (noTag.isPresent()) {
            return noTag.get();
        }
        String group = parsed.rest().get(0);
        String device = parsed.rest().get(1);
        if (node.groups.has(group)) {
            return node.lvs.startingWith(group + "/").isEmpty()
                    ? refused("  A volume group called " + group + " already exists.")
                    : Answers.refused(
                            3,
                            "  /dev/" + group
                                    + ": already exists in filesystem\n  Run `vgcreate --help' for more information.");
        }
        Optional<Disk> found = node.disk(changes, device);
        if (found.isEmpty()) {
            return refused("  No device found for " + device + ".");
        }
        Disk disk = found.get();
        if (!disk.group().isEmpty()) {
            return refused("  Physical volume '" + device + "' is already in volume group '" + disk.group()
                    + "'\n  Unable to add physical volume '" + device + "' to volume group '" + group + "'\n  " + device
                    + ": physical volume not initialized.");
        }
        if (!disk.isPhysicalVolume()) {
            throw new NotSimulated("vgcreate on a device that pvcreate was not run on");
        }
        long extentKiB = parsed.value("--physicalextentsize").map(Words::kib).orElse(4096L);
        long extents = (disk.sizeKiB() - disk.reservedKiB()) / extentKiB;
        changes.put(
                node.groups,
                group,
                new Group(
                        device,
                        lvmId(node.name() + group + disk.uuid()),
                        extents,
                        extentKiB,
                        parsed.values("--addtag")));
        changes.put(node.disks, device, disk.in(group));
        return Answers.done();
    }

    private static Optional<Exited> objection(List<String> tags) {
        return tags.stream()
                .filter(tag -> !TAG.matcher(tag).matches())
                .findFirst()
                .map(tag -> Answers.refused(
                        3, "  Invalid argument for --addtag: " + tag + "\n  Error during parsing of command line."));
    }

    /** Tags only. */
    Exited vgchange(List<String> words) {
        Words parsed = Words.of(words, QUIET, Set.of("--autobackup", "--addtag", "--deltag"));
        String name = parsed.only();
        Optional<Exited> noTag = objection(parsed.values("--addtag"));
        if (noTag.isPresent()) {
            return noTag.get();
        }
        Optional<Group> found = node.groups.find(name);
        if (found.isEmpty()) {
            return missing(name);
        }
        List<String> tags = new ArrayList<>(found.get().tags());
        tags.removeAll(parsed.values("--deltag"));
        parsed.values("--addtag").stream().filter(tag -> !tags.contains(tag)).forEach(tags::add);
        changes.put(node.groups, name, found.get().tagged(tags));
        return Answers.done();
    }

    Exited vgremove(List<String> words) {
        String group = Words.of(words, Set.of("-q", "-qq"), Set.of()).only();
        Optional<Group> found = node.groups.find(group);
        if (found.isEmpty()) {
            return missing(group);
        }
        int volumes = LogicalVolumes.count(node, group);
        if (volumes > 0) {
            return refused("Do you really want to remove volume group \"" + group + "\" containing " + volumes
                    + " logical volumes? [y/n]: [n]\n  Volume group \"" + group + "\" not removed");
        }
        changes.remove(node.groups, group);
        node.disks
                .find(found.get().device())
                .ifPresent(disk -> changes.put(node.disks, found.get().device(), disk.in("")));
        return Answers.done();
    }

    static Exited refused(String err) {
        return Answers.refused(REFUSED, err);
    }

    static Exited missing(String group) {
        return refused(missingText(group));
    }

    static String missingText(String group) {
        return "  Volume group \"" + group + "\" not found\n  Cannot process volume group " + group;
    }

    /** An id in LVM's form that depends on nothing but the text. */
    static String lvmId(String text) {
        String hex = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return new StringBuilder(hex)
                .insert(26, '-')
                .insert(22, '-')
                .insert(18, '-')
                .insert(14, '-')
                .insert(10, '-')
                .insert(6, '-')
                .toString();
    }
}

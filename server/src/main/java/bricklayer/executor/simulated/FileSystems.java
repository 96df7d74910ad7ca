package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Disk;
import bricklayer.executor.simulated.Facts.Mount;
import bricklayer.host.CommandResult.Exited;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What devices carry, and where it is mounted: wipefs, blkid, mkfs.xfs, mount, umount, findmnt. */
final class FileSystems {

    private static final int MOUNT_FAILED = 32;
    /** Of the file system that a machine booted from. */
    private static final long ROOT_KIB = 20L << 20;

    private static final Map<String, Integer> OFFSETS = Map.of("ext4", 1080, "xfs", 0, "gpt", 512, "swap", 4086);

    private final Node node;
    private final Changes changes;

    FileSystems(Node node, Changes changes) {
        this.node = node;
        this.changes = changes;
    }

    Exited wipefs(List<String> words) {
        Words parsed = Words.of(words, Set.of("--all", "-a", "--noheadings", "--parsable"), Set.of("-O"));
        String device = parsed.only();
        Optional<String> fileSystem = node.fileSystemOf(changes, device);
        if (fileSystem.isEmpty()) {
            return Answers.refused(
                    1, "wipefs: error: " + device + ": probing initialization failed: No such file or directory");
        }
        String signature = node.signatureOf(fileSystem.get());
        if (!parsed.has("--all") && !parsed.has("-a")) {
            if (!parsed.value("-O").orElse("").equals("UUID,TYPE") || !parsed.has("--parsable")) {
                throw new NotSimulated("another list of columns");
            }
            return Answers.said(signature.isEmpty() ? "" : idOf(fileSystem.get(), signature) + "," + signature + "\n");
        }
        if (inUse(fileSystem.get())) {
            return Answers.refused(
                    1, "wipefs: error: " + device + ": probing initialization failed: Device or resource busy");
        }
        erase(fileSystem.get());
        return signature.isEmpty()
                ? Answers.done()
                : Answers.said(device + ": bytes were erased at offset 0x" + Integer.toHexString(offset(signature))
                        + " (" + signature + ")\n");
    }

    private boolean inUse(String fileSystem) {
        return node.isMounted(fileSystem)
                || node.disks
                        .find(fileSystem)
                        .map(Disk::group)
                        .filter(group -> !group.isEmpty()
                                && !node.lvs.startingWith(group + "/").isEmpty())
                        .isPresent();
    }

    private void erase(String fileSystem) {
        node.forgetDirectories(changes, fileSystem);
        node.lvs.find(fileSystem).ifPresent(lv -> changes.put(node.lvs, fileSystem, lv.carrying("")));
        node.disks.find(fileSystem).ifPresent(disk -> {
            if (!disk.group().isEmpty()) {
                changes.remove(node.groups, disk.group());
            }
            changes.put(node.disks, fileSystem, Disk.blank(disk.sizeKiB()));
        });
    }

    static int offset(String signature) {
        return OFFSETS.getOrDefault(signature, 0);
    }

    private String idOf(String fileSystem, String signature) {
        return node.disks
                .find(fileSystem)
                .map(Disk::uuid)
                .filter(uuid -> !uuid.isEmpty())
                .orElseGet(() -> UUID.nameUUIDFromBytes(
                                (node.name() + fileSystem + signature).getBytes(StandardCharsets.UTF_8))
                        .toString());
    }

    Exited blkid(List<String> words) {
        Words parsed = Words.of(words, Set.of("-p"), Set.of("-o", "-s"));
        if (!parsed.value("-o").orElse("").equals("value")
                || !parsed.value("-s").orElse("").equals("TYPE")) {
            throw new NotSimulated("another question than for the type");
        }
        String type =
                node.fileSystemOf(changes, parsed.only()).map(node::signatureOf).orElse("");
        return type.isEmpty() ? Answers.refused(2, "") : Answers.said(type + "\n");
    }

    Exited makeXfs(List<String> words) {
        Words parsed = Words.of(words, Set.of("-q", "-f", "-K"), Set.of("-i", "-n", "-d"));
        String device = parsed.only();
        Optional<String> fileSystem = node.fileSystemOf(changes, device);
        if (fileSystem.isEmpty()) {
            return Answers.refused(
                    1, "Error accessing specified device " + device + ": No such file or directory\nUsage: mkfs.xfs");
        }
        if (node.isMounted(fileSystem.get())) {
            return Answers.refused(1, "mkfs.xfs: " + device + " contains a mounted filesystem\nUsage: mkfs.xfs");
        }
        String there = node.signatureOf(fileSystem.get());
        if (!there.isEmpty() && !parsed.has("-f")) {
            String kind = there.equals("LVM2_member") ? "lvm member" : "filesystem";
            return Answers.refused(
                    1,
                    "mkfs.xfs: " + device + " appears to contain an existing " + kind + " (" + there
                            + ").\nmkfs.xfs: Use the -f option to force overwrite.");
        }
        erase(fileSystem.get());
        node.lvs.find(fileSystem.get()).ifPresent(lv -> changes.put(node.lvs, fileSystem.get(), lv.carrying("xfs")));
        node.disks
                .find(fileSystem.get())
                .ifPresent(disk -> changes.put(node.disks, fileSystem.get(), disk.carrying("xfs")));
        return Answers.done();
    }

    Exited mount(List<String> words) {
        Words parsed = Words.of(words, Set.of(), Set.of("-o", "-t"));
        if (words.isEmpty()) {
            StringBuilder shown = new StringBuilder("/dev/vda1 on / type ext4 (rw,relatime)\n");
            node.mounts
                    .all()
                    .forEach((path, mount) ->
                            shown.append("%s on %s type xfs (%s)\n".formatted(mount.device(), path, mount.options())));
            return Answers.said(shown.toString());
        }
        if (parsed.rest().size() != 2) {
            throw new NotSimulated("a mount that is not of a device at a path");
        }
        return mount(
                parsed.rest().get(0), parsed.rest().get(1), parsed.value("-o").orElse("rw"));
    }

    private Exited mount(String device, String path, String options) {
        String says = "mount: " + path + ": ";
        if (node.directory(path).isEmpty()) {
            return Answers.refused(MOUNT_FAILED, says + "mount point does not exist.");
        }
        Optional<String> fileSystem = node.fileSystemOf(changes, device);
        if (fileSystem.isEmpty()) {
            return Answers.refused(MOUNT_FAILED, says + "special device " + device + " does not exist.");
        }
        Optional<Mount> there = node.mounts.find(path);
        if (there.isPresent()) {
            if (there.get().fileSystem().equals(fileSystem.get())) {
                return Answers.refused(MOUNT_FAILED, says + device + " already mounted on " + path + ".");
            }
            throw new NotSimulated("a mount over another");
        }
        if (!node.signatureOf(fileSystem.get()).equals("xfs")) {
            return Answers.refused(
                    MOUNT_FAILED,
                    says + "wrong fs type, bad option, bad superblock on " + device
                            + ", missing codepage or helper program, or other error.");
        }
        changes.put(node.mounts, path, new Mount(device, fileSystem.get(), options));
        return Answers.done();
    }

    /** What cannot be mounted is passed over, as a boot without a person at the console would. */
    void mountAtBoot(String device, String path, String options) {
        if (!node.mounts.has(path)) {
            mount(device, path, options);
        }
    }

    Exited unmount(List<String> words, Pools pools) {
        String path = Words.of(words, Set.of(), Set.of()).only();
        if (!node.mounts.has(path)) {
            String why = node.directory(path).isPresent() ? "not mounted." : "no mount point specified.";
            return Answers.refused(MOUNT_FAILED, "umount: " + path + ": " + why);
        }
        boolean mountInside = !node.mounts.startingWith(path + "/").isEmpty();
        if (mountInside || pools.hasRunningBrickUnder(node, path)) {
            return Answers.refused(MOUNT_FAILED, "umount: " + path + ": target is busy.");
        }
        changes.remove(node.mounts, path);
        return Answers.done();
    }

    /** {@code stat -f -c '%S %b %n' PATH...}: block size, blocks and name of the file systems that paths lie on. */
    Exited sizes(List<String> words) {
        Words parsed = Words.of(words, Set.of("-f"), Set.of("-c"));
        if (!parsed.required("-c").equals("%S %b %n")) {
            throw new NotSimulated("another question about file systems");
        }
        StringBuilder shown = new StringBuilder();
        StringBuilder missing = new StringBuilder();
        for (String path : parsed.rest()) {
            if (node.directory(path).isPresent()) {
                shown.append("4096 %d %s\n".formatted(sizeKiB(node.place(path).fileSystem()) / 4, path));
            } else {
                missing.append("stat: cannot read file system information for '")
                        .append(path)
                        .append("': No such file or directory\n");
            }
        }
        return new Exited(missing.isEmpty() ? 0 : 1, shown.toString(), missing.toString());
    }

    private long sizeKiB(String fileSystem) {
        return node.lvs
                .find(fileSystem)
                .map(lv -> lv.sizeKiB())
                .or(() -> node.disks.find(fileSystem).map(disk -> disk.sizeKiB()))
                .orElse(ROOT_KIB);
    }

    Exited findmnt(List<String> words) {
        Words parsed = Words.of(words, Set.of("-n"), Set.of("-o", "--mountpoint"));
        String path = parsed.required("--mountpoint");
        String column = parsed.value("-o").orElse("");
        if (!parsed.rest().isEmpty() || !Set.of("TARGET", "SOURCE").contains(column)) {
            throw new NotSimulated("another question than for a mount point or its device");
        }
        return node.mounts
                .find(path)
                .map(mount -> Answers.said((column.equals("TARGET") ? path : mount.device()) + "\n"))
                .orElseGet(() -> Answers.refused(1, ""));
    }
}

package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Directory;
import bricklayer.executor.simulated.Facts.Disk;
import bricklayer.executor.simulated.Facts.FstabLine;
import bricklayer.executor.simulated.Facts.Group;
import bricklayer.executor.simulated.Facts.Lv;
import bricklayer.executor.simulated.Facts.Machine;
import bricklayer.executor.simulated.Facts.Mount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One machine: what is on its disks, what is mounted, and whether it runs. Guarded by its lock, or by the exclusive lock of all nodes.
 *
 * <p>A file system is named by what it lies on, {@code vg/lv} or {@code /dev/x}; the root file system by nothing. A directory is filed under
 * {@code <file system>:<path in it>}, so that it is out of sight while its file system is not mounted, and goes with it.
 */
final class Node {

    static final String ROOT = "";

    /** Below it nothing outlives a boot. */
    private static final String IN_MEMORY = "/run/";

    private static final Set<String> ROOT_DIRECTORIES =
            Set.of("/", "/dev", "/etc", "/mnt", "/opt", "/run", "/srv", "/tmp", "/usr", "/var", "/var/lib");

    private final String name;
    private final String peerId;
    private final long diskKiB;
    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableMap<String, String> bricks = new TreeMap<>();
    private volatile int powerCuts;

    final Shelf<Machine> machine;
    final Shelf<Disk> disks;
    final Shelf<Group> groups;
    /** By {@code vg/lv}. */
    final Shelf<Lv> lvs;
    /** By path. */
    final Shelf<Mount> mounts;
    /** By a number that grows with each line. */
    final Shelf<FstabLine> fstab;

    final Shelf<Directory> directories;

    /** @param diskKiB size of the disks that it is asked about for the first time */
    Node(String name, long diskKiB) {
        this.name = name;
        this.peerId = UUID.nameUUIDFromBytes(("glusterd " + name).getBytes(StandardCharsets.UTF_8))
                .toString();
        this.diskKiB = diskKiB;
        machine = new Shelf<>(name, Kind.MACHINE, Machine.class);
        disks = new Shelf<>(name, Kind.DISK, Disk.class);
        groups = new Shelf<>(name, Kind.GROUP, Group.class);
        lvs = new Shelf<>(name, Kind.LV, Lv.class);
        mounts = new Shelf<>(name, Kind.MOUNT, Mount.class, Mount::fileSystem);
        fstab = new Shelf<>(name, Kind.FSTAB, FstabLine.class, FstabLine::text);
        directories = new Shelf<>(name, Kind.DIRECTORY, Directory.class);
    }

    List<Shelf<?>> shelves() {
        return List.of(machine, disks, groups, lvs, mounts, fstab, directories);
    }

    String name() {
        return name;
    }

    /** By which its glusterd is known to others. */
    String peerId() {
        return peerId;
    }

    ReentrantLock lock() {
        return lock;
    }

    Machine state() {
        return machine.find("").orElseThrow();
    }

    void become(Changes changes, Machine state) {
        changes.put(machine, "", state);
    }

    boolean reachable() {
        return state().up() && state().connected();
    }

    boolean answersGluster() {
        return reachable() && state().glusterd();
    }

    /** Bricks of gluster volumes: path to the volume's place on its shelf. Derived from the volumes, and kept by {@link Pools}. */
    NavigableMap<String, String> bricks() {
        return bricks;
    }

    /** A disk; one never heard of comes into being. Empty when it is gone, or when that is no name of a disk. */
    Optional<Disk> disk(Changes changes, String device) {
        if (!disks.has(device) && isDiskName(device)) {
            changes.put(disks, device, Disk.blank(diskKiB));
        }
        return disks.find(device).filter(disk -> disk.sizeKiB() > 0);
    }

    private static boolean isDiskName(String device) {
        return device.startsWith("/dev/disk/")
                || (device.startsWith("/dev/") && device.length() > "/dev/".length() && device.indexOf('/', 5) < 0);
    }

    /** The place on the shelf of the logical volume with that device name, {@code /dev/vg/lv} or {@code /dev/mapper/vg-lv}; it may not be there. */
    static Optional<String> lvKey(String device) {
        if (device.startsWith("/dev/mapper/")) {
            String mapped = device.substring("/dev/mapper/".length());
            for (int i = 1; i < mapped.length() - 1; i++) {
                if (mapped.charAt(i) == '-') {
                    if (mapped.charAt(i + 1) != '-') {
                        return Optional.of(mapped.substring(0, i).replace("--", "-")
                                + "/"
                                + mapped.substring(i + 1).replace("--", "-"));
                    }
                    i++; // a doubled dash is a dash of the name
                }
            }
            return Optional.empty();
        }
        String[] parts = device.split("/", -1);
        return parts.length == 4 && device.startsWith("/dev/") && !parts[2].equals("disk")
                ? Optional.of(parts[2] + "/" + parts[3])
                : Optional.empty();
    }

    /** The name of the file system on a device; empty when there is no such device. */
    Optional<String> fileSystemOf(Changes changes, String device) {
        Optional<String> lv = lvKey(device);
        return lv.isPresent() ? lv.filter(lvs::has) : disk(changes, device).map(disk -> device);
    }

    /** The type of what a file system's device carries; empty for nothing. */
    String signatureOf(String fileSystem) {
        return lvs.find(fileSystem)
                .map(Lv::signature)
                .or(() ->
                        disks.find(fileSystem).map(disk -> disk.isPhysicalVolume() ? "LVM2_member" : disk.signature()))
                .orElse("");
    }

    boolean isMounted(String fileSystem) {
        return mounts.hasLabelled(fileSystem);
    }

    /** @param path within the file system, beginning with a slash */
    record Place(String fileSystem, String path) {
        String key() {
            return fileSystem + ":" + path;
        }
    }

    /** Where a path leads, through what is mounted now. */
    Place place(String path) {
        for (String above = path; !above.equals("/"); above = parent(above)) {
            Optional<Mount> mount = mounts.find(above);
            if (mount.isPresent()) {
                String inside = path.substring(above.length());
                return new Place(mount.get().fileSystem(), inside.isEmpty() ? "/" : inside);
            }
        }
        return new Place(ROOT, path);
    }

    Optional<Directory> directory(String path) {
        Place place = place(path);
        Optional<Directory> stored = directories.find(place.key());
        boolean always = place.path().equals("/")
                || (place.fileSystem().equals(ROOT) && ROOT_DIRECTORIES.contains(place.path()));
        return stored.isPresent() || !always ? stored : Optional.of(Directory.PLAIN);
    }

    void setDirectory(Changes changes, String path, Directory directory) {
        changes.put(directories, place(path).key(), directory);
    }

    boolean isEmptyDirectory(String path) {
        Place place = place(path);
        return directories.startingWith(place.key().endsWith("/") ? place.key() : place.key() + "/").keySet().stream()
                .allMatch(key -> key.equals(place.key()));
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** What was on a device is gone, and so is what its directories were. */
    void forgetDirectories(Changes changes, String fileSystem) {
        List.copyOf(directories.startingWith(fileSystem + ":").keySet())
                .forEach(key -> changes.remove(directories, key));
    }

    /** How often it lost power while this process runs. What ran then is gone. */
    int powerCuts() {
        return powerCuts;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: whoever holds the exclusive lock
    void powerOff(Changes changes) {
        powerCuts = powerCuts + 1;
        List.copyOf(mounts.all().keySet()).forEach(path -> changes.remove(mounts, path));
        List.copyOf(directories.startingWith(ROOT + ":" + IN_MEMORY).keySet())
                .forEach(key -> changes.remove(directories, key));
        become(changes, state().powered(false));
    }

    /** Volume groups come up, and what fstab names is mounted where it can be. */
    void powerOn(Changes changes) {
        if (state().up()) {
            return;
        }
        become(changes, state().powered(true).glusterd(true));
        for (FstabLine line : fstab.all().values()) {
            String[] fields = line.text().strip().split("\\s+", -1);
            if (fields.length >= 4 && fields[0].startsWith("/dev/")) {
                new FileSystems(this, changes).mountAtBoot(fields[0], fields[1], fields[3]);
            }
        }
    }
}

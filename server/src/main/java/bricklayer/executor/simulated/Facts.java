package bricklayer.executor.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is true of nodes: the values on the shelves, and what the log stores. Fields may be added, never renamed. */
final class Facts {

    private Facts() {}

    /**
     * A node as a whole. Changed under the exclusive lock only, because nodes look at each other's.
     *
     * @param storage name by which gluster knows it
     * @param number counts how often it left a pool, so that each stay has a pool of another name
     * @param pool of the gluster peers it trusts
     * @param blockResizeFails whether block volumes cannot be resized on it
     */
    record Machine(
            String storage,
            boolean up,
            boolean connected,
            boolean glusterd,
            String pool,
            long number,
            boolean blockResizeFails,
            List<String> aliases,
            List<String> probedBy) {

        @SuppressWarnings("ConstantValue") // older logs do not say them
        Machine {
            aliases = aliases == null ? List.of() : List.copyOf(aliases);
            probedBy = probedBy == null ? List.of() : List.copyOf(probedBy);
        }

        static Machine called(String name) {
            return new Machine(name, true, true, true, name, 0, false, List.of(), List.of());
        }

        Machine named(String name) {
            return new Machine(name, up, connected, glusterd, pool, number, blockResizeFails, aliases, probedBy);
        }

        /** One more name that leads to it. */
        Machine alsoNamed(String name) {
            List<String> more = new ArrayList<>(aliases);
            more.add(name);
            return new Machine(storage, up, connected, glusterd, pool, number, blockResizeFails, more, probedBy);
        }

        /** One more name that gluster has for it. */
        Machine alsoProbedBy(String name) {
            List<String> more = new ArrayList<>(probedBy);
            more.add(name);
            return new Machine(storage, up, connected, glusterd, pool, number, blockResizeFails, aliases, more);
        }

        Machine powered(boolean on) {
            return new Machine(storage, on, connected, glusterd, pool, number, blockResizeFails, aliases, probedBy);
        }

        Machine connected(boolean now) {
            return new Machine(storage, up, now, glusterd, pool, number, blockResizeFails, aliases, probedBy);
        }

        Machine glusterd(boolean runs) {
            return new Machine(storage, up, connected, runs, pool, number, blockResizeFails, aliases, probedBy);
        }

        Machine in(String otherPool) {
            return new Machine(
                    storage, up, connected, glusterd, otherPool, number + 1, blockResizeFails, aliases, List.of());
        }

        Machine failingBlockResizes(boolean fails) {
            return new Machine(storage, up, connected, glusterd, pool, number, fails, aliases, probedBy);
        }
    }

    /**
     * A block device.
     *
     * @param sizeKiB 0 when it is gone
     * @param uuid of the physical volume that it is, else empty
     * @param reservedKiB what the physical volume keeps for itself before its first extent
     * @param group its volume group, else empty
     * @param signature of another kind than LVM's, such as {@code ext4}, else empty
     */
    record Disk(long sizeKiB, String uuid, long reservedKiB, String group, String signature) {

        static Disk blank(long sizeKiB) {
            return new Disk(sizeKiB, "", 0, "", "");
        }

        Disk in(String otherGroup) {
            return new Disk(sizeKiB, uuid, reservedKiB, otherGroup, signature);
        }

        Disk carrying(String otherSignature) {
            return new Disk(sizeKiB, "", 0, "", otherSignature);
        }

        boolean isPhysicalVolume() {
            return !uuid.isEmpty();
        }
    }

    /** A volume group on one device. */
    record Group(String device, String uuid, long extents, long extentKiB, List<String> tags) {
        Group {
            tags = List.copyOf(tags);
        }

        Group tagged(List<String> others) {
            return new Group(device, uuid, extents, extentKiB, others);
        }
    }

    /**
     * A thin pool, or a thin volume in one.
     *
     * @param pool that the volume is in; empty for a pool
     * @param extents of data; 0 for a volume
     * @param metadataExtents of a pool
     * @param sizeKiB of a volume as its users see it
     * @param signature type of the file system on it, else empty
     * @param origin the volume of its group that it is a snapshot of, else empty
     */
    record Lv(
            String pool,
            long extents,
            long metadataExtents,
            long sizeKiB,
            String chunk,
            String signature,
            List<String> tags,
            String origin) {

        @SuppressWarnings("ConstantValue") // older logs do not say it
        Lv {
            tags = List.copyOf(tags);
            origin = origin == null ? "" : origin;
        }

        Lv(
                String pool,
                long extents,
                long metadataExtents,
                long sizeKiB,
                String chunk,
                String signature,
                List<String> tags) {
            this(pool, extents, metadataExtents, sizeKiB, chunk, signature, tags, "");
        }

        boolean isPool() {
            return pool.isEmpty();
        }

        Lv carrying(String type) {
            return new Lv(pool, extents, metadataExtents, sizeKiB, chunk, type, tags, origin);
        }
    }

    /** @param fileSystem name of the device as {@link Node} knows it */
    record Mount(String device, String fileSystem, String options) {}

    record FstabLine(String text) {}

    /** @param volume id of the gluster volume whose brick it is or was, else empty */
    record Directory(long gid, String mode, String volume) {

        static final Directory PLAIN = new Directory(0, "0755", "");

        Directory group(long other) {
            return new Directory(other, mode, volume);
        }

        Directory mode(String other) {
            return new Directory(gid, other, volume);
        }

        Directory markedBy(String volumeId) {
            return new Directory(gid, mode, volumeId);
        }
    }

    /**
     * @param host manage name of the node
     * @param lv the logical volume that glusterd itself mounts for it, as for a snapshot's or a clone's; empty for a directory that was given to it
     */
    record Brick(String host, String storage, String path, String lv) {

        @SuppressWarnings("ConstantValue") // older logs do not say it
        Brick {
            lv = lv == null ? "" : lv;
        }

        Brick(String host, String storage, String path) {
            this(host, storage, path, "");
        }

        String mountPoint() {
            return Node.parent(path);
        }

        String name() {
            return storage + ":" + path;
        }
    }

    enum Status {
        CREATED(0, "Created"),
        STARTED(1, "Started"),
        STOPPED(2, "Stopped");

        private final int number;
        private final String text;

        Status(int number, String text) {
            this.number = number;
            this.text = text;
        }

        /** As in gluster's XML. */
        int number() {
            return number;
        }

        String text() {
            return text;
        }
    }

    /**
     * How bricks make sets.
     *
     * @param replica 1 unless replicated
     * @param arbiter 0 or 1
     * @param disperse bricks of a dispersed set, 0 unless dispersed
     */
    record Layout(int replica, int arbiter, int disperse, int redundancy) {

        int setSize() {
            return disperse > 0 ? disperse : replica;
        }
    }

    /**
     * A gluster volume.
     *
     * @param snapshots names of its snapshots
     * @param dead {@code storage:path} of bricks whose processes died, or could not start when their node did; a forced start brings them back
     */
    record GlusterVolume(
            String id,
            Layout layout,
            Status status,
            List<Brick> bricks,
            Map<String, String> options,
            List<String> snapshots,
            List<String> dead) {

        @SuppressWarnings("ConstantValue") // older logs do not say who is dead
        GlusterVolume {
            bricks = List.copyOf(bricks);
            options = new TreeMap<>(options);
            snapshots = List.copyOf(snapshots);
            dead = dead == null ? List.of() : List.copyOf(dead);
        }

        GlusterVolume(
                String id,
                Layout layout,
                Status status,
                List<Brick> bricks,
                Map<String, String> options,
                List<String> snapshots) {
            this(id, layout, status, bricks, options, snapshots, List.of());
        }

        GlusterVolume with(Status other) {
            return new GlusterVolume(id, layout, other, bricks, options, snapshots);
        }

        GlusterVolume withBricks(List<Brick> others) {
            return new GlusterVolume(id, layout, status, others, options, snapshots, dead);
        }

        GlusterVolume withOptions(Map<String, String> others) {
            return new GlusterVolume(id, layout, status, bricks, others, snapshots, dead);
        }

        GlusterVolume withSnapshots(List<String> others) {
            return new GlusterVolume(id, layout, status, bricks, options, others, dead);
        }

        GlusterVolume withDead(List<String> names) {
            return new GlusterVolume(id, layout, status, bricks, options, snapshots, names);
        }

        boolean isStarted() {
            return status == Status.STARTED;
        }

        /** A clone that was never started lacks files that glusterd wants. */
        boolean isUntouchedClone() {
            return status == Status.CREATED
                    && bricks.stream().noneMatch(brick -> brick.lv().isEmpty());
        }
    }

    /**
     * A block volume of gluster-block: a file in its hosting volume, and an iSCSI target on some hosts.
     *
     * @param gbid name of the file, end of the IQN
     * @param password empty without authentication
     */
    record Block(String gbid, long sizeGiB, String password, List<BlockTarget> targets) {
        Block {
            targets = List.copyOf(targets);
        }

        boolean isWhole() {
            return targets.stream().allMatch(BlockTarget::exported);
        }

        /** Without what gluster-block draws. */
        @Override
        public String toString() {
            return sizeGiB + "GiB " + (password.isEmpty() ? "open" : "auth") + " " + targets;
        }
    }

    /**
     * @param host storage name
     * @param sizeGiB that initiators see there
     * @param exported false while it is half made, or once it is half deleted
     */
    record BlockTarget(String host, long sizeGiB, boolean exported) {

        BlockTarget sized(long gib) {
            return new BlockTarget(host, gib, exported);
        }

        BlockTarget gone() {
            return new BlockTarget(host, sizeGiB, false);
        }
    }

    /**
     * A snapshot of a volume.
     *
     * @param id of its bricks' names
     * @param volume name of its origin
     * @param active whether its bricks are mounted
     * @param layout its origin's, as are its options
     * @param deleted while a node was away that still knows it and will bring it back
     * @param strangers nodes that were away when it was made, and know nothing of it
     * @param keepers nodes that bring it back, if it is deleted
     */
    record Snapshot(
            String id,
            String volume,
            boolean active,
            Layout layout,
            Map<String, String> options,
            List<Brick> bricks,
            boolean deleted,
            @Nullable List<String> strangers,
            @Nullable List<String> keepers) {
        Snapshot {
            options = new TreeMap<>(options);
            bricks = List.copyOf(bricks);
            strangers = strangers == null ? List.of() : List.copyOf(strangers);
            keepers = keepers == null ? List.of() : List.copyOf(keepers);
        }

        Snapshot active(boolean now) {
            return new Snapshot(id, volume, now, layout, options, bricks, deleted, strangers, keepers);
        }

        Snapshot deletedBut(List<String> keptBy) {
            return new Snapshot(id, volume, false, layout, options, bricks, true, strangers, keptBy);
        }

        Snapshot revived() {
            return new Snapshot(id, volume, false, layout, options, bricks, false, strangers, List.of());
        }

        boolean isKnownTo(String node) {
            return strangers == null || !strangers.contains(node);
        }

        boolean isKeptBy(String node) {
            return deleted && keepers != null && keepers.contains(node);
        }
    }

    /** A number that only grows. */
    record Count(long value) {}
}

package bricklayer.inventory;

import bricklayer.store.Index;
import bricklayer.store.Row;
import bricklayer.store.Table;
import bricklayer.store.Total;
import java.util.List;

/**
 * A slice of a device that holds one copy, or one part, of a volume's data. Sizes are after rounding to extents, as LVM is asked for them.
 *
 * @param position place in gluster's order of the volume's bricks, from 0; consecutive groups are brick sets
 * @param sizeKiB virtual size, the file system's
 * @param poolKiB size of the thin pool; 0 for a brick that shares another's pool
 * @param metadataKiB size of the pool's metadata; 0 likewise
 * @param pool name of the thin pool's logical volume
 * @param lv name of the brick's logical volume
 * @param path the folder given to gluster
 */
public record Brick(
        BrickId id,
        VolumeId volume,
        DeviceId device,
        NodeId node,
        int position,
        long sizeKiB,
        long poolKiB,
        long metadataKiB,
        String pool,
        String lv,
        String path,
        boolean arbiter)
        implements Row<BrickId> {

    /** Where gluster mounts snapshots and clones. */
    private static final String SNAPSHOTS = "/run/gluster/snaps";

    public static final Index<Brick> BY_VOLUME =
            new Index<>("volume", brick -> List.of(brick.volume().value()));
    public static final Index<Brick> BY_DEVICE =
            new Index<>("device", brick -> List.of(brick.device().value()));
    /** All bricks in one thin pool: one, but for clones, which share their origin's. */
    public static final Index<Brick> BY_POOL =
            new Index<>("pool", brick -> List.of(poolOn(brick.device(), brick.pool())));
    /** KiB taken on each device, bricks of operations that have not ended included. */
    public static final Total<Brick> SPACE_ON_DEVICE = new Total<>(
            "space-on-device", brick -> brick.device().value(), brick -> brick.poolKiB() + brick.metadataKiB());

    public static final Table<BrickId, Brick> TABLE = Table.of("bricks", 1, Brick.class, BrickId::new)
            .indexedBy(BY_VOLUME)
            .indexedBy(BY_DEVICE)
            .indexedBy(BY_POOL)
            .totalling(SPACE_ON_DEVICE);

    /** A brick whose logical volumes are named after its id and share nothing. */
    public static Brick onPoolOfItsOwn(
            BrickId id,
            VolumeId volume,
            Device device,
            int position,
            long sizeKiB,
            long poolKiB,
            long metadataKiB,
            boolean arbiter) {
        return new Brick(
                id,
                volume,
                device.id(),
                device.node(),
                position,
                sizeKiB,
                poolKiB,
                metadataKiB,
                "tp_" + id,
                "brick_" + id,
                device.mountRoot() + "/brick_" + id + "/brick",
                arbiter);
    }

    /**
     * A copy of this brick that gluster makes in the same thin pool, so it takes no space. What gluster will call it is known afterwards only: until then
     * names of the same shape stand in.
     */
    public Brick clonedAs(BrickId cloneId, VolumeId clone) {
        return new Brick(
                cloneId,
                clone,
                device,
                node,
                position,
                sizeKiB,
                0,
                0,
                pool,
                clone + "_" + position,
                SNAPSHOTS + "/" + clone + "/brick" + (position + 1) + "/brick",
                arbiter);
    }

    /** As gluster named it. */
    public Brick lyingAt(String newLv, String newPath) {
        return new Brick(
                id, volume, device, node, position, sizeKiB, poolKiB, metadataKiB, pool, newLv, newPath, arbiter);
    }

    public Brick sized(long newSizeKiB) {
        return new Brick(id, volume, device, node, position, newSizeKiB, poolKiB, metadataKiB, pool, lv, path, arbiter);
    }

    /** The same brick, answering for the space of its pool. */
    public Brick holding(long newPoolKiB, long newMetadataKiB) {
        return new Brick(
                id, volume, device, node, position, sizeKiB, newPoolKiB, newMetadataKiB, pool, lv, path, arbiter);
    }

    /** No device of the records: where foreign bricks are. */
    public static final DeviceId NOWHERE = new DeviceId("");

    /**
     * A brick that lies on no device of the records: in a folder of some file system. It takes no space of any device.
     *
     * @param sizeKiB of that file system
     */
    public static Brick foreign(
            BrickId id, VolumeId volume, NodeId node, int position, long sizeKiB, String path, boolean arbiter) {
        return new Brick(id, volume, NOWHERE, node, position, sizeKiB, 0, 0, "", "", path, arbiter);
    }

    /** Whether it lies on no device of the records. */
    public boolean isForeign() {
        return device.equals(NOWHERE);
    }

    /** Whether gluster made and mounts it, as it does with the bricks of clones. */
    public boolean isMountedByGluster() {
        return path.startsWith(SNAPSHOTS + "/") || path.startsWith("/var" + SNAPSHOTS + "/");
    }

    /** The value of {@link #BY_POOL}. */
    public static String poolOn(DeviceId device, String pool) {
        return device.value() + "/" + pool;
    }

    /** Where the brick's file system is mounted: the folder above the one given to gluster. */
    public String mountPoint() {
        return path.substring(0, path.lastIndexOf('/'));
    }
}

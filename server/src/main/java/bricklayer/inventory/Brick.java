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

    public static final Index<Brick> BY_VOLUME =
            new Index<>("volume", brick -> List.of(brick.volume().value()));
    public static final Index<Brick> BY_DEVICE =
            new Index<>("device", brick -> List.of(brick.device().value()));
    /** KiB taken on each device, bricks of operations that have not ended included. */
    public static final Total<Brick> SPACE_ON_DEVICE = new Total<>(
            "space-on-device", brick -> brick.device().value(), brick -> brick.poolKiB() + brick.metadataKiB());

    public static final Table<BrickId, Brick> TABLE = Table.of("bricks", 1, Brick.class, BrickId::new)
            .indexedBy(BY_VOLUME)
            .indexedBy(BY_DEVICE)
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

    /** Where the brick's file system is mounted: the folder above the one given to gluster. */
    public String mountPoint() {
        return path.substring(0, path.lastIndexOf('/'));
    }
}

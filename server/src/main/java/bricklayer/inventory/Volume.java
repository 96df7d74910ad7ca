package bricklayer.inventory;

import bricklayer.store.Index;
import bricklayer.store.Row;
import bricklayer.store.Table;
import java.util.List;

/**
 * What a caller asked for and got.
 *
 * @param name gluster's name for it; unique within the cluster
 * @param requested the durability in the caller's words, as answers repeat it
 * @param snapshotFactor thin-pool space for each unit of brick space; 1 when snapshots were not asked for
 * @param gid group that may write, 0 for none
 * @param options {@code "key value"} as sent to gluster, in order, later ones win. May hold empty strings, which are answered but not sent: Heketi's
 *     clients compare
 * @param requestedClusters the clusters the caller named; empty for any
 * @param reservedGiB what a block hosting volume keeps back; 0 for other volumes. How much of it is free is derived ({@link HostingSpace})
 * @param restriction what is not done with it: why a block hosting volume takes no new block volumes ({@link #LOCKED}, {@link #LOCKED_BY_UPDATE}), or {@link #READ_ONLY}; empty for nothing
 */
public record Volume(
        VolumeId id,
        String name,
        ClusterId cluster,
        int sizeGiB,
        RequestedDurability requested,
        boolean snapshotEnabled,
        float snapshotFactor,
        long gid,
        List<String> options,
        boolean blockHosting,
        List<String> requestedClusters,
        int reservedGiB,
        String restriction)
        implements Row<VolumeId> {

    /** By an administrator. */
    public static final String LOCKED = "locked";
    /** It was taken over from gluster for reading only: nothing that changes it is done, see {@link #isReadOnly}. */
    public static final String READ_ONLY = "read-only";
    /** When it was taken over without room to keep anything back. */
    public static final String LOCKED_BY_UPDATE = "locked-by-update";

    public static final Index<Volume> BY_CLUSTER =
            new Index<>("cluster", volume -> List.of(volume.cluster().value()));
    public static final Index<Volume> BY_NAME =
            new Index<>("name", volume -> List.of(nameIn(volume.cluster(), volume.name())));
    /** Block hosting volumes only, by cluster. */
    public static final Index<Volume> BLOCK_HOSTING_BY_CLUSTER = new Index<>(
            "block-hosting-by-cluster",
            volume -> volume.blockHosting() ? List.of(volume.cluster().value()) : List.of());

    public static final Table<VolumeId, Volume> TABLE = Table.of("volumes", 1, Volume.class, VolumeId::new)
            .indexedBy(BY_CLUSTER)
            .indexedBy(BY_NAME)
            .indexedBy(BLOCK_HOSTING_BY_CLUSTER);

    public Volume {
        options = List.copyOf(options);
        requestedClusters = List.copyOf(requestedClusters);
    }

    /** The value of {@link #BY_NAME}. */
    public static String nameIn(ClusterId cluster, String name) {
        return cluster.value() + "/" + name;
    }

    /** Whether it was adopted without being managed: its bricks may lie anywhere, so only its records are ever changed. Bricks that are {@link Brick#isForeign foreign} are of such volumes only. */
    public boolean isReadOnly() {
        return restriction.equals(READ_ONLY);
    }

    public Volume clonedAs(VolumeId cloneId, String cloneName) {
        return new Volume(
                cloneId,
                cloneName,
                cluster,
                sizeGiB,
                requested,
                snapshotEnabled,
                snapshotFactor,
                gid,
                options,
                blockHosting,
                requestedClusters,
                reservedGiB,
                restriction);
    }

    /** What is added to a block hosting volume is split as the volume was. */
    public Volume grownBy(int addedGiB) {
        int addedReserve = blockHosting ? HostingSpace.reservedOf(addedGiB) : 0;
        return with(sizeGiB + addedGiB, reservedGiB + addedReserve, restriction);
    }

    public Volume restricted(String newRestriction, int newReservedGiB) {
        return with(sizeGiB, newReservedGiB, newRestriction);
    }

    private Volume with(int newSizeGiB, int newReservedGiB, String newRestriction) {
        return new Volume(
                id,
                name,
                cluster,
                newSizeGiB,
                requested,
                snapshotEnabled,
                snapshotFactor,
                gid,
                options,
                blockHosting,
                requestedClusters,
                newReservedGiB,
                newRestriction);
    }
}

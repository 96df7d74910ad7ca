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
        List<String> requestedClusters)
        implements Row<VolumeId> {

    public static final Index<Volume> BY_CLUSTER =
            new Index<>("cluster", volume -> List.of(volume.cluster().value()));
    public static final Index<Volume> BY_NAME =
            new Index<>("name", volume -> List.of(nameIn(volume.cluster(), volume.name())));

    public static final Table<VolumeId, Volume> TABLE = Table.of("volumes", 1, Volume.class, VolumeId::new)
            .indexedBy(BY_CLUSTER)
            .indexedBy(BY_NAME);

    public Volume {
        options = List.copyOf(options);
        requestedClusters = List.copyOf(requestedClusters);
    }

    /** The value of {@link #BY_NAME}. */
    public static String nameIn(ClusterId cluster, String name) {
        return cluster.value() + "/" + name;
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
                requestedClusters);
    }

    public Volume grownBy(int addedGiB) {
        return new Volume(
                id,
                name,
                cluster,
                sizeGiB + addedGiB,
                requested,
                snapshotEnabled,
                snapshotFactor,
                gid,
                options,
                blockHosting,
                requestedClusters);
    }
}

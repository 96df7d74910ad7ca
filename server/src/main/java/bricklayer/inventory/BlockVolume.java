package bricklayer.inventory;

import bricklayer.store.Index;
import bricklayer.store.Row;
import bricklayer.store.Table;
import bricklayer.store.Total;
import java.util.List;

/**
 * An iSCSI target whose data is a file in a block hosting volume.
 *
 * @param name gluster-block's name for it; unique within its hosting volume only
 * @param usableGiB what all its hosts offer; less than the size while some of them have not followed an expansion
 * @param haCount on how many hosts it is exported
 * @param hosts storage names of those hosts
 * @param iqn empty until it was made
 * @param requestedClusters the clusters the caller named; empty for any
 */
public record BlockVolume(
        BlockVolumeId id,
        String name,
        ClusterId cluster,
        VolumeId hostingVolume,
        int sizeGiB,
        int usableGiB,
        int haCount,
        boolean auth,
        List<String> hosts,
        String iqn,
        Chap chap,
        List<String> requestedClusters)
        implements Row<BlockVolumeId> {

    public static final Index<BlockVolume> BY_CLUSTER =
            new Index<>("cluster", block -> List.of(block.cluster().value()));
    public static final Index<BlockVolume> BY_HOSTING_VOLUME =
            new Index<>("hosting-volume", block -> List.of(block.hostingVolume().value()));
    public static final Index<BlockVolume> BY_NAME =
            new Index<>("name", block -> List.of(nameIn(block.hostingVolume(), block.name())));
    /** GiB taken in each hosting volume, block volumes of operations that have not ended included. */
    public static final Total<BlockVolume> SPACE_IN_HOSTING_VOLUME = new Total<>(
            "space-in-hosting-volume", block -> block.hostingVolume().value(), BlockVolume::sizeGiB);

    public static final Table<BlockVolumeId, BlockVolume> TABLE = Table.of(
                    "block-volumes", 1, BlockVolume.class, BlockVolumeId::new)
            .indexedBy(BY_CLUSTER)
            .indexedBy(BY_HOSTING_VOLUME)
            .indexedBy(BY_NAME)
            .totalling(SPACE_IN_HOSTING_VOLUME);

    public BlockVolume {
        hosts = List.copyOf(hosts);
        requestedClusters = List.copyOf(requestedClusters);
    }

    /** The value of {@link #BY_NAME}. */
    public static String nameIn(VolumeId hostingVolume, String name) {
        return hostingVolume.value() + "/" + name;
    }

    public BlockVolume reachedBy(String newIqn, Chap newChap) {
        return new BlockVolume(
                id,
                name,
                cluster,
                hostingVolume,
                sizeGiB,
                usableGiB,
                haCount,
                auth,
                hosts,
                newIqn,
                newChap,
                requestedClusters);
    }

    public BlockVolume sized(int newSizeGiB, int newUsableGiB) {
        return new BlockVolume(
                id,
                name,
                cluster,
                hostingVolume,
                newSizeGiB,
                newUsableGiB,
                haCount,
                auth,
                hosts,
                iqn,
                chap,
                requestedClusters);
    }
}

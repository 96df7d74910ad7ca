package bricklayer.dump;

import bricklayer.api.BlockInfo;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.DatabaseDump.BlockVolumeEntry;
import bricklayer.api.DatabaseDump.BlockVolumeFacts;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.HostingSpace;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Views;
import bricklayer.inventory.Volume;
import bricklayer.store.Rows;
import java.util.List;

/** What a dump says about block volumes, those that are being made or deleted included. */
final class BlockEntries {

    private BlockEntries() {}

    static List<String> ids(Rows rows, Cluster cluster) {
        return ids(rows.find(
                BlockVolume.TABLE, BlockVolume.BY_CLUSTER, cluster.id().value()));
    }

    static BlockInfo info(Rows rows, Volume volume) {
        return volume.blockHosting()
                ? new BlockInfo(
                        HostingSpace.freeGiB(rows, volume),
                        volume.reservedGiB(),
                        ids(Inventory.blockVolumesOn(rows, volume.id())),
                        volume.restriction())
                : BlockInfo.NONE;
    }

    private static List<String> ids(List<BlockVolume> found) {
        return found.stream().map(block -> block.id().value()).toList();
    }

    static BlockVolumeEntry entry(BlockVolume block, PendingItems pending) {
        BlockVolumeInfo info = Views.blockVolume(block);
        return new BlockVolumeEntry(
                new BlockVolumeFacts(
                        info.sizeGiB(),
                        block.requestedClusters(),
                        info.name(),
                        info.haCount(),
                        block.auth(),
                        info.id(),
                        info.target(),
                        info.cluster(),
                        info.hostingVolume(),
                        info.usableGiB()),
                pending.markOf(BlockVolume.TABLE, block.id()));
    }
}

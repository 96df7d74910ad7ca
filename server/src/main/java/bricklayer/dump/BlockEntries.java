package bricklayer.dump;

import bricklayer.api.BlockInfo;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Volume;
import bricklayer.store.Rows;
import java.util.List;

/** What a dump says about block volumes. */
final class BlockEntries {

    private BlockEntries() {}

    static List<String> ids(Rows rows, Cluster cluster) {
        return List.of();
    }

    static BlockInfo info(Rows rows, Volume volume) {
        return BlockInfo.NONE;
    }
}

package bricklayer.functional;

import bricklayer.api.VolumeInfo;
import java.nio.file.Path;

final class BrickMovesTest extends BrickMoves {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }

    @Override
    void fill(VolumeInfo volume) {
        // simulated volumes hold no files
    }

    @Override
    void healed(VolumeInfo volume) {
        // see fill
    }
}

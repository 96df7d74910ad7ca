package bricklayer.functional;

import bricklayer.api.VolumeInfo;
import java.nio.file.Path;

final class ClonesTest extends Clones {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }

    @Override
    void write(VolumeInfo volume, String content) {
        // simulated volumes hold no files
    }

    @Override
    void assertHolds(VolumeInfo volume, String content) {
        // see write
    }
}

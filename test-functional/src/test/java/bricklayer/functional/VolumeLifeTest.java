package bricklayer.functional;

import bricklayer.api.VolumeInfo;
import java.nio.file.Path;

final class VolumeLifeTest extends VolumeLife {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }

    @Override
    void checkUse(VolumeInfo volume, long gid) {
        // simulated volumes hold no files
    }

    @Override
    void checkGrowth(VolumeInfo volume) {
        // see checkUse
    }
}

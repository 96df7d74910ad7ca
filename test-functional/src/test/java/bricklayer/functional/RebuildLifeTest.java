package bricklayer.functional;

import java.nio.file.Path;

final class RebuildLifeTest extends RebuildLife {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }
}

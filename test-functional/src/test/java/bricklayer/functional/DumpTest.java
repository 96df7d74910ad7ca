package bricklayer.functional;

import java.nio.file.Path;

final class DumpTest extends DumpLife {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }
}

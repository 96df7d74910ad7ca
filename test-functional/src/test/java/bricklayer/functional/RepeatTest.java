package bricklayer.functional;

import java.nio.file.Path;

final class RepeatTest extends Repeat {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 5);
    }
}

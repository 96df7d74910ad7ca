package bricklayer.functional;

import java.nio.file.Path;

final class RepeatLabIT extends Repeat {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }
}

package bricklayer.functional;

import java.nio.file.Path;

final class RebuildLabIT extends RebuildLife {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }
}

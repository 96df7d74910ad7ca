package bricklayer.functional;

import java.nio.file.Path;

final class DumpLabIT extends DumpLife {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }
}

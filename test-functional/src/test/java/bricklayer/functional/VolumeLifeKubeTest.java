package bricklayer.functional;

import java.nio.file.Path;

final class VolumeLifeKubeTest extends VolumeLifeTest {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return SimulatedStand.throughKubernetes(folderOfNodes, 0);
    }
}

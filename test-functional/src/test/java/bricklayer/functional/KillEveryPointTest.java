package bricklayer.functional;

import bricklayer.api.VolumeInfo;
import java.nio.file.Path;
import java.util.Optional;

final class KillEveryPointTest extends KillEveryPoint {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }

    @Override
    Optional<Integer> points() {
        return Optional.of(15);
    }

    @Override
    void fill(VolumeInfo volume) {
        // simulated bricks hold nothing
    }

    @Override
    void healed(VolumeInfo volume) {
        // there is nothing to heal
    }

    @Override
    void checkData(VolumeInfo volume) {
        // there is none
    }
}

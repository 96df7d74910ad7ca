package bricklayer.functional;

import java.nio.file.Path;
import java.time.Duration;

class KillServerTest extends KillServer {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 5);
    }

    @Override
    int kills() {
        return 10;
    }

    @Override
    Duration longestStorm() {
        return Duration.ofMillis(1_500);
    }

    @Override
    Duration pause() {
        return Duration.ofMillis(10);
    }
}

package bricklayer.functional;

import java.nio.file.Path;
import java.time.Duration;

final class KillServerLabIT extends KillServer {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }

    @Override
    int kills() {
        return 20;
    }

    @Override
    Duration longestStorm() {
        return Duration.ofSeconds(15);
    }

    @Override
    Duration pause() {
        return Duration.ofMillis(100);
    }
}

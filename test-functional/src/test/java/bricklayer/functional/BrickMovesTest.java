package bricklayer.functional;

import bricklayer.api.VolumeInfo;
import bricklayer.host.HostName;
import java.nio.file.Path;

final class BrickMovesTest extends BrickMoves {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }

    @Override
    void disturb() {
        server.stop();
        ((SimulatedStand) stand).inside(nodes -> {
            nodes.stopGlusterd(new HostName("node2"));
            nodes.startGlusterd(new HostName("node2"));
            nodes.cutPower(new HostName("node3"));
            nodes.returnPower(new HostName("node3"));
            return nodes;
        });
        server.restart();
    }

    @Override
    void fill(VolumeInfo volume) {
        // simulated volumes hold no files
    }

    @Override
    void healed(VolumeInfo volume) {
        // see fill
    }
}

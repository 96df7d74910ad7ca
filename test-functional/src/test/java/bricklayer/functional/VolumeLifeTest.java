package bricklayer.functional;

import bricklayer.api.VolumeInfo;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.host.Command;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class VolumeLifeTest extends VolumeLife {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }

    @Override
    void gluster(String... words) {
        server.stop();
        List<String> command = new ArrayList<>(List.of("gluster", "--mode=script"));
        command.addAll(List.of(words));
        ((SimulatedStand) stand).inside(nodes -> {
            new Hosts(new SimulatedExecutor(nodes, pause -> {}))
                    .run(new HostName("node1"), new Guard("a-person"), new Command(command, Duration.ofMinutes(1)));
            return nodes;
        });
        server.restart();
    }

    @Override
    void checkUse(VolumeInfo volume, long gid) {
        // simulated volumes hold no files
    }

    @Override
    void checkGrowth(VolumeInfo volume) {
        // see checkUse
    }
}

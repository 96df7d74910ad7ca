package bricklayer.gluster;

import bricklayer.captured.DecidedCommands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GlusterCommandsTest {

    private static final List<String> BRICKS =
            List.of("10.77.0.1:/b/1/brick", "10.77.0.2:/b/2/brick", "10.77.0.3:/b/3/brick");

    @Test
    void nodesAreToldWhatWasDecided() {
        DecidedCommands commands = new DecidedCommands();
        add(commands, "defaults", new Gluster(GlusterSettings.DEFAULTS));
        add(commands, "other settings", new Gluster(new GlusterSettings(Duration.ofSeconds(42))));
        commands.check(getClass());
    }

    private static void add(DecidedCommands commands, String settings, Gluster gluster) {
        commands.add(settings + ", peerProbe", gluster.peerProbe("10.77.0.2"))
                .add(settings + ", peerDetach", gluster.peerDetach("10.77.0.2"))
                .add(settings + ", createVolume", gluster.createVolume("v1", VolumeType.distribute(), BRICKS))
                .add(settings + ", createVolume replica", gluster.createVolume("v1", VolumeType.replica(3), BRICKS))
                .add(settings + ", createVolume arbiter", gluster.createVolume("v1", VolumeType.arbiter(), BRICKS))
                .add(
                        settings + ", createVolume disperse",
                        gluster.createVolume("v1", VolumeType.disperse(2, 1), BRICKS))
                .add(settings + ", addBricks", gluster.addBricks("v1", BRICKS))
                .add(settings + ", setOption", gluster.setOption("v1", "user.note", "it's $HOME \"now\""))
                .add(settings + ", setOptions", gluster.setOptions("v1", new TreeMap<>(Map.of("a", "1", "b", "2 3"))))
                .add(settings + ", start", gluster.start("v1"))
                .add(settings + ", stop", gluster.stop("v1"))
                .add(settings + ", delete", gluster.delete("v1"))
                .add(
                        settings + ", replaceBrick",
                        gluster.replaceBrick("v1", "10.77.0.1:/b/1/brick", "10.77.0.2:/b/9/brick"))
                .add(settings + ", healInfo", gluster.healInfo("v1").command())
                .add(settings + ", rebalanceStart", gluster.rebalanceStart("v1"))
                .add(settings + ", createSnapshot", gluster.createSnapshot("s1", "v1"))
                .add(settings + ", activateSnapshot", gluster.activateSnapshot("s1"))
                .add(settings + ", deactivateSnapshot", gluster.deactivateSnapshot("s1"))
                .add(settings + ", deleteSnapshot", gluster.deleteSnapshot("s1"))
                .add(settings + ", cloneSnapshot", gluster.cloneSnapshot("v2", "s1"))
                .add(settings + ", limitSnapshots", gluster.limitSnapshots(14))
                .add(settings + ", snapshotLimit", gluster.snapshotLimit().command())
                .add(settings + ", volumeInfo", gluster.volumeInfo("v1").command())
                .add(settings + ", volumes", gluster.volumes().command())
                .add(settings + ", poolList", gluster.poolList().command())
                .add(settings + ", snapshots", gluster.snapshots("v1").command())
                .add(settings + ", snapshot", gluster.snapshot("s1").command())
                .add(settings + ", isRunning", gluster.isRunning().command())
                .add(settings + ", allVolumes", gluster.allVolumes().command())
                .add(settings + ", cluster", gluster.cluster().command());
    }
}

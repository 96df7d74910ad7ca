package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.VolumeInfo;
import bricklayer.functional.lab.LabNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

final class BrickMovesLabIT extends BrickMoves {

    private static final int MIB = 40;
    private static final Duration HEAL_PATIENCE = Duration.ofMinutes(3);

    private final Map<String, String> sums = new HashMap<>();

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }

    @Override
    void disturb() {
        LabStand lab = (LabStand) stand;
        LabNode second = lab.lab().node(2);
        LabStand.stopGlusterd(second);
        LabStand.startGlusterd(second);
        LabNode third = lab.lab().node(3);
        third.check("sync");
        third.kill();
        third.start();
        lab.awaitPeers();
    }

    @Override
    void fill(VolumeInfo volume) {
        sums.put(volume.id(), onMount(volume, """
                dd if=/dev/urandom of=/mnt/data bs=1M count=%d conv=fsync status=none
                sha256sum </mnt/data
                """.formatted(MIB)));
        // gluster looks for itself every ten minutes only
        node().check("gluster --mode=script volume set " + volume.name() + " cluster.heal-timeout 5 || true");
        awaitHealed(volume);
    }

    @Override
    void healed(VolumeInfo volume) {
        awaitHealed(volume);
        assertThat(onMount(volume, "sha256sum </mnt/data")).isEqualTo(Objects.requireNonNull(sums.get(volume.id())));
        // a file of its full size on each replica: what a client reads could still come from the others
        if (volume.durability().type().equals("replicate")) {
            Map<String, String> hosts = manageHosts();
            client.volume(volume.id())
                    .bricks()
                    .forEach(brick -> assertThat(((LabStand) stand)
                                    .node(Objects.requireNonNull(hosts.get(brick.node())))
                                    .check("sha256sum <" + brick.path() + "/data"))
                            .isEqualTo(sums.get(volume.id())));
        }
    }

    /** Also right after writing: what was written last counts as not yet agreed upon for a moment. */
    private void awaitHealed(VolumeInfo volume) {
        Eventually.within(
                HEAL_PATIENCE,
                Duration.ofSeconds(2),
                "volume " + volume.name() + " is healed",
                () -> node().check(
                                "gluster --mode=script volume heal %1$s >/dev/null 2>&1; gluster --mode=script volume heal %1$s info"
                                        .formatted(volume.name()))
                        .lines()
                        .filter(line -> line.startsWith("Number of entries:"))
                        .allMatch(line -> line.endsWith(" 0")));
    }

    private LabNode node() {
        return ((LabStand) stand).lab().node(1);
    }

    private String onMount(VolumeInfo volume, String script) {
        return node().check("set -e; mount -t glusterfs %s /mnt\n%s\numount /mnt"
                .formatted("localhost:" + volume.name(), script));
    }
}

package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BlockInfo;
import bricklayer.api.BrickInfo;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Durability;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeInfo;
import bricklayer.api.Snapshot;
import bricklayer.api.Storage;
import bricklayer.api.TopologyInfo;
import bricklayer.api.VolumeInfo;
import bricklayer.api.VolumeMount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TopologyTextTest {

    private static final String CLUSTER = "c1".repeat(16);
    private static final String NODE = "a1".repeat(16);
    private static final String DEVICE = "d1".repeat(16);
    private static final String VOLUME = "e1".repeat(16);
    private static final BrickInfo BRICK = new BrickInfo(
            "b1".repeat(16), "/var/lib/heketi/mounts/vg_d1d1/brick_b1b1/brick", DEVICE, NODE, VOLUME, 10L << 20);

    private static VolumeInfo volume(Durability durability, Snapshot snapshot) {
        return new VolumeInfo(
                10,
                "vol_e1e1",
                durability,
                0,
                List.of(),
                false,
                snapshot,
                VOLUME,
                CLUSTER,
                VolumeMount.of("vol_e1e1", List.of("192.0.2.11", "192.0.2.12", "192.0.2.13")),
                BlockInfo.NONE,
                List.of(BRICK));
    }

    private static NodeInfo node(Map<String, String> tags, DeviceInfo... devices) {
        return new NodeInfo(
                1,
                new Hostnames(List.of("node-a.example"), List.of("192.0.2.11")),
                CLUSTER,
                tags,
                NODE,
                "online",
                List.of(devices));
    }

    private static DeviceInfo device(Map<String, String> tags, List<String> paths, String state) {
        return new DeviceInfo(
                "/dev/sdb",
                tags,
                new Storage(500L << 20, 489L << 20, (11L << 20) - 1),
                DEVICE,
                paths,
                "",
                state,
                List.of(BRICK));
    }

    private static String text(List<VolumeInfo> volumes, List<NodeInfo> nodes) {
        return TopologyText.of(
                new TopologyInfo(List.of(new TopologyInfo.Cluster(volumes, nodes, CLUSTER, true, true))));
    }

    @Test
    void isHeketisDownToBlanks() throws IOException {
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("topology-info.txt"))) {
            assertThat(text(
                            List.of(volume(Durability.replicate(3), new Snapshot(true, 1.25f))),
                            List.of(node(
                                    Map.of("rack", "r1"),
                                    device(Map.of("arbiter", "required"), List.of("/dev/sdb"), "online")))))
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aDispersedVolumeWithoutSnapshots() {
        assertThat(text(List.of(volume(Durability.disperse(4, 2), Snapshot.UNSAID)), List.of()))
                .contains("\tDurability Type: disperse\n\tDisperse Data: 4\n\tDisperse Redundancy: 2\n")
                .contains("\tSnapshot: Disabled\n\n\t\tBricks:\n");
    }

    @Test
    void withoutTagsAndPathsTheirLinesAreNotThere() {
        assertThat(text(List.of(), List.of(node(Map.of(), device(Map.of(), List.of(), "failed")))))
                .contains("    Volumes:\n\n\n    Nodes:\n\n\tNode Id: ")
                .contains("\tStorage Hostnames: 192.0.2.11\n\tDevices:\n\t\tId:" + DEVICE + "   State:removed   Size")
                .contains("Free (GiB):489     \n\t\t\tKnown Paths: /dev/sdb\n\n\t\t\tBricks:\n");
    }
}

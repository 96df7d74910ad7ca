package bricklayer.brick.placement;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.brick.ArbiterBrick;
import bricklayer.brick.Durability;
import bricklayer.brick.placement.Placement.Placed;
import bricklayer.brick.placement.Topology.Device;
import bricklayer.brick.placement.Topology.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Checks each rule on a placement, from what the cluster was made of and without the placer's code. */
final class PlacementCheck {

    private final TestCluster cluster;

    PlacementCheck(TestCluster cluster) {
        this.cluster = cluster;
    }

    void keepsAllRules(PlacementRequest request, Placed placed) {
        Durability durability = request.durability();
        PlacementRules rules = request.rules();
        Map<String, Long> used = new HashMap<>();
        long dataKiB = placed.sets().getFirst().bricks().getFirst().space().brickKiB();
        long sets = placed.sets().size();

        assertThat(sets * durability.bricksPerSet() + request.existingBricks())
                .isLessThanOrEqualTo(request.limits().maxBricksPerVolume());
        assertThat(dataKiB)
                .isEqualTo(request.sizeGiB() * TestCluster.GIB / sets / durability.dataBricks())
                .isBetween(request.limits().minBrickKiB(), request.limits().maxBrickKiB());
        for (BrickSet set : placed.sets()) {
            assertThat(set.bricks()).hasSize(durability.bricksPerSet());
            Set<String> nodesOfSet = new HashSet<>();
            Set<Integer> zonesOfSet = new HashSet<>();
            for (int i = 0; i < set.bricks().size(); i++) {
                PlacedBrick brick = set.bricks().get(i);
                Device device = cluster.deviceWithId(brick.deviceId());
                Node node = cluster.nodeWithId(device.nodeId());
                Map<String, String> tags = cluster.effectiveTags(device);
                used.merge(device.id(), brick.space().totalKiB(), Long::sum);

                assertThat(brick.nodeId()).isEqualTo(node.id());
                assertThat(nodesOfSet.add(node.id())).isTrue();
                assertThat(zonesOfSet.add(node.zone()) || rules.zones() == ZoneRule.NONE)
                        .isTrue();
                assertThat(node.availability()).isEqualTo(Availability.AVAILABLE);
                assertThat(device.availability()).isEqualTo(Availability.AVAILABLE);
                assertThat(rules.excludedNodes()).doesNotContain(node.id());
                assertThat(rules.excludedDevices()).doesNotContain(device.id());
                assertThat(rules.tags().passes(tags)).isTrue();
                boolean arbiter = durability.arbiter() && i == 2;
                assertThat(brick.arbiter()).isEqualTo(arbiter);
                if (durability.arbiter()) {
                    assertThat(tags.getOrDefault("arbiter", "")).isNotEqualTo(arbiter ? "disabled" : "required");
                }
                long expectedKiB =
                        arbiter ? Math.max(dataKiB / rules.averageFileKiB(), ArbiterBrick.SMALLEST_KIB) : dataKiB;
                assertThat(brick.space().brickKiB()).isEqualTo(expectedKiB);
                assertThat(brick.space().poolKiB())
                        .isGreaterThanOrEqualTo((long) (expectedKiB * rules.snapshotFactor()));
            }
        }
        used.forEach((device, kib) -> assertThat(cluster.deviceWithId(device).freeKiB())
                .as("free on %s of %s", device, cluster.devices)
                .isGreaterThan(kib));
    }
}

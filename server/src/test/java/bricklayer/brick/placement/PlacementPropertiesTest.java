package bricklayer.brick.placement;

import static bricklayer.brick.placement.TestCluster.GIB;
import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.brick.ArbiterBrick;
import bricklayer.brick.Durability;
import bricklayer.brick.SizeLimits;
import bricklayer.brick.SpaceOnDevice;
import bricklayer.brick.placement.Placement.Placed;
import bricklayer.brick.placement.Placement.Refused;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Properties over random clusters and requests. {@code -Dseed=} repeats a run. */
class PlacementPropertiesTest {

    private static final long SEED = Long.getLong("seed", 20);
    private static final List<Durability> DURABILITIES = List.of(
            Durability.distribute(),
            Durability.replica(2),
            Durability.replica(3),
            Durability.replicaWithArbiter(),
            Durability.disperse(2, 1),
            Durability.disperse(4, 2));

    private final Random random = new Random(SEED);

    @Test
    void keepsAllRulesAndExplainsEachDevice() {
        int placed = 0;
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            TestCluster cluster = randomCluster();
            PlacementRequest request = randomRequest();
            Placement placement = BrickPlacer.place(request, cluster.topology(), i);

            List<Verdict> verdicts = placement.explanation().devices();
            assertThat(verdicts).as("seed %d, case %d", SEED, i).hasSameSizeAs(cluster.devices);
            switch (placement) {
                case Placed found -> {
                    placed++;
                    new PlacementCheck(cluster).keepsAllRules(request, found);
                    assertThat(verdicts.stream().filter(verdict -> verdict.kind() == Verdict.Kind.CHOSEN))
                            .extracting(Verdict::deviceId)
                            .containsExactlyInAnyOrderElementsOf(found.sets().stream()
                                    .flatMap(set -> set.bricks().stream())
                                    .map(PlacedBrick::deviceId)
                                    .distinct()
                                    .toList());
                }
                case Refused no -> {
                    refused++;
                    assertThat(verdicts).noneMatch(verdict -> verdict.kind() == Verdict.Kind.CHOSEN);
                    assertThat(no.text()).isNotEmpty();
                }
            }
        }
        System.out.printf("seed %d: %d placed, %d refused%n", SEED, placed, refused);
        assertThat(Math.min(placed, refused)).isGreaterThan(1_000);
    }

    @Test
    void theSameInputGivesTheSamePlacement() {
        for (int i = 0; i < 300; i++) {
            TestCluster cluster = randomCluster();
            PlacementRequest request = randomRequest();
            Placement once = BrickPlacer.place(request, cluster.topology(), i);
            Collections.shuffle(cluster.nodes, random);
            Collections.shuffle(cluster.devices, random);
            Placement again = BrickPlacer.place(request, cluster.topology(), i);

            assertThat(sets(again)).as("seed %d, case %d", SEED, i).isEqualTo(sets(once));
        }
    }

    @Test
    void withoutArbiterAPlaceIsFoundIfThereIsOne() {
        int[] found = new int[2];
        for (int i = 0; i < 10_000; i++) {
            TestCluster cluster = tightCluster(false);
            int bricks = 1 + random.nextInt(3);
            int sets = 1 << random.nextInt(3);
            ZoneRule zones = random.nextBoolean() ? ZoneRule.STRICT : ZoneRule.NONE;
            Durability durability = bricks == 1 ? Durability.distribute() : Durability.replica(bricks);
            long[] slots = new long[bricks];
            Arrays.fill(slots, GIB);

            boolean possible = new BruteForce(cluster, zones, slots, false).canPlace(sets);
            Placement placement = BrickPlacer.place(bricksOf1GiB(sets, durability, zones), cluster.topology(), i);

            assertThat(placement instanceof Placed)
                    .as("seed %d, case %d: %d sets of %d, %s, on %s", SEED, i, sets, bricks, zones, cluster.devices)
                    .isEqualTo(possible);
            found[possible ? 1 : 0]++;
        }
        System.out.printf("seed %d: %d with a place, %d without%n", SEED, found[1], found[0]);
        assertThat(Math.min(found[0], found[1])).isGreaterThan(1_000);
    }

    @Test
    void forOneSetWithArbiterAPlaceIsFoundIfThereIsOne() {
        assertThat(missedWithArbiter(1, 10_000)).isZero();
    }

    /**
     * Here the second look is a good guess only. A miss costs smaller bricks, or a refusal that tells what would
     * fit.
     */
    @Test
    void forSeveralSetsWithArbitersAPlaceIsSeldomMissed() {
        assertThat(missedWithArbiter(2, 4_000) + missedWithArbiter(4, 1_000)).isLessThan(50);
    }

    private int missedWithArbiter(int sets, int cases) {
        int missed = 0;
        int possible = 0;
        for (int i = 0; i < cases; i++) {
            TestCluster cluster = tightCluster(true);
            ZoneRule zones = random.nextInt(3) == 0 ? ZoneRule.STRICT : ZoneRule.NONE;
            long[] slots = {GIB, GIB, ArbiterBrick.sizeKiB(GIB, ArbiterBrick.DEFAULT_AVERAGE_FILE_KIB)};
            boolean canPlace = new BruteForce(cluster, zones, slots, true).canPlace(sets);
            PlacementRequest request = bricksOf1GiB(sets, Durability.replicaWithArbiter(), zones);
            Placement placement = BrickPlacer.place(request, cluster.topology(), i);
            if (placement instanceof Placed placed) {
                assertThat(canPlace).isTrue();
                new PlacementCheck(cluster).keepsAllRules(request, placed);
            }
            possible += canPlace ? 1 : 0;
            missed += canPlace && placement instanceof Refused ? 1 : 0;
        }
        System.out.printf("seed %d: %d sets with arbiter: missed %d of %d%n", SEED, sets, missed, possible);
        assertThat(possible).isGreaterThan(cases / 20);
        return missed;
    }

    @Test
    void theLargestSizeFitsAndOneMoreDoesNot() {
        int someFits = 0;
        for (int i = 0; i < 400; i++) {
            Topology topology = randomCluster().topology();
            PlacementRequest request = randomRequest();
            OptionalInt largest = new LargestVolume(request, topology).gib();
            int size = largest.orElse(0);
            if (size > 0) {
                someFits++;
                assertThat(BrickPlacer.place(ofSize(request, size), topology, i))
                        .as("seed %d, case %d, %d GiB", SEED, i, size)
                        .isInstanceOf(Placed.class);
            }
            if (!request.durability().arbiter()) {
                for (int more = 1; more <= 40; more++) {
                    assertThat(BrickPlacer.place(ofSize(request, size + more), topology, i))
                            .as("seed %d, case %d, %d GiB", SEED, i, size + more)
                            .isInstanceOf(Refused.class);
                }
            }
        }
        assertThat(someFits).isGreaterThan(100);
    }

    @Test
    void replacementsKeepTheRulesAndAreFoundIfThereIsAPlace() {
        int placed = 0;
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            TestCluster cluster = randomCluster();
            PlacementRequest request = randomRequest();
            Topology topology = cluster.topology();
            if (!(BrickPlacer.place(request, topology, i) instanceof Placed volume)) {
                continue;
            }
            BrickSet set = volume.sets().getFirst();
            int position = random.nextInt(set.bricks().size());
            PlacedBrick old = set.bricks().get(position);
            List<String> others = set.bricks().stream()
                    .filter(brick -> !brick.equals(old))
                    .map(PlacedBrick::nodeId)
                    .toList();
            ReplacementRequest replacement = new ReplacementRequest(
                    old.space().brickKiB(),
                    request.durability().arbiter(),
                    old.arbiter(),
                    old.deviceId(),
                    others,
                    request.rules());

            boolean possible = cluster.devices.stream().anyMatch(device -> mayReplace(device, cluster, replacement));
            switch (BrickPlacer.replace(replacement, topology, i)) {
                case Placed found -> {
                    placed++;
                    PlacedBrick chosen = found.sets().getFirst().bricks().getFirst();
                    assertThat(cluster.devices.stream()
                                    .filter(device -> device.id().equals(chosen.deviceId())))
                            .as("seed %d, case %d", SEED, i)
                            .allMatch(device -> mayReplace(device, cluster, replacement));
                    assertThat(chosen.arbiter()).isEqualTo(old.arbiter());
                }
                case Refused no -> {
                    refused++;
                    assertThat(possible).as("seed %d, case %d", SEED, i).isFalse();
                    assertThat(no.text()).isEqualTo("No Replacement was found for resource requested to be removed");
                    assertThat(no.largestGiB()).isEmpty();
                }
            }
        }
        assertThat(placed).isGreaterThan(300);
        assertThat(refused).isGreaterThan(100);
    }

    private static boolean mayReplace(Topology.Device device, TestCluster cluster, ReplacementRequest request) {
        Topology.Node node = cluster.nodeWithId(device.nodeId());
        Map<String, String> tags = cluster.effectiveTags(device);
        PlacementRules rules = request.rules();
        return !device.id().equals(request.oldDevice())
                && node.availability() == Availability.AVAILABLE
                && device.availability() == Availability.AVAILABLE
                && !rules.excludedNodes().contains(node.id())
                && !rules.excludedDevices().contains(device.id())
                && rules.tags().passes(tags)
                && !request.otherNodes().contains(node.id())
                && (rules.zones() == ZoneRule.NONE
                        || request.otherNodes().stream()
                                .noneMatch(other -> cluster.nodeWithId(other).zone() == node.zone()))
                && (!request.arbiterVolume()
                        || !tags.getOrDefault("arbiter", "").equals(request.arbiter() ? "disabled" : "required"))
                && device.freeKiB()
                        > SpaceOnDevice.of(request.brickKiB(), rules.snapshotFactor(), device.extentKiB())
                                .totalKiB();
    }

    private static Object sets(Placement placement) {
        return switch (placement) {
            case Placed placed -> placed.sets();
            case Refused refused -> refused.reason();
        };
    }

    private static PlacementRequest ofSize(PlacementRequest request, int gib) {
        return new PlacementRequest(
                gib, request.durability(), request.existingBricks(), request.limits(), request.rules());
    }

    /** Only one cut has bricks of the only size allowed. */
    private static PlacementRequest bricksOf1GiB(int sets, Durability durability, ZoneRule zones) {
        return PlacementRequest.create(sets, durability)
                .withLimits(new SizeLimits(GIB, GIB, 1000))
                .withRules(PlacementRules.DEFAULTS.withZones(zones));
    }

    /**
     * A few devices with room for none to four bricks of 1 GiB, some a KiB short of it, some with a little more
     * for arbiters.
     */
    private TestCluster tightCluster(boolean arbiterTags) {
        long brick = SpaceOnDevice.of(GIB, 1, TestCluster.EXTENT).totalKiB();
        long arbiter = SpaceOnDevice.of(ArbiterBrick.SMALLEST_KIB, 1, TestCluster.EXTENT)
                .totalKiB();
        TestCluster cluster = new TestCluster();
        int nodes = 1 + random.nextInt(5);
        for (int n = 0; n < nodes; n++) {
            cluster.node(random.nextInt(4));
            int devices = 1 + random.nextInt(n < 2 ? 2 : 1);
            for (int d = 0; d < devices; d++) {
                long free =
                        brick * random.nextInt(4) + arbiter * random.nextInt(arbiterTags ? 3 : 1) + random.nextInt(2);
                String tag =
                        List.of("required", "disabled", "supported", "", "").get(random.nextInt(5));
                cluster.device(
                        free,
                        arbiterTags && !tag.isEmpty() ? Map.of("arbiter", tag) : Map.of(),
                        Availability.AVAILABLE);
            }
        }
        return cluster;
    }

    private TestCluster randomCluster() {
        TestCluster cluster = new TestCluster();
        int zones = 1 + random.nextInt(5);
        int nodes = random.nextInt(13);
        for (int n = 0; n < nodes; n++) {
            cluster.node(random.nextInt(zones), randomTags(), randomAvailability());
            int devices = random.nextInt(4);
            for (int d = 0; d < devices; d++) {
                cluster.device(
                        random.nextLong(-10 * GIB, 1 + (GIB << random.nextInt(11))),
                        randomTags(),
                        randomAvailability());
            }
        }
        return cluster;
    }

    private Availability randomAvailability() {
        Availability[] all = Availability.values();
        return random.nextInt(8) == 0 ? all[random.nextInt(all.length)] : Availability.AVAILABLE;
    }

    private Map<String, String> randomTags() {
        return switch (random.nextInt(8)) {
            case 0 -> Map.of("tier", "fast");
            case 1 -> Map.of("tier", "slow");
            case 2 -> Map.of("arbiter", "required");
            case 3 -> Map.of("arbiter", "disabled", "tier", "fast");
            case 4 -> Map.of("arbiter", "supported");
            default -> Map.of();
        };
    }

    private PlacementRequest randomRequest() {
        Durability durability = DURABILITIES.get(random.nextInt(DURABILITIES.size()));
        PlacementRules rules = PlacementRules.DEFAULTS
                .withZones(random.nextInt(3) == 0 ? ZoneRule.STRICT : ZoneRule.NONE)
                .withSnapshotFactor(random.nextInt(3) == 0 ? 1 + random.nextFloat() : 1)
                .withAverageFileKiB(1L << random.nextInt(12));
        rules = switch (random.nextInt(6)) {
            case 0 -> rules.withTags(TagRule.parse("tier=fast"));
            case 1 -> rules.withTags(TagRule.parse("tier!=slow"));
            case 2 -> rules.without(Set.of("n1", "n3", "gone"), Set.of("d2"));
            default -> rules;
        };
        return PlacementRequest.create(1 + random.nextInt(1 << random.nextInt(1, 13)), durability)
                .withRules(rules)
                .withExistingBricks(random.nextInt(4) == 0 ? random.nextInt(32) : 0);
    }
}

package bricklayer.brick.placement;

import static bricklayer.brick.placement.TestCluster.GIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bricklayer.brick.Durability;
import bricklayer.brick.SizeLimits;
import bricklayer.brick.placement.Placement.Placed;
import bricklayer.brick.placement.Placement.Reason;
import bricklayer.brick.placement.Placement.Refused;
import bricklayer.brick.placement.Verdict.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BrickPlacerTest {

    private static final Map<String, String> NO_TAGS = Map.of();

    /** The example of the class comment. */
    @Test
    void cutsAVolumeThatIsLargerThanTheDisks() {
        TestCluster cluster = TestCluster.of(2, 4, 2, 500);
        PlacementRequest request = PlacementRequest.create(2000, Durability.replica(2));

        Placed placed = placed(request, cluster);

        // A brick of 500 GiB does not fit a disk of 500 GiB with the metadata of its pool.
        assertThat(placed.sets()).hasSize(8);
        assertThat(bricks(placed)).allMatch(brick -> brick.space().brickKiB() == 250 * GIB);
        assertThat(bricks(placed)).extracting(PlacedBrick::deviceId).doesNotHaveDuplicates();
    }

    @Test
    void refusesWithTheSizeThatWouldFit() {
        TestCluster cluster = TestCluster.of(2, 2, 2, 500);

        Refused refused = refused(PlacementRequest.create(2000, Durability.replica(2)), cluster);

        // 4 sets, a brick of 497.5 GiB on each of the 8 disks.
        assertThat(refused.reason()).isEqualTo(Reason.NO_SPACE);
        assertThat(refused.text()).isEqualTo("Maximum number of bricks reached.");
        assertThat(refused.textForCreate()).isEqualTo("No space");
        assertThat(refused.largestGiB()).hasValue(1990);
        assertThat(placed(PlacementRequest.create(1990, Durability.replica(2)), cluster)
                        .sets())
                .hasSize(4);
        assertThat(refused.explanation().devices())
                .anySatisfy(verdict -> assertThat(verdict.text())
                        .matches("needs more than 131727360 KiB, has \\d+ KiB free after brick [12] of set \\d+, .*"));
    }

    @Test
    void aDiskMustHaveMoreThanTheBrickTakes() {
        long takes = 10539008;
        TestCluster exact = new TestCluster().node(1).device(takes);
        TestCluster more = new TestCluster().node(1).device(takes + 1);
        PlacementRequest request =
                PlacementRequest.create(10, Durability.distribute()).withLimits(SizeLimits.ofGiB(10, 10, 32));

        assertThat(refused(request, exact).explanation().devices())
                .containsExactly(
                        new Verdict("d1", "n1", Kind.NO_SPACE, "needs more than 10539008 KiB, has 10539008 KiB free"));
        assertThat(placed(request, more).explanation().devices())
                .containsExactly(new Verdict("d1", "n1", Kind.CHOSEN, "brick 1 of set 1"));
    }

    @Test
    void theSnapshotFactorEnlargesThePoolOnly() {
        TestCluster cluster = TestCluster.of(1, 1, 1, 500);
        PlacementRequest request = PlacementRequest.create(100, Durability.distribute())
                .withRules(PlacementRules.DEFAULTS.withSnapshotFactor(1.5f));

        PlacedBrick brick = bricks(placed(request, cluster)).getFirst();

        assertThat(brick.space().brickKiB()).isEqualTo(100 * GIB);
        assertThat(brick.space().poolKiB()).isEqualTo(150 * GIB);
        assertThat(brick.space().metadataKiB()).isEqualTo(786432);
    }

    @Test
    void strictZonesNeedAsManyZonesAsASetHasBricks() {
        TestCluster cluster = TestCluster.of(2, 3, 2, 500);
        PlacementRequest request = PlacementRequest.create(10, Durability.replica(3));
        PlacementRules strict = PlacementRules.DEFAULTS.withZones(ZoneRule.STRICT);

        assertThat(placed(request, cluster).sets()).hasSize(1);
        Refused refused = refused(request.withRules(strict), cluster);
        assertThat(refused.largestGiB()).isEmpty();
        assertThat(refused.explanation().devices())
                .extracting(Verdict::kind)
                .containsOnly(Kind.NODE_USED, Kind.ZONE_USED);
        assertThat(refused.explanation().devices())
                .anySatisfy(verdict -> assertThat(verdict.text()).isEqualTo("its zone 2 has a brick of this set"));
    }

    @Test
    void withoutStrictZonesASetIsStillSpreadOverThem() {
        TestCluster cluster = TestCluster.of(3, 5, 4, 500);
        for (long seed = 0; seed < 200; seed++) {
            for (Durability durability : List.of(Durability.replica(3), Durability.disperse(4, 2))) {
                Placement placement =
                        BrickPlacer.place(PlacementRequest.create(100, durability), cluster.topology(), seed);
                Map<Integer, Long> bricksOfZone = bricks((Placed) placement).stream()
                        .collect(Collectors.groupingBy(
                                brick -> cluster.nodeWithId(brick.nodeId()).zone(), Collectors.counting()));
                assertThat(bricksOfZone.values())
                        .containsOnly((long) durability.bricksPerSet() / 3)
                        .hasSize(3);
            }
        }
    }

    @Test
    void zonesWithoutRoomAreLeftOut() {
        TestCluster cluster = new TestCluster();
        cluster.node(1).device(5 * GIB).node(2).device(500 * GIB).node(2).device(500 * GIB);

        Placed placed = placed(
                PlacementRequest.create(100, Durability.replica(2)).withLimits(SizeLimits.ofGiB(100, 100, 32)),
                cluster);

        assertThat(bricks(placed)).extracting(PlacedBrick::deviceId).containsExactlyInAnyOrder("d2", "d3");
    }

    @Test
    void tagsOfDevicesLieOverThoseOfNodes() {
        TestCluster cluster = new TestCluster();
        cluster.node(1, Map.of("tier", "fast"), Availability.AVAILABLE)
                .device(100 * GIB)
                .device(100 * GIB, Map.of("tier", "slow"), Availability.AVAILABLE);
        PlacementRequest request = PlacementRequest.create(10, Durability.distribute());

        Placed fast = placed(request.withRules(PlacementRules.DEFAULTS.withTags(TagRule.parse("tier=fast"))), cluster);
        Placed other =
                placed(request.withRules(PlacementRules.DEFAULTS.withTags(TagRule.parse("tier!=fast"))), cluster);

        assertThat(bricks(fast)).extracting(PlacedBrick::deviceId).containsExactly("d1");
        assertThat(bricks(other)).extracting(PlacedBrick::deviceId).containsExactly("d2");
        assertThat(fast.explanation().devices().getLast())
                .isEqualTo(new Verdict(
                        "d2", "n1", Kind.TAG_MISMATCH, "its tag tier is \"slow\", the volume asks for tier=fast"));
    }

    @ParameterizedTest
    @EnumSource(names = "AVAILABLE", mode = EnumSource.Mode.EXCLUDE)
    void unavailableDevicesAreNotUsed(Availability why) {
        TestCluster cluster = new TestCluster();
        cluster.node(1).device(100 * GIB, NO_TAGS, why).device(50 * GIB);
        cluster.node(1, NO_TAGS, why).device(100 * GIB);

        Placed placed = placed(PlacementRequest.create(10, Durability.distribute()), cluster);

        assertThat(bricks(placed)).extracting(PlacedBrick::deviceId).containsExactly("d2");
        assertThat(placed.explanation().devices())
                .contains(new Verdict("d1", "n1", Kind.UNAVAILABLE, why.text()))
                .contains(new Verdict("d3", "n2", Kind.UNAVAILABLE, why.text()));
    }

    @Test
    void whatFailedBeforeIsLeftOut() {
        TestCluster cluster = TestCluster.of(1, 3, 2, 100);
        PlacementRules rules = PlacementRules.DEFAULTS.without(Set.of("n1", "n2"), Set.of("d5"));

        Placed placed =
                placed(PlacementRequest.create(10, Durability.distribute()).withRules(rules), cluster);

        assertThat(bricks(placed)).extracting(PlacedBrick::deviceId).containsExactly("d6");
        assertThat(refused(PlacementRequest.create(10, Durability.replica(2)).withRules(rules), cluster)
                        .explanation()
                        .devices())
                .extracting(Verdict::kind)
                .containsExactly(
                        Kind.EXCLUDED, Kind.EXCLUDED, Kind.EXCLUDED, Kind.EXCLUDED, Kind.EXCLUDED, Kind.NODE_USED);
    }

    @Test
    void anArbiterIsTheLastBrickOfItsSetAndSmall() {
        TestCluster cluster = TestCluster.of(3, 1, 1, 200);

        List<PlacedBrick> set = bricks(placed(PlacementRequest.create(64, Durability.replicaWithArbiter()), cluster));

        assertThat(set).extracting(PlacedBrick::arbiter).containsExactly(false, false, true);
        assertThat(set).extracting(brick -> brick.space().brickKiB()).containsExactly(64 * GIB, 64 * GIB, GIB);
    }

    @Test
    void arbiterTagsSayWhichBricksADeviceTakes() {
        TestCluster cluster = new TestCluster();
        cluster.node(1, Map.of("arbiter", "disabled"), Availability.AVAILABLE).device(100 * GIB);
        cluster.node(1, Map.of("arbiter", "required"), Availability.AVAILABLE).device(100 * GIB);
        cluster.node(1, Map.of("arbiter", "nonsense"), Availability.AVAILABLE).device(100 * GIB);
        PlacementRequest arbiterVolume = PlacementRequest.create(10, Durability.replicaWithArbiter());

        for (long seed = 0; seed < 20; seed++) {
            assertThat(bricks((Placed) BrickPlacer.place(arbiterVolume, cluster.topology(), seed)))
                    .satisfies(set -> assertThat(set.get(2).deviceId()).isEqualTo("d2"))
                    .extracting(PlacedBrick::deviceId)
                    .containsExactlyInAnyOrder("d1", "d2", "d3");
        }
        // Volumes without arbiter do not look at the tag.
        assertThat(placed(PlacementRequest.create(10, Durability.replica(3)), cluster)
                        .sets())
                .hasSize(1);

        cluster.node(1, Map.of("arbiter", "required"), Availability.AVAILABLE).device(100 * GIB);
        assertThat(bricks(placed(arbiterVolume, cluster)))
                .extracting(PlacedBrick::deviceId)
                .contains("d1", "d3");
    }

    @Test
    void withoutADeviceForDataArbitersAreNoHelp() {
        TestCluster cluster = new TestCluster();
        cluster.node(1).device(100 * GIB);
        for (int i = 0; i < 3; i++) {
            cluster.node(1, Map.of("arbiter", "required"), Availability.AVAILABLE)
                    .device(100 * GIB);
        }

        Refused refused = refused(PlacementRequest.create(10, Durability.replicaWithArbiter()), cluster);

        assertThat(refused.explanation().devices()).anyMatch(verdict -> verdict.kind() == Kind.ARBITERS_ONLY);
        assertThat(refused.largestGiB()).isEmpty();
    }

    @Test
    void anArbiterDoesNotTakeTheOnlyRoomForData() {
        TestCluster cluster = new TestCluster();
        cluster.node(1).device(100 * GIB).node(2).device(100 * GIB).node(3).device(5 * GIB);
        PlacementRequest request =
                PlacementRequest.create(80, Durability.replicaWithArbiter()).withLimits(SizeLimits.ofGiB(80, 80, 32));

        for (long seed = 0; seed < 20; seed++) {
            Placement placement = BrickPlacer.place(request, cluster.topology(), seed);
            assertThat(bricks((Placed) placement).get(2).deviceId()).isEqualTo("d3");
        }
    }

    @Test
    void filesLargerThanBricksNeedNoArbiter() {
        PlacementRequest request = PlacementRequest.create(1, Durability.replicaWithArbiter())
                .withRules(PlacementRules.DEFAULTS.withAverageFileKiB(GIB + 1));

        Refused refused = refused(request, TestCluster.of(3, 1, 1, 100));

        assertThat(refused.reason()).isEqualTo(Reason.FILES_LARGER_THAN_BRICKS);
        assertThat(refused.textForCreate())
                .isEqualTo("The average file size is greater than the size of a brick: files of 1048577 KiB, bricks"
                        + " of 1048576 KiB");
    }

    @Test
    void saysInHeketisWordsWhyThereIsNoPlace() {
        PlacementRequest request = PlacementRequest.create(10, Durability.replica(2));
        TestCluster offline = new TestCluster().node(1).device(100 * GIB, NO_TAGS, Availability.DEVICE_OFFLINE);
        TestCluster small = TestCluster.of(2, 1, 1, 2);

        assertThat(refused(request, new TestCluster()))
                .returns(Reason.NO_NODES, Refused::reason)
                .returns("No nodes in cluster", Refused::textForCreate);
        assertThat(refused(request, new TestCluster().node(1)))
                .returns(Reason.NO_ONLINE_DEVICES, Refused::reason)
                .returns("No online storage devices in cluster", Refused::textForCreate);
        assertThat(refused(request, offline)).returns(Reason.NO_ONLINE_DEVICES, Refused::reason);
        assertThat(refused(request, small))
                .returns(Reason.NO_SPACE, Refused::reason)
                .returns("Minimum brick size limit reached.  Out of space.", Refused::text)
                .returns("No space", Refused::textForCreate);
        assertThat(refused(PlacementRequest.create(1, Durability.disperse(2, 1)), small))
                .returns(Reason.MIN_BRICK_SIZE, Refused::reason)
                .returns("No space", Refused::textForCreate);
        assertThat(refused(request.withExistingBricks(31), small))
                .returns(Reason.MAX_BRICKS, Refused::reason)
                .returns("Maximum number of bricks reached.", Refused::text)
                .returns("No space", Refused::textForCreate);
    }

    @Test
    void setsThatShareDevicesDoNotStandInEachOthersWay() {
        // given one node with room for two bricks and two nodes with room for one
        TestCluster cluster = new TestCluster();
        cluster.node(1).device(22 * GIB).node(1).device(11 * GIB).node(1).device(11 * GIB);
        PlacementRequest request =
                PlacementRequest.create(20, Durability.replica(2)).withLimits(SizeLimits.ofGiB(10, 10, 4));

        for (long seed = 0; seed < 50; seed++) {
            Placed placed = (Placed) BrickPlacer.place(request, cluster.topology(), seed);
            assertThat(placed.sets())
                    .allSatisfy(set -> assertThat(set.bricks())
                            .extracting(PlacedBrick::deviceId)
                            .contains("d1"));
        }
    }

    @Test
    void aTopologyIsToldOfChangedFreeSpace() {
        TestCluster cluster = TestCluster.of(2, 1, 1, 100);
        Topology before = cluster.topology();
        Topology after = before.withFree(Map.of("d1", 5 * GIB));
        PlacementRequest request =
                PlacementRequest.create(50, Durability.replica(2)).withLimits(SizeLimits.ofGiB(50, 50, 32));

        assertThat(BrickPlacer.place(request, before, 1)).isInstanceOf(Placed.class);
        assertThat(BrickPlacer.place(request, after, 1)).isInstanceOf(Refused.class);
        assertThatIllegalArgumentException().isThrownBy(() -> before.withFree(Map.of("d9", 1L)));
    }

    @Test
    void aTopologyThatContradictsItselfIsRefused() {
        TestCluster twice = TestCluster.of(1, 1, 1, 1);
        twice.devices.add(twice.devices.getFirst());
        TestCluster orphan = TestCluster.of(1, 1, 1, 1);
        orphan.nodes.clear();
        TestCluster nodeTwice = TestCluster.of(1, 1, 1, 1);
        nodeTwice.nodes.add(nodeTwice.nodes.getFirst());

        assertThatIllegalArgumentException().isThrownBy(twice::topology).withMessage("device d1 is there twice");
        assertThatIllegalArgumentException()
                .isThrownBy(orphan::topology)
                .withMessage("device d1 is on node n1, which is not there");
        assertThatIllegalArgumentException().isThrownBy(nodeTwice::topology).withMessage("node n1 is there twice");
    }

    @Test
    void aReplacementMayStayOnItsNodeButNotOnItsDevice() {
        TestCluster cluster = TestCluster.of(3, 1, 2, 100);
        ReplacementRequest request =
                new ReplacementRequest(10 * GIB, false, false, "d1", List.of("n2", "n3"), PlacementRules.DEFAULTS);

        Placed placed = (Placed) BrickPlacer.replace(request, cluster.topology(), 1);

        assertThat(bricks(placed)).extracting(PlacedBrick::deviceId).containsExactly("d2");
        assertThat(placed.explanation().devices())
                .extracting(Verdict::text)
                .containsExactly(
                        "holds the brick that is to be replaced",
                        "brick 1 of set 1",
                        "its node n2 has a brick of this set",
                        "its node n2 has a brick of this set",
                        "its node n3 has a brick of this set",
                        "its node n3 has a brick of this set");
    }

    @Test
    void aReplacementPrefersAZoneThatTheSetDoesNotUse() {
        TestCluster cluster = TestCluster.of(3, 3, 1, 100);
        ReplacementRequest request =
                new ReplacementRequest(10 * GIB, false, false, "d1", List.of("n2", "n3"), PlacementRules.DEFAULTS);

        for (long seed = 0; seed < 50; seed++) {
            Placed placed = (Placed) BrickPlacer.replace(request, cluster.topology(), seed);
            assertThat(bricks(placed)).extracting(PlacedBrick::deviceId).isSubsetOf("d4", "d7");
        }
    }

    @Test
    void devicesFillEvenly() {
        TestCluster cluster = TestCluster.of(4, 10, 3, 1000);
        Topology topology = cluster.topology();
        Map<String, Integer> bricksOn = new HashMap<>();
        Map<String, Long> free = new HashMap<>();
        cluster.devices.forEach(device -> free.put(device.id(), device.freeKiB()));
        for (long seed = 0; seed < 2_000; seed++) {
            Placement placement = BrickPlacer.place(PlacementRequest.create(10, Durability.replica(3)), topology, seed);
            for (PlacedBrick brick : bricks((Placed) placement)) {
                bricksOn.merge(brick.deviceId(), 1, Integer::sum);
                free.merge(brick.deviceId(), -brick.space().totalKiB(), Long::sum);
            }
            topology = topology.withFree(free);
        }

        // 6000 bricks on 120 devices: 50 each. Uniform chance alone would give 33 to 70.
        assertThat(bricksOn).hasSize(120);
        assertThat(bricksOn.values()).allMatch(bricks -> bricks >= 45 && bricks <= 53);
    }

    @Test
    void aNewDeviceFillsFasterWithoutDrawingEachVolume() {
        TestCluster cluster = TestCluster.of(1, 50, 1, 500);
        cluster.node(1).device(1000 * GIB);
        int onNewDevice = 0;
        for (long seed = 0; seed < 1_000; seed++) {
            Placement placement =
                    BrickPlacer.place(PlacementRequest.create(10, Durability.replica(3)), cluster.topology(), seed);
            onNewDevice += (int) bricks((Placed) placement).stream()
                    .filter(brick -> brick.deviceId().equals("d51"))
                    .count();
        }

        // 3000 bricks on 51 devices are 59 each; twice that is 118.
        assertThat(onNewDevice).isBetween(90, 150);
    }

    private static Placed placed(PlacementRequest request, TestCluster cluster) {
        Placement placement = BrickPlacer.place(request, cluster.topology(), 7);
        assertThat(placement).isInstanceOf(Placed.class);
        new PlacementCheck(cluster).keepsAllRules(request, (Placed) placement);
        return (Placed) placement;
    }

    private static Refused refused(PlacementRequest request, TestCluster cluster) {
        Placement placement = BrickPlacer.place(request, cluster.topology(), 7);
        assertThat(placement).isInstanceOf(Refused.class);
        return (Refused) placement;
    }

    private static List<PlacedBrick> bricks(Placed placed) {
        return placed.sets().stream().flatMap(set -> set.bricks().stream()).toList();
    }
}

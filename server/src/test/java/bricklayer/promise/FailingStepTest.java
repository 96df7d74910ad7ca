package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.gluster.GlusterSettings;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.node.NodePlans;
import bricklayer.operation.Attempt;
import bricklayer.operation.FailingStepLoop;
import bricklayer.operation.OperationState;
import bricklayer.operation.Plan;
import bricklayer.operation.Planner;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Each kind of operation through the failing-step loop. The number of points is not written down but counted from the plan: two for each step and for each durable write.
 */
class FailingStepTest {

    private static final VolumeCreateRequest REPLICA =
            VolumeCreateRequest.of(10, Durability.replicate(3)).named("r3");

    private static Planner create(StorageWorld world, VolumeCreateRequest request) {
        return (rows, attempt) -> world.volumePlans.create(rows, request, attempt);
    }

    private static VolumeId only(StorageWorld world) {
        return world.rows().all(Volume.TABLE).iterator().next().id();
    }

    private static Planner expand(StorageWorld world) {
        VolumeId id = only(world);
        return (rows, attempt) -> world.volumePlans.expand(rows, id, 10, attempt);
    }

    private static Planner delete(StorageWorld world) {
        VolumeId id = only(world);
        return (rows, attempt) -> world.volumePlans.delete(rows, id);
    }

    /** Runs the loop over worlds made alike, and checks that it met each point of the plan. */
    private static void loop(Supplier<StorageWorld> worlds, Function<StorageWorld, Planner> act) {
        loop(worlds, act, 0);
    }

    /**
     * @param complaining steps whose command has its effect and yet reports a failure, so that the point behind it is not met
     */
    private static void loop(Supplier<StorageWorld> worlds, Function<StorageWorld, Planner> act, int complaining) {
        StorageWorld sample = worlds.get();
        Plan plan = act.apply(sample).plan(sample.rows(), new Attempt(1, java.util.Set.of()));
        StorageWorld undisturbed = worlds.get();
        assertThat(undisturbed.submit(act.apply(undisturbed)).orElseThrow().state())
                .isIn(OperationState.DONE, OperationState.FELL_SHORT);
        int writes = plan.hasPivot() ? 3 : 2;
        FailingStepLoop.Result result = new FailingStepLoop(() -> {
                    StorageWorld world = worlds.get();
                    Planner planner = act.apply(world);
                    return new Acting(world, planner);
                })
                .run();
        System.out.printf(
                "%s: %d steps, %d fault points, %d runs, no leak%n",
                plan.kind(), plan.stepCount(), result.points(), result.runs());
        assertThat(result.points()).isEqualTo(2 * (plan.stepCount() + writes) - complaining);
    }

    /** A world whose operation is planned by a planner that was chosen before the first boot. */
    private record Acting(StorageWorld world, Planner planner) implements FailingStepLoop.World {
        @Override
        public void boot(bricklayer.fault.Faults faults) {
            world.boot(faults);
        }

        @Override
        public void act() {
            world.submit(planner);
        }

        @Override
        public void recover() {
            world.recover();
        }

        @Override
        public void check() {
            world.check();
        }
    }

    private static StorageWorld empty() {
        return new StorageWorld(3, world -> {});
    }

    private static StorageWorld withVolume(VolumeCreateRequest request) {
        StorageWorld world = empty();
        return world.prepared(create(world, request));
    }

    @Test
    void createReplica() {
        loop(FailingStepTest::empty, world -> create(world, REPLICA));
    }

    @Test
    void createDispersed() {
        loop(
                FailingStepTest::empty,
                world -> create(
                        world,
                        VolumeCreateRequest.of(10, Durability.disperse(2, 1)).named("ec")));
    }

    @Test
    void createDistributedWithAGroup() {
        VolumeCreateRequest request = new VolumeCreateRequest(
                10,
                "dist",
                List.of(),
                Durability.none(),
                2000,
                List.of("performance.io-cache off"),
                false,
                bricklayer.api.Snapshot.UNSAID);
        loop(FailingStepTest::empty, world -> create(world, request));
    }

    @Test
    void createWithArbiter() {
        VolumeCreateRequest request = new VolumeCreateRequest(
                10,
                "arb",
                List.of(),
                Durability.replicate(3),
                0,
                List.of("user.heketi.arbiter true"),
                false,
                bricklayer.api.Snapshot.UNSAID);
        loop(FailingStepTest::empty, world -> create(world, request));
    }

    @Test
    void expandReplica() {
        loop(() -> withVolume(REPLICA), FailingStepTest::expand);
    }

    @Test
    void deleteReplica() {
        loop(() -> withVolume(REPLICA), FailingStepTest::delete);
    }

    @Test
    void deleteGrownVolume() {
        loop(
                () -> {
                    StorageWorld world = withVolume(VolumeCreateRequest.of(10, Durability.none()));
                    return world.prepared(expand(world));
                },
                FailingStepTest::delete);
    }

    private static StorageWorld withFourNodes(VolumeCreateRequest request) {
        StorageWorld world = new StorageWorld(4, _ -> {});
        return world.prepared(create(world, request));
    }

    @Test
    void evictBrick() {
        loop(() -> withFourNodes(REPLICA), world -> {
            BrickId id = world.rows().all(Brick.TABLE).iterator().next().id();
            return (rows, attempt) -> world.evictionPlans.evict(rows, id, true, attempt);
        });
    }

    @Test
    void evictBrickOfADispersedVolumeWithAGroup() {
        VolumeCreateRequest request = new VolumeCreateRequest(
                10, "ec", List.of(), Durability.disperse(2, 1), 2000, List.of(), false, bricklayer.api.Snapshot.UNSAID);
        loop(() -> withFourNodes(request), world -> {
            BrickId id = world.rows().all(Brick.TABLE).iterator().next().id();
            return (rows, attempt) -> world.evictionPlans.evict(rows, id, true, attempt);
        });
    }

    private static StorageWorld withFourNodesAndAClone() {
        StorageWorld world = withFourNodes(REPLICA);
        VolumeId id = only(world);
        return world.prepared((rows, attempt) -> world.clonePlans.clone(rows, id, "copy"));
    }

    private static Planner evictFirstOf(StorageWorld world, String volume) {
        BrickId id = Inventory.bricksOf(world.rows(), world.named(volume).id())
                .getFirst()
                .id();
        return (rows, attempt) -> world.evictionPlans.evict(rows, id, true, attempt);
    }

    @Test
    void evictBrickWhosePoolACloneShares() {
        loop(FailingStepTest::withFourNodesAndAClone, world -> evictFirstOf(world, "r3"));
    }

    @Test
    void evictBrickOfAClone() {
        loop(FailingStepTest::withFourNodesAndAClone, world -> evictFirstOf(world, "copy"));
    }

    /** Gluster mounts bricks of one clone in one folder, which goes with the last of them. */
    @Test
    void evictBricksOfAGrownClone() {
        loop(
                FailingStepTest::withTwoBricksInAFolder,
                world -> evict(world, inOneFolder(world).getFirst()));
        loop(
                () -> {
                    StorageWorld world = withTwoBricksInAFolder();
                    return world.prepared(evict(world, inOneFolder(world).getFirst()));
                },
                world -> evictFirstOf(world, "copy"));
    }

    private static StorageWorld withTwoBricksInAFolder() {
        StorageWorld world = withFourNodes(REPLICA);
        world.prepared(expandNamed(world, "r3"));
        return world.prepared(cloneOf(world, "r3", "copy"));
    }

    private static List<Brick> inOneFolder(StorageWorld world) {
        List<Brick> bricks =
                Inventory.bricksOf(world.rows(), world.named("copy").id());
        return bricks.stream().collect(java.util.stream.Collectors.groupingBy(Brick::node)).values().stream()
                .filter(onNode -> onNode.size() > 1)
                .findFirst()
                .orElseThrow();
    }

    private static Planner evict(StorageWorld world, Brick brick) {
        return (rows, attempt) -> world.evictionPlans.evict(rows, brick.id(), true, attempt);
    }

    private static StorageWorld withTwoVolumes() {
        StorageWorld world = withFourNodes(REPLICA);
        return world.prepared(create(
                world, VolumeCreateRequest.of(10, Durability.replicate(3)).named("second")));
    }

    /** Takes as many operations as the device has bricks, so its points cannot be counted from its plan. */
    @Test
    void removeDevice() {
        errand(
                () -> {
                    StorageWorld world = withTwoVolumes();
                    Device fullest = fullest(world);
                    return world.prepared(
                            (rows, attempt) -> world.devicePlans.setState(rows, fullest.id(), State.OFFLINE, true));
                },
                world -> {
                    Device offline = fullest(world);
                    return (rows, attempt) -> world.devicePlans.setState(rows, offline.id(), State.FAILED, true);
                });
    }

    private static Device fullest(StorageWorld world) {
        return StreamSupport.stream(world.rows().all(Device.TABLE).spliterator(), false)
                .max(Comparator.comparingLong(device -> Inventory.usedKiB(world.rows(), device)))
                .orElseThrow();
    }

    @Test
    void removeNode() {
        errand(
                () -> {
                    StorageWorld world = withTwoVolumes();
                    Node node =
                            world.rows().get(Node.TABLE, fullest(world).node()).orElseThrow();
                    return world.prepared(
                            (rows, attempt) -> world.nodePlans.setState(rows, node.id(), State.OFFLINE, true));
                },
                world -> {
                    Node node =
                            world.rows().get(Node.TABLE, fullest(world).node()).orElseThrow();
                    return (rows, attempt) -> world.nodePlans.setState(rows, node.id(), State.FAILED, true);
                });
    }

    private static void errand(Supplier<StorageWorld> worlds, Function<StorageWorld, Planner> act) {
        FailingStepLoop.Result result = new FailingStepLoop(() -> {
                    StorageWorld world = worlds.get();
                    return new Acting(world, act.apply(world));
                })
                .run();
        System.out.printf("errand: %d fault points, %d runs, no leak%n", result.points(), result.runs());
        assertThat(result.points()).isGreaterThan(2 * (6 + 1 + 6));
    }

    @Test
    void cloneReplica() {
        loop(() -> withVolume(REPLICA), world -> cloneOf(world, "r3", "copy"));
    }

    @Test
    void cloneAGrownCloneWithArbiters() {
        loop(
                () -> {
                    StorageWorld world = withVolume(new VolumeCreateRequest(
                            10,
                            "arb",
                            List.of(),
                            Durability.replicate(3),
                            2000,
                            List.of("user.heketi.arbiter true"),
                            false,
                            bricklayer.api.Snapshot.UNSAID));
                    world.prepared(cloneOf(world, "arb", "first"));
                    return world.prepared(expandNamed(world, "first"));
                },
                world -> cloneOf(world, "first", "second"));
    }

    @Test
    void deleteOriginBeforeItsClones() {
        loop(FailingStepTest::withFamily, world -> deleteNamed(world, "r3"));
    }

    @Test
    void deleteCloneBeforeItsOrigin() {
        loop(FailingStepTest::withFamily, world -> deleteNamed(world, "copy"));
    }

    @Test
    void deleteTheLastOfAFamily() {
        loop(
                () -> {
                    StorageWorld world = withFamily();
                    world.prepared(deleteNamed(world, "r3"));
                    return world.prepared(deleteNamed(world, "copy"));
                },
                world -> deleteNamed(world, "copy2"));
    }

    @Test
    void expandAClone() {
        loop(FailingStepTest::withFamily, world -> expandNamed(world, "copy"));
    }

    /** A volume, its clone and the clone of that. */
    private static StorageWorld withFamily() {
        StorageWorld world = withVolume(REPLICA);
        world.prepared(cloneOf(world, "r3", "copy"));
        return world.prepared(cloneOf(world, "copy", "copy2"));
    }

    private static Planner cloneOf(StorageWorld world, String origin, String name) {
        VolumeId id = world.named(origin).id();
        return (rows, attempt) -> world.clonePlans.clone(rows, id, name);
    }

    private static Planner deleteNamed(StorageWorld world, String name) {
        VolumeId id = world.named(name).id();
        return (rows, attempt) -> world.volumePlans.delete(rows, id);
    }

    private static Planner expandNamed(StorageWorld world, String name) {
        VolumeId id = world.named(name).id();
        return (rows, attempt) -> world.volumePlans.expand(rows, id, 10, attempt);
    }

    @Test
    void addNode() {
        loop(FailingStepTest::empty, world -> world.addNode(4));
    }

    @Test
    void addNodeAndLimitSnapshots() {
        loop(FailingStepTest::empty, world -> {
            NodePlans limiting =
                    new NodePlans(world.ids, GlusterSettings.DEFAULTS, KnownDown.NOBODY, OptionalInt.of(14));
            return world.addNode(4, limiting);
        });
    }

    @Test
    void deleteNode() {
        loop(
                () -> {
                    StorageWorld world = empty();
                    return world.prepared(world.addNode(4));
                },
                world -> {
                    Node last = Inventory.nodes(world.rows(), world.cluster).stream()
                            .filter(node -> node.zone() == 4)
                            .findFirst()
                            .orElseThrow();
                    return (rows, attempt) -> world.nodePlans.delete(rows, last.id());
                });
    }

    @Test
    void addDevice() {
        loop(
                FailingStepTest::empty,
                world -> world.addDevice(
                        Inventory.nodes(world.rows(), world.cluster).getFirst(), "/dev/vdd"));
    }

    @Test
    void deleteDevice() {
        loop(
                () -> {
                    StorageWorld world = empty();
                    Device device = world.rows().all(Device.TABLE).iterator().next();
                    return world.prepared(
                            (rows, attempt) -> world.devicePlans.setState(rows, device.id(), State.OFFLINE, true),
                            (rows, attempt) -> world.devicePlans.setState(rows, device.id(), State.FAILED, true));
                },
                world -> {
                    Device device = world.rows().all(Device.TABLE).iterator().next();
                    return (rows, attempt) -> world.devicePlans.delete(rows, device.id(), false);
                });
    }

    @Test
    void resyncDevice() {
        loop(() -> withVolume(REPLICA), world -> {
            Device device = world.rows().all(Device.TABLE).iterator().next();
            return (rows, attempt) -> world.devicePlans.resync(rows, device.id());
        });
    }

    private static VolumeCreateRequest hosting(int sizeGiB) {
        return new VolumeCreateRequest(
                sizeGiB,
                "hosting",
                List.of(),
                Durability.replicate(3),
                0,
                List.of(),
                true,
                bricklayer.api.Snapshot.UNSAID);
    }

    private static Planner createBlock(StorageWorld world, int sizeGiB, boolean auth) {
        BlockVolumeCreateRequest request = new BlockVolumeCreateRequest(sizeGiB, List.of(), "block", 2, auth);
        return (rows, attempt) -> world.blockPlans.create(rows, request, world.answering(), attempt);
    }

    private static StorageWorld withBlock(StorageWorld world, int hostingGiB, int sizeGiB) {
        return world.prepared(create(world, hosting(hostingGiB)), createBlock(world, sizeGiB, true));
    }

    private static Planner expandBlock(StorageWorld world, int sizeGiB) {
        BlockVolumeId id = world.onlyBlock().id();
        return (rows, attempt) -> world.blockPlans.expand(rows, id, sizeGiB, world.answering());
    }

    @Test
    void createBlockVolumeInAHostingVolume() {
        loop(() -> withVolume(hosting(50)), world -> createBlock(world, 10, true));
    }

    @Test
    void createBlockVolumeAndAHostingVolumeForIt() {
        loop(FailingStepTest::empty, world -> createBlock(world, 10, false));
    }

    @Test
    void expandBlockVolume() {
        loop(() -> withBlock(empty(), 50, 10), world -> expandBlock(world, 20));
    }

    @Test
    void expandBlockVolumeThatItsHostsDoNotFollow() {
        loop(
                () -> {
                    StorageWorld world = withBlock(empty(), 50, 10);
                    Inventory.nodes(world.rows(), world.cluster)
                            .forEach(node -> world.executor.nodes().failBlockResizes(node.host(), true));
                    return world;
                },
                world -> expandBlock(world, 20),
                1);
    }

    /** gluster-block writes both sizes as 1.1 TiB. */
    @Test
    void expandBlockVolumeByLessThanGlusterBlockShows() {
        loop(() -> withBlock(new StorageWorld(6, world -> {}), 1200, 1110), world -> expandBlock(world, 1112));
    }

    @Test
    void deleteBlockVolume() {
        loop(() -> withBlock(empty(), 50, 10), world -> {
            BlockVolumeId id = world.onlyBlock().id();
            return (rows, attempt) -> world.blockPlans.delete(rows, id, world.answering());
        });
    }
}

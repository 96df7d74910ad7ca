package bricklayer.promise;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.Durability;
import bricklayer.api.ImportReport;
import bricklayer.api.NodeZone;
import bricklayer.api.Snapshot;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.fault.FaultPoint;
import bricklayer.fault.Faults;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.migrate.HeketiImport;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.node.NodePlans;
import bricklayer.operation.NthFault;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.Plan;
import bricklayer.operation.Planner;
import bricklayer.operation.SequentialThreads;
import bricklayer.operation.Wish;
import bricklayer.rebuild.NodeNamed;
import bricklayer.rebuild.NodeReader;
import bricklayer.rebuild.Rebuilt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Everything that can be asked of Bricklayer, in worlds where it is not trivial. {@link MatrixIsCompleteTest} finds the kinds of operations, steps, checks, surveys and errands in the code, and each must be in one of
 * these.
 */
final class Scenarios {

    private static final VolumeCreateRequest REPLICA = replica("r3");

    private final List<Scenario> all = new ArrayList<>();

    private Scenarios() {}

    static List<Scenario> all() {
        Scenarios scenarios = new Scenarios();
        scenarios.clusters();
        scenarios.nodes();
        scenarios.devices();
        scenarios.volumes();
        scenarios.clones();
        scenarios.moves();
        scenarios.blockVolumes();
        scenarios.byHand();
        scenarios.takingOver();
        scenarios.sharedFolders();
        scenarios.stamps();
        scenarios.rebuilding();
        scenarios.forgettingASnapshot();
        scenarios.all.addAll(RepairScenarios.all());
        scenarios.all.addAll(AdoptionScenarios.all());
        scenarios.all.addAll(RepairScenarios.later());
        scenarios.zones();
        scenarios.all.addAll(RepairScenarios.identities());
        return List.copyOf(scenarios.all);
    }

    static Scenario named(String name) {
        return all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + name));
    }

    private void add(String name, Supplier<StorageWorld> start, Function<StorageWorld, Planner> planner) {
        all.add(new Scenario(name, start, world -> Deed.of(planner.apply(world))));
    }

    private void zones() {
        add("move a node to another zone", Scenarios::empty, world -> {
            Node node = firstNode(world);
            return (rows, attempt) ->
                    world.nodePlans.setZone(rows.get(Node.TABLE, node.id()).orElseThrow(), new NodeZone(4));
        });
    }

    private void clusters() {
        add("create a cluster", Scenarios::empty, world -> {
            ClusterCreateRequest request = new ClusterCreateRequest(true, false);
            return (rows, attempt) -> world.clusterPlans.create(rows, request);
        });
        add("change what a cluster takes", Scenarios::empty, world -> {
            ClusterFlagsRequest request = new ClusterFlagsRequest(true, false);
            return (rows, attempt) -> world.clusterPlans.setFlags(rows, world.cluster, request);
        });
        add(
                "delete a cluster",
                () -> {
                    StorageWorld world = new StorageWorld(0, nothing -> {});
                    return world.asOfNow();
                },
                world -> (rows, attempt) -> world.clusterPlans.delete(rows, world.cluster));
    }

    private void nodes() {
        add("add a node", Scenarios::empty, world -> world.addNode(4));
        add("add a node and limit snapshots", Scenarios::empty, world -> {
            NodePlans limiting =
                    new NodePlans(world.ids, GlusterSettings.DEFAULTS, KnownDown.NOBODY, OptionalInt.of(14));
            return world.addNode(4, limiting);
        });
        add(
                "delete a node",
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
        add("set a node offline", Scenarios::empty, world -> {
            Node node = firstNode(world);
            return (rows, attempt) -> world.nodePlans.setState(rows, node.id(), State.OFFLINE, true);
        });
        add("tag a node", Scenarios::empty, world -> {
            Node node = firstNode(world);
            return (rows, attempt) ->
                    world.nodePlans.setTags(rows.get(Node.TABLE, node.id()).orElseThrow(), tags());
        });
        add(
                "remove a node",
                () -> {
                    StorageWorld world = withFourNodes(REPLICA);
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

    private static TagsChangeRequest tags() {
        return new TagsChangeRequest("set", Map.of("rack", "7"));
    }

    private static Node firstNode(StorageWorld world) {
        return Inventory.nodes(world.rows(), world.cluster).getFirst();
    }

    private static Device firstDevice(StorageWorld world) {
        return world.rows().all(Device.TABLE).iterator().next();
    }

    private static Device fullest(StorageWorld world) {
        return StreamSupport.stream(world.rows().all(Device.TABLE).spliterator(), false)
                .max(Comparator.comparingLong(device -> Inventory.usedKiB(world.rows(), device)))
                .orElseThrow();
    }

    private void devices() {
        add("add a device", Scenarios::empty, world -> world.addDevice(firstNode(world), "/dev/vdd"));
        add(
                "add a device and destroy what is on it",
                () -> {
                    StorageWorld world = empty();
                    world.executor.nodes().foreignSignature(firstNode(world).host(), "/dev/vdd", "ext4");
                    return world.asOfNow();
                },
                world -> {
                    DeviceAddRequest request = new DeviceAddRequest(
                            "/dev/vdd", Map.of(), firstNode(world).id().value(), true);
                    return (rows, attempt) -> world.devicePlans.add(rows, request, Optional.empty());
                });
        add("delete a device", Scenarios::withFailedDevice, world -> {
            Device device = firstDevice(world);
            return (rows, attempt) -> world.devicePlans.delete(rows, device.id(), false);
        });
        // what its node did not do is passed over, and left to whoever cleans the node
        all.add(new Scenario(
                "forget a device",
                Scenarios::withFailedDevice,
                world -> {
                    Device device = firstDevice(world);
                    return Deed.of((rows, attempt) -> world.devicePlans.delete(rows, device.id(), true));
                },
                true,
                StorageWorld::takeDownForgottenDevices));
        add("set a device offline", Scenarios::empty, world -> {
            Device device = firstDevice(world);
            return (rows, attempt) -> world.devicePlans.setState(rows, device.id(), State.OFFLINE, true);
        });
        add("tag a device", Scenarios::empty, world -> {
            Device device = firstDevice(world);
            return (rows, attempt) -> world.devicePlans.setTags(
                    rows.get(Device.TABLE, device.id()).orElseThrow(), tags());
        });
        add("resync a device", () -> withVolume(REPLICA), world -> {
            Device device = firstDevice(world);
            return (rows, attempt) -> world.devicePlans.resync(rows, device.id());
        });
        add(
                "remove a device",
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

    private static StorageWorld withFailedDevice() {
        StorageWorld world = empty();
        Device device = firstDevice(world);
        return world.prepared(
                (rows, attempt) -> world.devicePlans.setState(rows, device.id(), State.OFFLINE, true),
                (rows, attempt) -> world.devicePlans.setState(rows, device.id(), State.FAILED, true));
    }

    private static VolumeCreateRequest replica(String name) {
        return VolumeCreateRequest.of(10, Durability.replicate(3)).named(name);
    }

    private static VolumeCreateRequest request(
            String name, Durability durability, long gid, boolean block, String... options) {
        return new VolumeCreateRequest(10, name, List.of(), durability, gid, List.of(options), block, Snapshot.UNSAID);
    }

    private static final VolumeCreateRequest DISPERSED_WITH_GROUP =
            request("ec", Durability.disperse(2, 1), 2000, false);

    private static final VolumeCreateRequest ARBITER =
            request("arb", Durability.replicate(3), 2000, false, "user.heketi.arbiter true");

    private void volumes() {
        add("create a replicated volume", Scenarios::empty, world -> create(world, REPLICA));
        add("create a dispersed volume", Scenarios::empty, world -> create(world, DISPERSED_WITH_GROUP));
        add(
                "create a distributed volume with options",
                Scenarios::empty,
                world -> create(world, request("dist", Durability.none(), 2000, false, "performance.io-cache off")));
        add("expand a volume", () -> withVolume(REPLICA), world -> expand(world, "r3"));
        add("delete a volume", () -> withVolume(REPLICA), world -> delete(world, "r3"));
        add(
                "delete a volume that has grown",
                () -> {
                    StorageWorld world = withVolume(request("grown", Durability.none(), 0, false));
                    return world.prepared(expand(world, "grown"));
                },
                world -> delete(world, "grown"));
        add("lock a hosting volume", () -> withVolume(hosting(50)), world -> {
            VolumeId id = world.named("hosting").id();
            return (rows, attempt) -> world.volumePlans.restrict(rows, id, Volume.LOCKED);
        });
    }

    private void clones() {
        add("clone a volume", () -> withVolume(REPLICA), world -> cloneOf(world, "r3", "copy"));
        add(
                "clone a clone that has grown, with arbiters",
                () -> {
                    StorageWorld world = withVolume(ARBITER);
                    world.prepared(cloneOf(world, "arb", "first"));
                    return world.prepared(expand(world, "first"));
                },
                world -> cloneOf(world, "first", "second"));
        add("delete a volume before its clones", Scenarios::withFamily, world -> delete(world, "r3"));
        add("delete a clone before its origin", Scenarios::withFamily, world -> delete(world, "copy"));
        add(
                "delete the last of a family",
                () -> {
                    StorageWorld world = withFamily();
                    world.prepared(delete(world, "r3"));
                    return world.prepared(delete(world, "copy"));
                },
                world -> delete(world, "copy2"));
        add("expand a clone", Scenarios::withFamily, world -> expand(world, "copy"));
    }

    private void moves() {
        add("evict a brick", () -> withFourNodes(REPLICA), world -> evictFirst(world, "r3"));
        add(
                "evict a brick of a dispersed volume with a group",
                () -> withFourNodes(DISPERSED_WITH_GROUP),
                world -> evictFirst(world, "ec"));
        add(
                "evict a brick whose pool a clone shares",
                Scenarios::withFourNodesAndAClone,
                world -> evictFirst(world, "r3"));
        add("evict a brick of a clone", Scenarios::withFourNodesAndAClone, world -> evictFirst(world, "copy"));
        drive("discard a brick whose node was dead", Scenarios::withDiscardLeft);
    }

    /** An operation that was left open is taken up when it is due. */
    private void drive(String name, Supplier<StorageWorld> start) {
        all.add(new Scenario(
                name,
                start,
                world -> {
                    OperationId left = Operation.open(world.rows()).getFirst().id();
                    return (operations, request) -> {
                        operations.driveDue();
                        return left;
                    };
                },
                false,
                world -> {}));
    }

    /** A brick was moved away from a dead node, which is back now; the old brick is still there. */
    private static StorageWorld withDiscardLeft() {
        StorageWorld world = withFourNodes(REPLICA);
        Brick brick = Inventory.bricksOf(world.rows(), world.named("r3").id()).getFirst();
        HostName victim =
                world.rows().get(Node.TABLE, brick.node()).orElseThrow().host();
        world.prepared((rows, attempt) -> world.nodePlans.setState(rows, brick.node(), State.OFFLINE, true));
        world.executor.nodes().cutPower(victim);
        world.prepared((rows, attempt) -> world.evictionPlans.evict(rows, brick.id(), true, attempt));
        world.executor.nodes().returnPower(victim);
        world.later();
        return world.asOfNow();
    }

    private void blockVolumes() {
        add(
                "create a block volume in a hosting volume",
                () -> withVolume(hosting(50)),
                world -> createBlock(world, 10, true));
        add(
                "create a block volume and a hosting volume for it",
                Scenarios::empty,
                world -> createBlock(world, 10, false));
        add("expand a block volume", () -> withBlock(empty(), 50, 10), world -> expandBlock(world, 20));
        add(
                "expand a block volume that its hosts do not follow",
                () -> {
                    StorageWorld world = withBlock(empty(), 50, 10);
                    Inventory.nodes(world.rows(), world.cluster)
                            .forEach(node -> world.executor.nodes().failBlockResizes(node.host(), true));
                    return world;
                },
                world -> expandBlock(world, 20));
        // gluster-block writes both sizes as 1.1 TiB
        add(
                "expand a block volume by less than gluster-block shows",
                () -> withBlock(new StorageWorld(6, world -> {}), 1200, 1110),
                world -> expandBlock(world, 1112));
        add("delete a block volume", () -> withBlock(empty(), 50, 10), world -> {
            BlockVolumeId id = world.onlyBlock().id();
            return (rows, attempt) -> world.blockPlans.delete(rows, id, world.answering());
        });
    }

    /** What a person asks for, of operations that were left open. */
    private void byHand() {
        all.add(new Scenario(
                "try again what waits",
                () -> left(withVolume(REPLICA), world -> delete(world, "r3")),
                world -> (operations, request) -> operations.cleanUp(request, Set.of())));
        for (Wish wish : Wish.values()) {
            steer(wish, "the making of a volume", () -> left(empty(), world -> create(world, REPLICA)));
            steer(
                    wish,
                    "the making of a block volume",
                    () -> left(withVolume(hosting(50)), world -> createBlock(world, 10, true)));
        }
    }

    private void takingOver() {
        all.add(new Scenario(
                "import Heketi's records",
                () -> withVolume(REPLICA).withoutRecords(),
                world -> Deed.of(importing(world)),
                // asked again with records there, it is refused
                false,
                world -> {
                    // nothing was begun, so nothing is there yet
                    if (world.rows().count(Cluster.TABLE) == 0) {
                        world.submit(importing(world));
                    }
                }));
    }

    private void forgettingASnapshot() {
        drive("forget a clone's snapshot where a node was away", Scenarios::withSnapshotLeft);
    }

    /** A node without bricks went away when the volume had been cloned and the snapshot was about to go. It is back now, and knows the snapshot. */
    private static StorageWorld withSnapshotLeft() {
        StorageWorld world = withFourNodes(REPLICA);
        VolumeId id = world.named("r3").id();
        Set<NodeId> used =
                Inventory.bricksOf(world.rows(), id).stream().map(Brick::node).collect(Collectors.toSet());
        HostName idle = Inventory.nodes(world.rows(), world.cluster).stream()
                .filter(node -> !used.contains(node.id()))
                .map(Node::host)
                .findFirst()
                .orElseThrow();
        world.boot(point -> {
            if (point.where().startsWith("clone-volume/clone/set-volume-options")
                    && point.moment() == FaultPoint.Moment.AFTER) {
                world.executor.nodes().cutPower(idle);
            }
        });
        world.prepared((rows, attempt) -> world.clonePlans.clone(rows, id, "copy"));
        world.executor.nodes().returnPower(idle);
        world.boot(Faults.NONE);
        world.later();
        return world.asOfNow();
    }

    private void rebuilding() {
        all.add(new Scenario(
                "make the records again",
                () -> {
                    StorageWorld world = withVolume(REPLICA);
                    world.owingStamps().stampTheRest();
                    return world.withoutRecords();
                },
                world -> Deed.of(rebuilding(world)),
                // asked again with records there, it is refused
                false,
                world -> {
                    if (world.rows().count(Cluster.TABLE) == 0) {
                        world.submit(rebuilding(world));
                    }
                }));
    }

    private static Planner rebuilding(StorageWorld world) {
        Rebuilt rebuilt = new NodeReader(
                        new Hosts(world.executor),
                        new Lvm(LvmSettings.DEFAULTS),
                        new Gluster(GlusterSettings.DEFAULTS),
                        new GlusterBlock(GlusterBlockSettings.DEFAULTS),
                        new Mounts(MountSettings.DEFAULTS),
                        new SequentialThreads())
                .read(Stream.of("node1", "node2", "node3").map(NodeNamed::only).toList());
        return (rows, attempt) -> rebuilt.addTo(Plan.of("rebuild")).build();
    }

    private static Planner importing(StorageWorld world) {
        ImportReport fine =
                new ImportReport(false, new ImportReport.Counts(0, 0, 0, 0, 0, 0, 0), List.of(), List.of(), List.of());
        HeketiImport.Draft draft = new HeketiImport.Draft(world.lost(), fine);
        return (rows, attempt) -> HeketiImport.plan(rows, draft);
    }

    /** It comes round again until all is told. */
    private void stamps() {
        all.add(new Scenario(
                "tell the nodes what changed",
                () -> {
                    StorageWorld world = withVolume(hosting(50));
                    Node node = firstNode(world);
                    VolumeId id = world.named("hosting").id();
                    world.prepared(
                            (rows, attempt) -> world.nodePlans.setTags(
                                    rows.get(Node.TABLE, node.id()).orElseThrow(), tags()),
                            (rows, attempt) -> world.volumePlans.restrict(rows, id, Volume.LOCKED));
                    return world.owingStamps();
                },
                world -> (operations, request) -> world.stamp()
                        .orElseThrow(() ->
                                new Course.Injected(new FaultPoint("nothing could be told", FaultPoint.Moment.BEFORE))),
                false,
                StorageWorld::stampTheRest));
    }

    /** Gluster mounts bricks of one clone in one folder, which goes with the last of them. */
    private void sharedFolders() {
        add(
                "evict one of two bricks of a clone in a folder",
                Scenarios::withTwoBricksInAFolder,
                world -> evict(world, inOneFolder(world)));
        add(
                "evict the last brick of a clone in a folder",
                () -> {
                    StorageWorld world = withTwoBricksInAFolder();
                    return world.prepared(evict(world, inOneFolder(world)));
                },
                world -> evictFirst(world, "copy"));
    }

    private static StorageWorld withTwoBricksInAFolder() {
        StorageWorld world = withFourNodes(REPLICA);
        world.prepared(expand(world, "r3"));
        return world.prepared(cloneOf(world, "r3", "copy"));
    }

    private static Brick inOneFolder(StorageWorld world) {
        return Inventory.bricksOf(world.rows(), world.named("copy").id()).stream()
                .collect(Collectors.groupingBy(Brick::node))
                .values()
                .stream()
                .filter(onNode -> onNode.size() > 1)
                .findFirst()
                .orElseThrow()
                .getFirst();
    }

    private static Planner evict(StorageWorld world, Brick brick) {
        return (rows, attempt) -> world.evictionPlans.evict(rows, brick.id(), true, attempt);
    }

    private void steer(Wish wish, String what, Supplier<StorageWorld> start) {
        String verb = wish.name().toLowerCase(java.util.Locale.ROOT);
        all.add(new Scenario(
                verb + " " + what,
                start,
                world -> {
                    OperationId left = Operation.open(world.rows()).getFirst().id();
                    return (operations, request) -> operations.steer(request, left, wish);
                },
                true,
                StorageWorld::resumeAbandoned));
    }

    /** The process died half way. */
    private static StorageWorld left(StorageWorld world, Function<StorageWorld, Planner> planner) {
        Planner chosen = planner.apply(world);
        int points = pointsOf(world.copy(), planner);
        world.boot(new NthFault(NthFault.How.CRASH, points / 2));
        try {
            world.submit(chosen);
        } catch (bricklayer.fault.Crash expected) {
            // as wanted
        }
        world.boot(bricklayer.fault.Faults.NONE);
        return world;
    }

    private static int pointsOf(StorageWorld world, Function<StorageWorld, Planner> planner) {
        Planner chosen = planner.apply(world);
        NthFault counter = NthFault.none();
        world.boot(counter);
        world.submit(chosen);
        return counter.reached().size();
    }

    private static StorageWorld empty() {
        return new StorageWorld(3, world -> {});
    }

    private static StorageWorld withVolume(VolumeCreateRequest request) {
        StorageWorld world = empty();
        return world.prepared(create(world, request));
    }

    private static StorageWorld withFourNodes(VolumeCreateRequest request) {
        StorageWorld world = new StorageWorld(4, nothing -> {});
        return world.prepared(create(world, request));
    }

    private static StorageWorld withTwoVolumes() {
        StorageWorld world = withFourNodes(REPLICA);
        return world.prepared(create(world, replica("second")));
    }

    private static StorageWorld withFourNodesAndAClone() {
        StorageWorld world = withFourNodes(REPLICA);
        return world.prepared(cloneOf(world, "r3", "copy"));
    }

    /** A volume, its clone and the clone of that. */
    private static StorageWorld withFamily() {
        StorageWorld world = withVolume(REPLICA);
        world.prepared(cloneOf(world, "r3", "copy"));
        return world.prepared(cloneOf(world, "copy", "copy2"));
    }

    private static Planner create(StorageWorld world, VolumeCreateRequest request) {
        return (rows, attempt) -> world.volumePlans.create(rows, request, attempt);
    }

    private static Planner expand(StorageWorld world, String name) {
        VolumeId id = world.named(name).id();
        return (rows, attempt) -> world.volumePlans.expand(rows, id, 10, attempt);
    }

    private static Planner delete(StorageWorld world, String name) {
        VolumeId id = world.named(name).id();
        return (rows, attempt) -> world.volumePlans.delete(rows, id);
    }

    private static Planner cloneOf(StorageWorld world, String origin, String name) {
        VolumeId id = world.named(origin).id();
        return (rows, attempt) -> world.clonePlans.clone(rows, id, name);
    }

    private static Planner evictFirst(StorageWorld world, String volume) {
        BrickId id = Inventory.bricksOf(world.rows(), world.named(volume).id())
                .getFirst()
                .id();
        return (rows, attempt) -> world.evictionPlans.evict(rows, id, true, attempt);
    }

    private static VolumeCreateRequest hosting(int sizeGiB) {
        return new VolumeCreateRequest(
                sizeGiB, "hosting", List.of(), Durability.replicate(3), 0, List.of(), true, Snapshot.UNSAID);
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
}

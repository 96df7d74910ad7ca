package bricklayer.reconcile;

import bricklayer.adopt.AdoptionPlans;
import bricklayer.adopt.Adoptions;
import bricklayer.adopt.Scout;
import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.Durability;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.Snapshot;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.blockvolume.BlockVolumePlans;
import bricklayer.blockvolume.BlockVolumeSettings;
import bricklayer.brick.BrickLanes;
import bricklayer.brick.BrickRepairs;
import bricklayer.device.DevicePlans;
import bricklayer.device.PhysicalVolumeIds;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.fault.Faults;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.Command;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.OccupiedSpace;
import bricklayer.inventory.Volume;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.ThinLv;
import bricklayer.main.Formats;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.node.NodePlans;
import bricklayer.node.PeerRepairs;
import bricklayer.operation.Ids;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationSettings;
import bricklayer.operation.OperationState;
import bricklayer.operation.Operations;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;
import bricklayer.operation.SequentialThreads;
import bricklayer.reconcile.DriftReport.Aged;
import bricklayer.reconcile.DriftReport.Gap;
import bricklayer.reconcile.Reconciler.Scope;
import bricklayer.stamp.StampDuty;
import bricklayer.stamp.StampRepairs;
import bricklayer.stamp.Stamper;
import bricklayer.stamp.Stamps;
import bricklayer.stamp.Unstamped;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import bricklayer.store.memory.MemoryStore;
import bricklayer.survey.Surveyor;
import bricklayer.volume.ClonePlans;
import bricklayer.volume.EvictionPlans;
import bricklayer.volume.Removals;
import bricklayer.volume.VolumeLimits;
import bricklayer.volume.VolumePlans;
import bricklayer.volume.VolumeRepairs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Four simulated nodes, three with two devices, with a replicated volume, a plain one and a block volume; the engine over them, and hands that do what nobody should. */
final class DriftWorld {

    static final long GID = 2001;
    static final String OPTION = "user.note first";

    final SimulatedExecutor executor =
            new SimulatedExecutor(SimulatedNodes.inMemory(SimulatedSettings.DEFAULTS), pause -> {});
    final Hosts hosts = new Hosts(executor);
    final Lvm lvm = new Lvm(LvmSettings.DEFAULTS);
    final Mounts mounts = new Mounts(MountSettings.DEFAULTS);
    final Gluster gluster = new Gluster(GlusterSettings.DEFAULTS);
    final GlusterBlock blocks = new GlusterBlock(GlusterBlockSettings.DEFAULTS);
    final MemoryStore store = new MemoryStore(Formats.SCHEMA);
    private final SplittableRandom random = new SplittableRandom(11);
    final Ids ids = new Ids(random);
    final ClusterId cluster = new ClusterId(ids.next());
    private final DevicePlans devicePlans =
            new DevicePlans(ids, new PhysicalVolumeIds(random), LvmSettings.DEFAULTS, MountSettings.DEFAULTS);
    private final BrickLanes lanes = new BrickLanes(LvmSettings.DEFAULTS, MountSettings.DEFAULTS);
    final VolumePlans volumePlans = new VolumePlans(ids, lanes, GlusterSettings.DEFAULTS, VolumeLimits.DEFAULTS);
    final ClonePlans clonePlans = new ClonePlans(ids, MountSettings.DEFAULTS, VolumeLimits.DEFAULTS, volumePlans);
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    final Operations operations = new Operations(
            store,
            hosts,
            new SequentialThreads(),
            () -> now,
            ids,
            Faults.NONE,
            OperationSettings.DEFAULTS,
            new Removals(new EvictionPlans(ids, lanes, volumePlans)),
            new OccupiedSpace(),
            new StampDuty(ids));
    private final Stamper stamper = new Stamper(
            store,
            operations,
            new Stamps(
                    hosts, LvmSettings.DEFAULTS, GlusterSettings.DEFAULTS, new SequentialThreads(), KnownDown.NOBODY),
            new SequentialThreads(),
            () -> now,
            Duration.ofSeconds(1));
    final Reconciler reconciler = new Reconciler(
            store,
            operations::abandoned,
            new Surveyor(hosts, lvm, mounts, gluster, blocks),
            KnownDown.NOBODY,
            new SequentialThreads(),
            () -> now,
            4);
    int unreadableRows;
    final Adoptions adoptions = new Adoptions(
            new Scout(
                    new Surveyor(hosts, lvm, mounts, gluster, blocks),
                    hosts,
                    mounts,
                    KnownDown.NOBODY,
                    new SequentialThreads()),
            new AdoptionPlans(ids, GlusterSettings.DEFAULTS, KnownDown.NOBODY, new VolumeRepairs(volumePlans)),
            () -> unreadableRows);
    final Repairs repairs = new Repairs(
            () -> unreadableRows,
            new BrickRepairs(LvmSettings.DEFAULTS, MountSettings.DEFAULTS),
            new VolumeRepairs(volumePlans),
            new PeerRepairs(GlusterSettings.DEFAULTS),
            devicePlans,
            LvmSettings.DEFAULTS,
            MountSettings.DEFAULTS,
            GlusterBlockSettings.DEFAULTS,
            new StampRepairs(ids, LvmSettings.DEFAULTS, GlusterSettings.DEFAULTS));

    DriftWorld() {
        store.write(tx -> {
            tx.put(Cluster.TABLE, new Cluster(cluster, true, true));
            return cluster;
        });
        NodePlans nodePlans = new NodePlans(ids, GlusterSettings.DEFAULTS);
        for (int n = 1; n <= 4; n++) {
            HostName manage = new HostName("node" + n);
            executor.nodes().nameNode(manage, "10.0.0." + n);
            NodeAddRequest request = new NodeAddRequest(
                    n, new Hostnames(List.of(manage.value()), List.of("10.0.0." + n)), cluster.value(), Map.of());
            must((rows, attempt) -> nodePlans.add(
                    rows,
                    request,
                    Inventory.nodes(rows, cluster).stream().findFirst().map(Node::host)));
        }
        for (int n = 1; n <= 3; n++) {
            Node node = node(n);
            for (String device : List.of("/dev/vdb", "/dev/vdc")) {
                DeviceAddRequest request =
                        new DeviceAddRequest(device, Map.of(), node.id().value(), false);
                must((rows, attempt) -> devicePlans.add(rows, request, Optional.empty()));
            }
        }
        must((rows, attempt) -> volumePlans.create(
                rows,
                new VolumeCreateRequest(
                        2,
                        "data",
                        List.of(),
                        Durability.replicate(3),
                        GID,
                        List.of(OPTION),
                        false,
                        new Snapshot(true, 1.5f)),
                attempt));
        must((rows, attempt) -> volumePlans.create(
                rows, VolumeCreateRequest.of(2, Durability.none()).named("plain"), attempt));
        BlockVolumePlans blockPlans = new BlockVolumePlans(
                ids, volumePlans, new BlockVolumeSettings(GlusterBlockSettings.DEFAULTS, true, 20));
        must((rows, attempt) -> blockPlans.create(
                rows,
                new BlockVolumeCreateRequest(1, List.of(), "disk", 2, false),
                Inventory.nodes(rows, cluster).stream().map(Node::id).collect(Collectors.toSet()),
                attempt));
        tell();
    }

    /** The nodes are told what changed. */
    void tell() {
        stamper.tellWhatIsDue();
    }

    Rows rows() {
        return store.rows();
    }

    Node node(int n) {
        return Inventory.nodes(rows(), cluster).stream()
                .filter(node -> node.manageHosts().contains("node" + n))
                .findFirst()
                .orElseThrow();
    }

    Volume volume(String name) {
        return rows().find(Volume.TABLE, Volume.BY_NAME, Volume.nameIn(cluster, name))
                .getFirst();
    }

    /** The first brick of the replicated volume. */
    Brick brick() {
        return Inventory.bricksOf(rows(), volume("data").id()).getFirst();
    }

    BlockVolume block() {
        return rows().all(BlockVolume.TABLE).iterator().next();
    }

    String hosting() {
        return rows().get(Volume.TABLE, block().hostingVolume()).orElseThrow().name();
    }

    Device device() {
        return rows().get(Device.TABLE, brick().device()).orElseThrow();
    }

    HostName host() {
        return rows().get(Node.TABLE, brick().node()).orElseThrow().host();
    }

    String brickDevice() {
        return DeviceMapper.path(device().volumeGroup(), brick().lv());
    }

    /** By hand, on the node of {@link #brick}. */
    void does(Command... commands) {
        for (Command command : commands) {
            hosts.run(host(), new Guard("by-hand"), command);
        }
    }

    void does(List<Command> commands) {
        does(commands.toArray(Command[]::new));
    }

    /** Ends the process of {@link #brick} and unmounts it. */
    void unmount() {
        executor.nodes().killBrick(host(), brick().path());
        does(mounts.unmount(brick().mountPoint()));
    }

    /** A pool and a volume of nobody's, in the group of {@link #brick}. */
    ThinLv strange() {
        return new ThinLv(
                device().volumeGroup(), "tp_strange", "brick_strange", 1 << 20, 8192, 1 << 20, false, List.of());
    }

    String strangeDevice() {
        return DeviceMapper.path(device().volumeGroup(), "brick_strange");
    }

    String strangePoint() {
        return device().mountRoot() + "/brick_strange";
    }

    /** With a file system. */
    void makeStrange(boolean mounted) {
        does(lvm.lvcreateThin(strange()), mounts.makeXfs(strangeDevice(), false));
        if (mounted) {
            does(
                    mounts.mkdir(strangePoint()),
                    mounts.addFstabEntry(strangeDevice(), strangePoint()),
                    mounts.mount(strangeDevice(), strangePoint()),
                    mounts.makeBrickDirectory(strangePoint() + "/brick"));
        }
    }

    /** As an operation does it: the nodes are to be told. */
    <K extends Key, V extends Row<K>> void put(Table<K, V> table, V row) {
        Optional<Unstamped> due = switch (row) {
            case Device device -> Optional.of(due(Unstamped.Kind.DEVICE, device.id()));
            case Brick brick -> Optional.of(due(Unstamped.Kind.VOLUME, brick.volume()));
            case Volume volume -> Optional.of(due(Unstamped.Kind.VOLUME, volume.id()));
            case BlockVolume block -> Optional.of(due(Unstamped.Kind.VOLUME, block.hostingVolume()));
            default -> Optional.empty();
        };
        store.write(tx -> {
            tx.put(table, row);
            due.ifPresent(found -> tx.put(Unstamped.TABLE, found));
            return row;
        });
    }

    private Unstamped due(Unstamped.Kind kind, Key object) {
        return new Unstamped(new Unstamped.Id(ids.next()), kind, object.value());
    }

    Operation must(Planner planner) {
        Operation ended = submit(planner);
        if (ended.state() != OperationState.DONE) {
            throw new AssertionError(ended.kind() + ": " + ended.error().orElse(ended.toString()));
        }
        return ended;
    }

    Operation submit(Planner planner) {
        return operations.find(operations.submit(Request.UNCOUNTED, planner)).orElseThrow();
    }

    DriftReport look() {
        return look(Scope.ALL);
    }

    DriftReport look(Scope scope) {
        return reconciler.run(scope, new Reconciler.Listener() {
            @Override
            public void looked(NodeId node, int done, int of, String trouble) {}

            @Override
            public void found(Aged finding) {}

            @Override
            public void unknown(Gap gap) {}
        });
    }

    /** All nodes, as text. */
    Map<String, String> pictures() {
        Map<String, String> all = new TreeMap<>();
        executor.nodes().pictures().forEach((host, picture) -> all.put(host.value(), picture));
        return all;
    }

    /** All rows but the operations, what is to be told, and what a resync notes on its way. */
    List<Object> records() {
        return Formats.SCHEMA.tables().stream()
                .filter(table -> !table.name().equals(Operation.TABLE.name())
                        && !table.name().equals(Unstamped.TABLE.name()))
                .flatMap(table -> all(table).stream())
                .toList();
    }

    private <K extends Key, V extends Row<K>> List<Object> all(Table<K, V> table) {
        List<Object> rows = new java.util.ArrayList<>();
        rows().all(table).forEach(row -> rows.add(row instanceof Device device ? device.withForeign(0) : row));
        return rows;
    }
}

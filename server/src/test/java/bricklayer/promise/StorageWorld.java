package bricklayer.promise;

import bricklayer.api.DeviceAddRequest;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.blockvolume.BlockVolumePlans;
import bricklayer.blockvolume.BlockVolumeSettings;
import bricklayer.brick.BrickLanes;
import bricklayer.cluster.ClusterPlans;
import bricklayer.device.DevicePlans;
import bricklayer.device.PhysicalVolumeIds;
import bricklayer.executor.simulated.CommandFaults;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.fault.Faults;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.HostingSpace;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.OccupiedSpace;
import bricklayer.inventory.Volume;
import bricklayer.lvm.LvmSettings;
import bricklayer.main.Formats;
import bricklayer.mount.MountSettings;
import bricklayer.node.NodePlans;
import bricklayer.operation.FailingStepLoop;
import bricklayer.operation.Ids;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.OperationSettings;
import bricklayer.operation.OperationState;
import bricklayer.operation.Operations;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;
import bricklayer.operation.SequentialThreads;
import bricklayer.operation.Wish;
import bricklayer.stamp.Stamper;
import bricklayer.stamp.Stamps;
import bricklayer.stamp.Unstamped;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.store.Table;
import bricklayer.store.WriteTx;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.memory.MemoryStore;
import bricklayer.volume.ClonePlans;
import bricklayer.volume.EvictionPlans;
import bricklayer.volume.Removals;
import bricklayer.volume.VolumeLimits;
import bricklayer.volume.VolumePlans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Simulated nodes and a store that outlive the process, and a process over them whose work all runs in the caller's thread. Each new process reads the rows back from their stored form, so
 * an operation that is resumed has been through it.
 */
final class StorageWorld implements FailingStepLoop.World {

    /** Size of a hosting volume that is made for a block volume. */
    static final int HOSTING_GIB = 100;

    private static final JsonCodec CODEC = Formats.codec();

    final SimulatedExecutor executor;
    private final SplittableRandom random;
    final Ids ids;
    final NodePlans nodePlans;
    final DevicePlans devicePlans;
    private final BrickLanes brickLanes = new BrickLanes(LvmSettings.DEFAULTS, MountSettings.DEFAULTS);
    final ClusterPlans clusterPlans;
    final VolumePlans volumePlans;
    final EvictionPlans evictionPlans;
    final BlockVolumePlans blockPlans;
    final ClonePlans clonePlans;
    final ClusterId cluster;
    private final Consumer<StorageWorld> act;
    private Store store = new MemoryStore(Formats.SCHEMA);
    private UnaryOperator<Store> reopen = previous -> stored();
    private Executor way;
    private Operations operations;
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private Map<HostName, String> before = Map.of();
    private Rows rowsBefore;

    /** The records as they were when they were lost. */
    private Rows lost = store.rows();

    private StorageWorld(SimulatedNodes nodes, long seed, Optional<ClusterId> inCluster, Consumer<StorageWorld> act) {
        this.act = act;
        this.executor = new SimulatedExecutor(nodes, pause -> {});
        this.way = executor;
        this.random = new SplittableRandom(seed);
        this.ids = new Ids(random);
        this.nodePlans = new NodePlans(ids, GlusterSettings.DEFAULTS);
        this.devicePlans =
                new DevicePlans(ids, new PhysicalVolumeIds(random), LvmSettings.DEFAULTS, MountSettings.DEFAULTS);
        this.clusterPlans = new ClusterPlans(ids);
        this.volumePlans = new VolumePlans(ids, brickLanes, GlusterSettings.DEFAULTS, VolumeLimits.DEFAULTS);
        this.evictionPlans = new EvictionPlans(ids, brickLanes, volumePlans);
        this.blockPlans = new BlockVolumePlans(
                ids, volumePlans, new BlockVolumeSettings(GlusterBlockSettings.DEFAULTS, true, HOSTING_GIB));
        this.clonePlans = new ClonePlans(ids, MountSettings.DEFAULTS, VolumeLimits.DEFAULTS, volumePlans);
        this.cluster = inCluster.orElseGet(() -> new ClusterId(ids.next()));
        this.operations = process(Faults.NONE);
        this.rowsBefore = store.rows();
    }

    /** A world with a cluster of {@code nodes} nodes of two devices each. */
    StorageWorld(int nodes, Consumer<StorageWorld> act) {
        this(SimulatedNodes.inMemory(SimulatedSettings.DEFAULTS), 7, Optional.empty(), act);
        store.write(tx -> {
            tx.put(Cluster.TABLE, new Cluster(cluster, true, true));
            return cluster;
        });
        for (int n = 1; n <= nodes; n++) {
            must(addNode(n));
        }
        for (Node node : Inventory.nodes(rows(), cluster)) {
            for (String device : List.of("/dev/vdb", "/dev/vdc")) {
                must(addDevice(node, device));
            }
        }
        asOfNow();
    }

    /** The same world once more, with a process of its own: what happens in the one does not happen in the other. */
    StorageWorld copy() {
        StorageWorld copy = new StorageWorld(executor.nodes().copy(), 11, Optional.of(cluster), act);
        copy.store = stored();
        copy.operations = copy.process(Faults.NONE);
        copy.now = now;
        copy.lost = lost;
        copy.before = before;
        copy.rowsBefore = copy.store.rows();
        return copy;
    }

    /** The picture to come back to is the one of now. */
    StorageWorld prepared(Planner... planners) {
        for (Planner planner : planners) {
            must(planner);
        }
        return asOfNow();
    }

    /** The records are gone; what they spoke of is still on the nodes. */
    StorageWorld withoutRecords() {
        lost = store.rows();
        store = new MemoryStore(Formats.SCHEMA);
        operations = process(Faults.NONE);
        return asOfNow();
    }

    Rows lost() {
        return lost;
    }

    StorageWorld asOfNow() {
        before = executor.nodes().pictures();
        rowsBefore = store.rows();
        return this;
    }

    Planner addNode(int n) {
        return addNode(n, nodePlans);
    }

    Planner addNode(int n, NodePlans plans) {
        HostName manage = new HostName("node" + n);
        executor.nodes().nameNode(manage, "10.0.0." + n);
        NodeAddRequest request = new NodeAddRequest(
                n, new Hostnames(List.of(manage.value()), List.of("10.0.0." + n)), cluster.value(), Map.of());
        return (rows, attempt) -> plans.add(
                rows,
                request,
                Inventory.nodes(rows, cluster).stream().findFirst().map(Node::host));
    }

    Planner addDevice(Node node, String device) {
        DeviceAddRequest request =
                new DeviceAddRequest(device, Map.of(), node.id().value(), false);
        return (rows, attempt) -> devicePlans.add(rows, request, Optional.empty());
    }

    Rows rows() {
        return store.rows();
    }

    /** All nodes, whether they answer or not: who is missing is found out by the operation. */
    Set<NodeId> answering() {
        return Inventory.nodes(rows(), cluster).stream().map(Node::id).collect(Collectors.toSet());
    }

    BlockVolume onlyBlock() {
        return rows().all(BlockVolume.TABLE).iterator().next();
    }

    /** Runs to the end. What the planner or a fault throws passes through. */
    Optional<Operation> submit(Planner planner) {
        OperationId id = operations.submit(Request.COUNTED.withTries(2), planner);
        return operations.find(id);
    }

    /** Runs to the end. What a fault throws passes through. */
    Operation steer(OperationId id, Wish wish) {
        return operations.find(operations.steer(Request.UNCOUNTED, id, wish)).orElseThrow();
    }

    Operation operation(OperationId id) {
        return operations.find(id).orElseThrow();
    }

    /** Each logical volume on a node has a row that counts its space, and no pool's space is counted twice. */
    void mustCountAllThatLies() {
        mustCountNoPoolTwice();
        Set<String> lying = words(String.join("", executor.nodes().pictures().values()), "lv", 1);
        lying.removeAll(expectedLogicalVolumes());
        if (!lying.isEmpty()) {
            throw new AssertionError("counted as free, but taken: " + lying);
        }
    }

    private void mustCountNoPoolTwice() {
        bricks().stream()
                .filter(brick -> brick.poolKiB() > 0)
                .collect(Collectors.groupingBy(
                        brick -> Brick.poolOn(brick.device(), brick.pool()), Collectors.counting()))
                .forEach((pool, counted) -> {
                    if (counted > 1) {
                        throw new AssertionError("pool " + pool + " is counted " + counted + " times");
                    }
                });
    }

    /** A command that was left running and that nobody has waited for may still do its work, at a time when nobody expects it. */
    private void mustHaveWaitedForAll() {
        if (executor.stragglers() > 0) {
            throw new AssertionError(executor.stragglers() + " commands were left running, and nobody waited for them");
        }
    }

    private void must(Planner planner) {
        Operation ended = submit(planner).orElseThrow();
        if (ended.state() != OperationState.DONE) {
            throw new AssertionError("preparing the world: " + ended.kind() + ": "
                    + ended.error().orElse(ended.toString()));
        }
    }

    private Operations process(Faults faults) {
        return new Operations(
                store,
                new Hosts(way),
                new SequentialThreads(),
                () -> now,
                ids,
                faults,
                OperationSettings.DEFAULTS,
                new Removals(evictionPlans),
                new OccupiedSpace());
    }

    @Override
    public void boot(Faults faults) {
        boot(faults, executor);
    }

    /**
     * @param commands how the new process reaches the nodes
     */
    void boot(Faults faults, Executor commands) {
        way = commands;
        store = reopen.apply(store);
        operations = process(faults);
    }

    /**
     * Says how each process from now on comes by its store.
     *
     * @param next from the store of the process before
     */
    void keepRecords(UnaryOperator<Store> next) {
        reopen = next;
    }

    UnaryOperator<Store> recordsKept() {
        return reopen;
    }

    /** The rows as a process finds them that reads them from where they are stored. */
    private MemoryStore stored() {
        MemoryStore reread = new MemoryStore(Formats.SCHEMA);
        reread.write(tx -> {
            Formats.SCHEMA.tables().forEach(table -> reread(table, tx));
            return tx.sequence();
        });
        return reread;
    }

    /** Operations go through their stored form, as what they hold must carry on from it; it takes most of the time of a run, so the other rows do not. */
    private <K extends Key, V extends Row<K>> void reread(Table<K, V> table, WriteTx to) {
        store.rows()
                .all(table)
                .forEach(row -> to.put(
                        table,
                        row instanceof Operation op && op.plan().isPresent()
                                ? CODEC.decode(table, table.version(), CODEC.encode(table, row))
                                : row));
    }

    @Override
    public void act() {
        act.accept(this);
    }

    @Override
    public void recover() {
        executor.setFaults(CommandFaults.NONE);
        for (int round = 0; round < 20 && !Operation.open(rows()).isEmpty(); round++) {
            operations.driveDue();
            now = now.plus(Duration.ofHours(1));
        }
    }

    /** Runs to the end. What a fault throws passes through. */
    Operation perform(Deed deed, Request request) {
        return operation(deed.perform(operations, request));
    }

    /** What may have been left by an operation that was given up is removed. Until then its space must count as taken. */
    void resumeAbandoned() {
        mustCountAllThatLies();
        for (Operation abandoned : operations.abandoned()) {
            steer(abandoned.id(), Wish.RESUME);
        }
        recover();
    }

    /** A person takes down on the nodes what devices that were deleted have left there. */
    void takeDownForgottenDevices() {
        rowsBefore.all(Device.TABLE).forEach(device -> {
            if (rows().get(Device.TABLE, device.id()).isEmpty()) {
                devicePlans.delete(rowsBefore, device.id(), false).stages().stream()
                        .flatMap(stage -> stage.steps().stream())
                        .forEach(step -> step.apply()
                                .forEach(command ->
                                        executor.change(step.hosts().getFirst(), new Guard("by-hand"), command)));
            }
        });
    }

    /** The nodes have not been told of any device or volume. */
    StorageWorld owingStamps() {
        store.write(tx -> {
            devices()
                    .forEach(
                            device -> owe(tx, Unstamped.Kind.DEVICE, device.id().value()));
            volumes()
                    .forEach(
                            volume -> owe(tx, Unstamped.Kind.VOLUME, volume.id().value()));
            return tx.sequence();
        });
        return asOfNow();
    }

    private void owe(WriteTx tx, Unstamped.Kind kind, String object) {
        tx.put(Unstamped.TABLE, new Unstamped(new Unstamped.Id(ids.next()), kind, object));
    }

    /** The stamper of the process that runs has one round. Empty when it began no operation. */
    Optional<OperationId> stamp() {
        Set<OperationId> before =
                list(Operation.TABLE).stream().map(Operation::id).collect(Collectors.toSet());
        Stamps stamps = new Stamps(
                new Hosts(way),
                LvmSettings.DEFAULTS,
                GlusterSettings.DEFAULTS,
                new SequentialThreads(),
                KnownDown.NOBODY);
        new Stamper(store, operations, stamps, new SequentialThreads(), () -> now, Duration.ofSeconds(1))
                .tellWhatIsDue();
        return list(Operation.TABLE).stream()
                .map(Operation::id)
                .filter(id -> !before.contains(id))
                .findFirst();
    }

    /** What could not be told is told in a later round. */
    void stampTheRest() {
        for (int round = 0; round < 3 && rows().count(Unstamped.TABLE) > 0; round++) {
            later();
            stamp();
        }
        if (rows().count(Unstamped.TABLE) > 0) {
            throw new AssertionError("the nodes were never told: " + list(Unstamped.TABLE));
        }
    }

    /** An hour passes. */
    void later() {
        now = now.plus(Duration.ofHours(1));
    }

    /** An hour passes, and the cleaner of the process that runs has its turn. */
    void meanwhile() {
        later();
        operations.driveDue();
    }

    /** One round of what is due, whether or not it helps. */
    void recoverOnce() {
        now = now.plus(Duration.ofHours(1));
        operations.driveDue();
    }

    /** From now on a volume is none of ours: its rows are gone, and on the nodes it has another owner. */
    void forget(String name) {
        Volume volume = named(name);
        Node node = Inventory.nodes(rows(), cluster).getFirst();
        new Hosts(executor)
                .run(
                        node.host(),
                        new Guard("somebody-else"),
                        new Gluster(GlusterSettings.DEFAULTS).setOption(name, "user.heketi.id", "somebody-else"));
        store.write(tx -> {
            Inventory.bricksOf(tx, volume.id()).forEach(brick -> tx.delete(Brick.TABLE, brick.id()));
            tx.delete(Volume.TABLE, volume.id());
            return volume;
        });
        asOfNow();
    }

    @Override
    public void check() {
        if (!Operation.open(rows()).isEmpty()) {
            throw new AssertionError("still open: " + Operation.open(rows()));
        }
        if (executor.counters().notSimulated() > 0) {
            throw new AssertionError("a command that no real node was ever seen to take");
        }
        mustHaveWaitedForAll();
        Map<HostName, String> after = executor.nodes().pictures();
        String seen = String.join("", after.values());
        mustEqual("logical volumes", expectedLogicalVolumes(), words(seen, "lv", 1));
        mustEqual("mounts", bricks().stream().map(Brick::mountPoint).collect(sorted()), words(seen, "mount", 1));
        mustEqual(
                "fstab lines",
                bricks().stream()
                        .filter(brick -> !brick.isMountedByGluster())
                        .map(Brick::mountPoint)
                        .collect(sorted()),
                words(seen, "fstab", 2));
        mustEqual(
                "volume groups",
                devices().stream().map(Device::volumeGroup).collect(sorted()),
                words(seen, "group", 1));
        mustEqual(
                "gluster volumes",
                volumes().stream().map(Volume::name).collect(sorted()),
                words(seen, "gluster-volume", 1));
        mustEqual(
                "block volumes",
                blocks().stream().map(this::seenAs).collect(sorted()),
                seen.lines().filter(line -> line.startsWith("block ")).collect(sorted()));
        if (!blocks().stream()
                .allMatch(block -> block.iqn().startsWith("iqn.")
                        && block.auth() != block.chap().password().isEmpty())) {
            throw new AssertionError("a block volume that no initiator can reach: " + blocks());
        }
        mustEqual(
                "folders of clones",
                bricks().stream()
                        .filter(Brick::isMountedByGluster)
                        .map(Brick::mountPoint)
                        .flatMap(path -> Stream.of(path, path.substring(0, path.lastIndexOf('/'))))
                        .collect(sorted()),
                words(seen, "directory", 1).stream()
                        .filter(key -> key.startsWith(":/run/"))
                        .map(key -> key.substring(1))
                        .collect(sorted()));
        mustEqual(
                "pools whose space one brick answers for",
                bricks().stream()
                        .map(brick -> Brick.poolOn(brick.device(), brick.pool()))
                        .collect(sorted()),
                bricks().stream()
                        .filter(brick -> brick.poolKiB() > 0)
                        .map(brick -> Brick.poolOn(brick.device(), brick.pool()))
                        .collect(sorted()));
        mustCountNoPoolTwice();
        if (seen.lines()
                .anyMatch(line ->
                        line.startsWith("gluster-volume ") && !line.strip().endsWith(" []"))) {
            throw new AssertionError("a snapshot was left:\n" + seen);
        }
        if (!devices().stream().allMatch(device -> device.totalKiB() > 0 && Inventory.freeKiB(rows(), device) >= 0)) {
            throw new AssertionError("a device without size, or with more on it than it holds: " + devices());
        }
        if (seen.contains(" Stopped ") || seen.contains(" Created ")) {
            throw new AssertionError("a volume is not started:\n" + seen);
        }
    }

    /** Whole, with the size and on the hosts that the records say. */
    private String seenAs(BlockVolume block) {
        Volume hosting = rows().get(Volume.TABLE, block.hostingVolume()).orElseThrow();
        if (HostingSpace.freeGiB(rows(), hosting) < 0) {
            throw new AssertionError("more is given away than there is: " + hosting);
        }
        return "block " + hosting.name() + "/" + block.name() + " " + block.sizeGiB() + "GiB "
                + (block.auth() ? "auth" : "open") + " "
                + block.hosts().stream()
                        .map(host -> "BlockTarget[host=" + host + ", sizeGiB=" + block.usableGiB() + ", exported=true]")
                        .toList();
    }

    /** Nothing at all is different from before the operation. */
    void mustBeAsBefore() {
        Map<HostName, String> after = executor.nodes().pictures();
        Set<String> then = lines(before);
        Set<String> now = lines(after);
        if (!then.equals(now)) {
            Set<String> more = new TreeSet<>(now);
            more.removeAll(then);
            then.removeAll(now);
            throw new AssertionError("nodes differ; before there was " + then + ", now there is " + more);
        }
    }

    private static Set<String> lines(Map<HostName, String> pictures) {
        return pictures.entrySet().stream()
                .flatMap(entry -> entry.getValue()
                        .lines()
                        // a node that was restarted meanwhile has started the brick, too
                        .filter(line -> !line.startsWith("dead-bricks "))
                        // told later, by an operation of its own
                        .map(line -> line.replaceAll("(bricklayer\\.(node|device)\\.state)=\\w+", "$1"))
                        .map(line -> entry.getKey() + ": " + line))
                .collect(sorted());
    }

    /** No row is different from before the operation, but those of operations. */
    void recordsMustBeAsBefore() {
        Formats.SCHEMA.tables().stream()
                .filter(table -> !table.equals(Operation.TABLE))
                .forEach(table -> {
                    Set<Object> then = everything(rowsBefore, table);
                    Set<Object> now = everything(rows(), table);
                    if (!then.equals(now)) {
                        throw new AssertionError(table.name() + " differ\nbefore " + then + "\nafter " + now);
                    }
                });
    }

    private static <K extends Key, V extends Row<K>> Set<Object> everything(Rows rows, Table<K, V> table) {
        return StreamSupport.stream(rows.all(table).spliterator(), false).collect(Collectors.toSet());
    }

    private Set<String> expectedLogicalVolumes() {
        Set<String> names = new TreeSet<>();
        for (Brick brick : bricks()) {
            String group =
                    rows().get(Device.TABLE, brick.device()).orElseThrow().volumeGroup();
            names.add(group + "/" + brick.pool());
            names.add(group + "/" + brick.lv());
        }
        return names;
    }

    private List<Brick> bricks() {
        return list(Brick.TABLE);
    }

    private List<BlockVolume> blocks() {
        return list(BlockVolume.TABLE);
    }

    private List<Device> devices() {
        return list(Device.TABLE);
    }

    Volume named(String name) {
        return volumes().stream()
                .filter(volume -> volume.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Volume> volumes() {
        return list(Volume.TABLE);
    }

    private <K extends Key, V extends Row<K>> List<V> list(Table<K, V> table) {
        return StreamSupport.stream(rows().all(table).spliterator(), false).toList();
    }

    private static Set<String> words(String picture, String kind, int word) {
        return picture.lines()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals(kind))
                .map(words -> words[word])
                .collect(sorted());
    }

    private static java.util.stream.Collector<String, ?, Set<String>> sorted() {
        return Collectors.toCollection(TreeSet::new);
    }

    private static void mustEqual(String what, Set<String> recorded, Set<String> seen) {
        if (!recorded.equals(seen)) {
            throw new AssertionError(what + ": the records say " + recorded + ", the nodes " + seen);
        }
    }
}

package bricklayer.stamp;

import bricklayer.api.DeviceAddRequest;
import bricklayer.api.Durability;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.Snapshot;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.config.ConfigFile;
import bricklayer.config.ServerConfig;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.fault.Faults;
import bricklayer.host.HostName;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.main.Formats;
import bricklayer.main.ServerCore;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;
import bricklayer.operation.SequentialThreads;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import bricklayer.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The parts of a server over simulated nodes, all work done in the caller's thread, on a clock that the caller sets. */
public final class SimulatedService {

    public final SimulatedExecutor executor;
    public final MemoryStore store = new MemoryStore(Formats.SCHEMA);
    public final ServerCore core;
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    public SimulatedService(long seed) {
        this(seed, new SimulatedExecutor(SimulatedNodes.inMemory(SimulatedSettings.DEFAULTS), pause -> {}));
    }

    /** Another server over the same nodes, without any records. */
    public SimulatedService(long seed, SimulatedExecutor executor) {
        this.executor = executor;
        this.core = ServerCore.over(
                new ServerCore.Ground(
                        store, executor, new SequentialThreads(), () -> now, new SplittableRandom(seed), Faults.NONE),
                config());
    }

    public static ServerConfig config() {
        return ConfigFile.parse(
                        "{\"glusterfs\": {\"executor\": \"mock\", \"auto_create_block_hosting_volume\": true,"
                                + " \"block_hosting_volume_size\": 30}, \"bricklayer\": {\"data\": \"/tmp/none\"}}",
                        Map.of(),
                        ConfigFile.Authentication.DISABLED)
                .config();
    }

    public Rows rows() {
        return store.rows();
    }

    public <K extends Key, V extends Row<K>> List<V> all(Table<K, V> table) {
        return StreamSupport.stream(rows().all(table).spliterator(), false).toList();
    }

    /** Runs to the end. */
    public Operation submit(Planner planner) {
        return core.operations()
                .find(core.operations().submit(Request.COUNTED, planner))
                .orElseThrow();
    }

    /** Runs to the end, which must be success. */
    public Operation must(Planner planner) {
        Operation ended = submit(planner);
        if (ended.state() != OperationState.DONE) {
            throw new AssertionError(ended.kind() + ": " + ended.error().orElse(ended.toString()));
        }
        return ended;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Lets the nodes be told of everything. */
    public void settle() {
        for (int round = 0; round < 50 && Stamper.due(rows()) > 0; round++) {
            core.stamper().tellWhatIsDue();
            pass(Duration.ofMinutes(11));
            core.operations().driveDue();
        }
    }

    public ClusterId cluster(String id) {
        store.write(tx -> {
            tx.put(Cluster.TABLE, new Cluster(new ClusterId(id.repeat(32)), true, true));
            return id;
        });
        return new ClusterId(id.repeat(32));
    }

    public Node node(ClusterId cluster, int n) {
        HostName manage = new HostName("node" + n);
        executor.nodes().nameNode(manage, "10.0.0." + n);
        NodeAddRequest request = new NodeAddRequest(
                n % 3 + 1,
                new Hostnames(List.of(manage.value()), List.of("10.0.0." + n)),
                cluster.value(),
                Map.of("rack", "r" + n));
        must((rows, attempt) -> core.nodePlans()
                .add(
                        rows,
                        request,
                        Inventory.nodes(rows, cluster).stream().findFirst().map(Node::host)));
        return rows().find(Node.TABLE, Node.BY_MANAGE_HOST, manage.value()).getFirst();
    }

    public void device(Node node, String name) {
        DeviceAddRequest request =
                new DeviceAddRequest(name, Map.of("disk", "ssd"), node.id().value(), false);
        must((rows, attempt) -> core.devicePlans().add(rows, request, Optional.empty()));
    }

    /** Three nodes with two devices each. */
    public ClusterId smallCluster() {
        ClusterId cluster = cluster("c");
        for (int n = 1; n <= 3; n++) {
            Node node = node(cluster, n);
            device(node, "/dev/vdb");
            device(node, "/dev/vdc");
        }
        return cluster;
    }

    public static VolumeCreateRequest volume(int sizeGiB, Durability durability, boolean hosting, String... options) {
        return new VolumeCreateRequest(
                sizeGiB, "", List.of(), durability, 2001, List.of(options), hosting, new Snapshot(true, 1.5f));
    }

    public Set<NodeId> answering() {
        return all(Node.TABLE).stream().map(Node::id).collect(Collectors.toSet());
    }
}

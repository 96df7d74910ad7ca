package bricklayer.dump;

import bricklayer.api.WireJson;
import bricklayer.api.WireStream;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.RequestedDurability;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.main.Formats;
import bricklayer.operation.OpenStatus;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.OperationState;
import bricklayer.operation.Plan;
import bricklayer.operation.RetryState;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import bricklayer.store.memory.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Rows with ids that a person can tell apart: one cluster of one node with one device, and whatever a test puts beside them. */
final class SmallWorld {

    static final Instant BEGUN = Instant.ofEpochSecond(1_700_000_000);
    static final ClusterId CLUSTER = new ClusterId("c1".repeat(16));
    static final NodeId NODE = new NodeId("a1".repeat(16));
    static final Device DEVICE = new Device(
            new DeviceId("d1".repeat(16)),
            NODE,
            "/dev/sdb",
            Map.of(),
            State.ONLINE,
            104_857_600,
            4096,
            "Ab3xYz-0000-1111-2222-3333-4444-example",
            List.of("/dev/sdb", "/dev/disk/by-id/example-1"));

    private final MemoryStore store = new MemoryStore(Formats.SCHEMA);

    SmallWorld() {
        put(Cluster.TABLE, new Cluster(CLUSTER, true, true));
        put(Node.TABLE, node(NODE, CLUSTER, "node-a.example", "192.0.2.11"));
        put(Device.TABLE, DEVICE);
    }

    static Node node(NodeId id, ClusterId cluster, String manage, String storage) {
        return new Node(id, cluster, 1, List.of(manage), List.of(storage), Map.of("rack", "r1"), State.ONLINE);
    }

    static Volume volume(String digits, String name, int sizeGiB, String... options) {
        return new Volume(
                new VolumeId(digits.repeat(16)),
                name,
                CLUSTER,
                sizeGiB,
                new RequestedDurability("none", 0, 0, 0),
                false,
                1,
                0,
                List.of(options),
                false,
                List.of(),
                0,
                "");
    }

    static Brick brick(String digits, Volume volume, int position, long sizeKiB, long metadataKiB) {
        return Brick.onPoolOfItsOwn(
                new BrickId(digits.repeat(16)), volume.id(), DEVICE, position, sizeKiB, sizeKiB, metadataKiB, false);
    }

    <K extends Key, V extends Row<K>> SmallWorld put(Table<K, V> table, V row) {
        store.write(tx -> {
            tx.put(table, row);
            return row;
        });
        return this;
    }

    <K extends Key, V extends Row<K>> SmallWorld delete(Table<K, V> table, K key) {
        store.write(tx -> {
            tx.delete(table, key);
            return key;
        });
        return this;
    }

    <K extends Key, V extends Row<K>> SmallWorld change(Table<K, V> table, K key, UnaryOperator<V> change) {
        return put(table, change.apply(rows().get(table, key).orElseThrow()));
    }

    /** An open operation, as if it had just been begun, but for the rows that it creates. */
    SmallWorld open(String digits, Plan plan) {
        return open(digits, plan, Optional.empty());
    }

    SmallWorld open(String digits, Plan plan, Optional<OperationId> parent) {
        return put(
                Operation.TABLE,
                new Operation(
                        new OperationId(digits.repeat(16)),
                        plan.kind(),
                        OperationState.RUNNING,
                        Optional.of(plan),
                        false,
                        parent,
                        Optional.empty(),
                        BEGUN,
                        Optional.empty(),
                        new RetryState(0, Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    Rows rows() {
        return store.rows();
    }

    String dump(OpenStatus status) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireStream out = WireJson.stream(bytes);
        out.beginObject();
        Dump.of(rows(), _ -> status).writeMembers(out);
        out.endObject().close();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

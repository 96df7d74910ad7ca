package bricklayer.volume;

import bricklayer.brick.placement.Availability;
import bricklayer.brick.placement.Topology;
import bricklayer.device.DevicePlans;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.operation.Operation;
import bricklayer.store.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Rows of clusters as the placer sees them. Volumes and bricks are not looked at. All but free space is kept from one time to the next for as long as nodes, devices, and who holds or
 * reaches them, stay as they are; so a picture costs a look at the sum of each device. Thread-safe.
 */
final class ClusterPicture {

    private final KnownDown down;
    private final Map<ClusterId, Kept> kept = new ConcurrentHashMap<>();

    ClusterPicture(KnownDown down) {
        this.down = down;
    }

    /**
     * What a topology was made from, all but free space.
     *
     * @param nodes stands for the rows of all nodes, as {@code devices} for those of all devices
     * @param held nodes and devices that take no bricks because of an operation
     * @param silent nodes of the cluster that are known to be down
     */
    private record Source(Object nodes, Object devices, Set<String> held, Set<String> silent) {

        @SuppressWarnings("ReferenceEquality") // what stands for rows is compared by identity
        boolean isSameAs(Source other) {
            return nodes == other.nodes
                    && devices == other.devices
                    && held.equals(other.held)
                    && silent.equals(other.silent);
        }
    }

    /** @param topology as if no device held a brick */
    private record Kept(Source source, List<Node> nodes, Topology topology) {}

    @SuppressWarnings("ReferenceEquality") // as above
    Topology of(Rows rows, ClusterId cluster) {
        Object nodes = rows.state(Node.TABLE);
        Kept before = kept.get(cluster);
        List<Node> members =
                before != null && before.source().nodes() == nodes ? before.nodes() : Inventory.nodes(rows, cluster);
        Source source = new Source(nodes, rows.state(Device.TABLE), held(rows), silent(members));
        Kept now = before != null && before.source().isSameAs(source) ? before : keep(rows, cluster, members, source);
        ToLongFunction<String> used = rows.totals(Brick.TABLE, Brick.SPACE_ON_DEVICE);
        return now.topology().withFree((id, totalKiB) -> totalKiB - used.applyAsLong(id));
    }

    private Kept keep(Rows rows, ClusterId cluster, List<Node> members, Source source) {
        List<Topology.Node> nodes = new ArrayList<>();
        List<Topology.Device> devices = new ArrayList<>();
        for (Node node : members) {
            nodes.add(new Topology.Node(node.id().value(), node.zone(), node.tags(), availability(source, node)));
            for (Device device : Inventory.devices(rows, node.id())) {
                devices.add(new Topology.Device(
                        device.id().value(),
                        node.id().value(),
                        device.totalKiB(),
                        device.extentKiB(),
                        device.tags(),
                        availability(source, device)));
            }
        }
        kept.keySet().removeIf(id -> rows.get(Cluster.TABLE, id).isEmpty());
        Kept made = new Kept(source, members, Topology.of(nodes, devices));
        kept.put(cluster, made);
        return made;
    }

    /** A device that an operation adds, removes or changes takes no bricks until that has ended; measuring it is no change. */
    private static Set<String> held(Rows rows) {
        Map<String, Operation> nodes = Operation.holding(rows, Node.TABLE);
        Map<String, Operation> devices = Operation.holding(rows, Device.TABLE);
        if (nodes.isEmpty() && devices.isEmpty()) {
            return Set.of();
        }
        Set<String> held = devices.entrySet().stream()
                .filter(entry -> !entry.getValue().kind().equals(DevicePlans.RESYNC))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        held.addAll(nodes.keySet());
        return held;
    }

    private Set<String> silent(List<Node> nodes) {
        return nodes.stream()
                .filter(node -> down.isDown(node.id()))
                .map(node -> node.id().value())
                .collect(Collectors.toSet());
    }

    private static Availability availability(Source source, Node node) {
        if (source.held().contains(node.id().value())) {
            return Availability.NODE_OFFLINE;
        }
        return switch (node.state()) {
            case ONLINE ->
                source.silent().contains(node.id().value()) ? Availability.NODE_DOWN : Availability.AVAILABLE;
            case OFFLINE -> Availability.NODE_OFFLINE;
            case FAILED -> Availability.NODE_FAILED;
        };
    }

    private static Availability availability(Source source, Device device) {
        if (source.held().contains(device.id().value())) {
            return Availability.PENDING_REMOVAL;
        }
        return switch (device.state()) {
            case ONLINE -> Availability.AVAILABLE;
            case OFFLINE -> Availability.DEVICE_OFFLINE;
            case FAILED -> Availability.DEVICE_FAILED;
        };
    }
}

package bricklayer.volume;

import bricklayer.brick.placement.Availability;
import bricklayer.brick.placement.Topology;
import bricklayer.device.DevicePlans;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.operation.Operation;
import bricklayer.store.Rows;
import java.util.ArrayList;
import java.util.List;

/** Rows of one cluster as the placer sees them. Costs what the cluster has nodes and devices; volumes and bricks are not looked at. */
final class ClusterPicture {

    private ClusterPicture() {}

    static Topology of(Rows rows, ClusterId cluster, KnownDown down) {
        List<Topology.Node> nodes = new ArrayList<>();
        List<Topology.Device> devices = new ArrayList<>();
        for (Node node : Inventory.nodes(rows, cluster)) {
            nodes.add(new Topology.Node(node.id().value(), node.zone(), node.tags(), availability(rows, node, down)));
            for (Device device : Inventory.devices(rows, node.id())) {
                devices.add(new Topology.Device(
                        device.id().value(),
                        node.id().value(),
                        Inventory.freeKiB(rows, device),
                        device.extentKiB(),
                        device.tags(),
                        availability(rows, device)));
            }
        }
        return Topology.of(nodes, devices);
    }

    private static Availability availability(Rows rows, Node node, KnownDown down) {
        if (Operation.holding(rows, Node.TABLE, node.id()).isPresent()) {
            return Availability.NODE_OFFLINE;
        }
        return switch (node.state()) {
            case ONLINE -> down.isDown(node.id()) ? Availability.NODE_DOWN : Availability.AVAILABLE;
            case OFFLINE -> Availability.NODE_OFFLINE;
            case FAILED -> Availability.NODE_FAILED;
        };
    }

    /** A device that an operation adds, removes or changes takes no bricks until that has ended; measuring it is no change. */
    private static Availability availability(Rows rows, Device device) {
        if (Operation.holding(rows, Device.TABLE, device.id())
                .filter(holder -> !holder.kind().equals(DevicePlans.RESYNC))
                .isPresent()) {
            return Availability.PENDING_REMOVAL;
        }
        return switch (device.state()) {
            case ONLINE -> Availability.AVAILABLE;
            case OFFLINE -> Availability.DEVICE_OFFLINE;
            case FAILED -> Availability.DEVICE_FAILED;
        };
    }
}

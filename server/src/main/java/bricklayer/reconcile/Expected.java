package bricklayer.reconcile;

import bricklayer.inventory.Brick;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.stamp.Untold;
import bricklayer.store.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the records say of one cluster, by the names under which it is looked for. */
final class Expected {

    private final Rows rows;
    private final List<Node> nodes;
    private final List<Volume> volumes;
    private final Map<NodeId, List<Device>> devices = new HashMap<>();
    private final Map<DeviceId, List<Brick>> bricks = new HashMap<>();
    private final Map<String, NodeId> byStorageHost = new HashMap<>();
    private final Map<VolumeId, Volume> byId = new HashMap<>();
    private final Untold untold;

    private Expected(Rows rows, List<Node> nodes, List<Volume> volumes) {
        this.rows = rows;
        this.nodes = nodes;
        this.volumes = volumes;
        this.untold = new Untold(rows);
    }

    static Expected of(Rows rows, ClusterId cluster) {
        Expected expected = new Expected(
                rows,
                Inventory.nodes(rows, cluster).stream()
                        .filter(node -> Inventory.isVisible(rows, node))
                        .toList(),
                rows.find(Volume.TABLE, Volume.BY_CLUSTER, cluster.value()));
        for (Node node : expected.nodes) {
            node.storageHosts().forEach(host -> expected.byStorageHost.put(host, node.id()));
            List<Device> devices = Inventory.devices(rows, node.id()).stream()
                    .filter(device -> Inventory.isVisible(rows, device))
                    .toList();
            expected.devices.put(node.id(), devices);
            devices.forEach(device -> expected.bricks.put(device.id(), Inventory.bricksOn(rows, device.id())));
        }
        expected.volumes.forEach(volume -> expected.byId.put(volume.id(), volume));
        return expected;
    }

    Rows rows() {
        return rows;
    }

    List<Node> nodes() {
        return nodes;
    }

    List<Volume> volumes() {
        return volumes;
    }

    Optional<Volume> volume(VolumeId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Of what the nodes will be told. */
    Untold untold() {
        return untold;
    }

    List<Device> devices(NodeId node) {
        return devices.getOrDefault(node, List.of());
    }

    List<Brick> bricks(Device device) {
        return bricks.getOrDefault(device.id(), List.of());
    }

    List<Brick> bricks() {
        List<Brick> all = new ArrayList<>();
        bricks.values().forEach(all::addAll);
        return all;
    }

    /** Any of a node's storage names. */
    Optional<NodeId> node(String storageHost) {
        return Optional.ofNullable(byStorageHost.get(storageHost));
    }

    /** {@code host:path} with the node in place of the name, for a node may have several. */
    String place(String brick) {
        int colon = brick.indexOf(":/");
        return colon < 0
                ? brick
                : node(brick.substring(0, colon)).map(NodeId::value).orElse(brick.substring(0, colon))
                        + brick.substring(colon);
    }

    String place(Brick brick) {
        return brick.node().value() + ":" + brick.path();
    }
}

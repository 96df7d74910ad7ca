package bricklayer.tools;

import static bricklayer.tools.output.Column.id;
import static bricklayer.tools.output.Column.number;
import static bricklayer.tools.output.Column.state;
import static bricklayer.tools.output.Column.text;

import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.ClusterInfo;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Durability;
import bricklayer.api.NodeInfo;
import bricklayer.api.OperationInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.VolumeInfo;
import bricklayer.client.BricklayerClient;
import bricklayer.tools.output.Table;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What the lists of things show of each, as tables. */
final class Listings {

    private Listings() {}

    static Table clusters(List<ClusterInfo> clusters) {
        Table table = new Table(id("ID"), text("TYPES"), number("NODES"), number("VOLUMES"), number("BLOCK VOLUMES"));
        clusters.forEach(cluster -> table.row(
                cluster.id(),
                (cluster.file() ? "file " : "") + (cluster.block() ? "block" : ""),
                cluster.nodes().size(),
                cluster.volumes().size(),
                cluster.blockVolumes().size()));
        return table;
    }

    /** The nodes of all clusters. */
    static List<NodeInfo> nodes(BricklayerClient client) {
        List<String> ids = Present.of(client.clusters(), client::cluster).stream()
                .flatMap(cluster -> cluster.nodes().stream())
                .toList();
        return Present.of(ids, client::node);
    }

    static Table nodes(List<NodeInfo> nodes) {
        Table table = new Table(
                text("NODE"),
                text("STORAGE").wide(),
                state("STATE"),
                number("ZONE"),
                number("DEVICES"),
                number("BRICKS").wide(),
                number("SIZE GIB"),
                number("FREE GIB"),
                id("ID"),
                id("CLUSTER").wide(),
                text("TAGS").wide());
        nodes.forEach(node -> table.row(
                String.join(",", node.hostnames().manage()),
                String.join(",", node.hostnames().storage()),
                Texts.state(node.state()),
                node.zone(),
                node.devices().size(),
                sum(node, device -> device.bricks().size()),
                sum(node, device -> device.storage().totalKiB()) / Texts.KIB_PER_GIB,
                sum(node, device -> device.storage().freeKiB()) / Texts.KIB_PER_GIB,
                node.id(),
                node.cluster(),
                tags(node.tags())));
        return table;
    }

    private static long sum(NodeInfo node, ToLongFunction<DeviceInfo> what) {
        return node.devices().stream().mapToLong(what).sum();
    }

    private static String tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> tag.getKey() + ":" + tag.getValue())
                .collect(Collectors.joining(","));
    }

    static Table volumes(List<VolumeInfo> volumes) {
        Table table = new Table(
                text("NAME"),
                number("SIZE GIB"),
                text("DURABILITY"),
                number("BRICKS"),
                text("HOSTS BLOCK"),
                id("ID"),
                text("MOUNT").wide(),
                id("CLUSTER").wide());
        volumes.forEach(volume -> table.row(
                volume.name(),
                volume.sizeGiB(),
                durability(volume.durability()),
                volume.bricks().size(),
                volume.block() ? volume.blockInfo().freeGiB() + " GiB free" : "",
                volume.id(),
                volume.mount().glusterfs().device(),
                volume.cluster()));
        return table;
    }

    private static String durability(Durability durability) {
        return switch (durability.type()) {
            case Durability.REPLICATE -> "replica " + Texts.replica(durability);
            case Durability.DISPERSE ->
                "disperse " + durability.disperse().data() + "+"
                        + durability.disperse().redundancy();
            default -> Durability.NONE;
        };
    }

    static Table blockVolumes(List<BlockVolumeInfo> volumes) {
        Table table = new Table(
                text("NAME"),
                number("SIZE GIB"),
                number("HA"),
                id("ID"),
                id("HOSTED BY"),
                text("HOSTS").wide(),
                text("IQN").wide(),
                id("CLUSTER").wide());
        volumes.forEach(volume -> table.row(
                volume.name(),
                volume.sizeGiB(),
                volume.haCount(),
                volume.id(),
                volume.hostingVolume(),
                String.join(",", volume.target().hosts()),
                volume.target().iqn(),
                volume.cluster()));
        return table;
    }

    static Table operations(List<PendingOperation> operations) {
        Table table = new Table(id("ID"), text("TYPE"), state("STATUS"), text("DETAIL"));
        operations.forEach(operation -> table.row(
                operation.id(), operation.typeName(), ServerCommand.status(operation.status()), operation.subStatus()));
        return table;
    }

    static Table abandoned(List<OperationInfo> operations) {
        Table table = new Table(id("ID"), text("TYPE"), number("LEFT"));
        operations.forEach(operation -> table.row(
                operation.id(), operation.typeName(), operation.leftovers().size()));
        return table;
    }
}

package bricklayer.tools;

import static bricklayer.tools.output.Column.id;
import static bricklayer.tools.output.Column.number;
import static bricklayer.tools.output.Column.state;
import static bricklayer.tools.output.Column.text;

import bricklayer.api.BrickInfo;
import bricklayer.api.ClusterInfo;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Durability;
import bricklayer.api.NodeInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.PendingOperationDetails;
import bricklayer.api.VolumeInfo;
import bricklayer.client.BricklayerClient;
import bricklayer.tools.output.Table;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows all about one thing on one page, put together from several answers: itself, what is on it and it is on, and the open operations that hold any of that. */
abstract class Describe extends ClientCommand {

    /** An operation is asked after one by one; more than these are not open by accident. */
    private static final int MOST_OPERATIONS = 100;

    @Parameters(paramLabel = "ID", description = "Its id or name.")
    private String id = "";

    @Mixin
    private final Output output = new Output();

    abstract Sheet describe(BricklayerClient client, Names names, String which);

    @Override
    final void run(BricklayerClient client) {
        Sheet sheet = describe(client, names(client), id);
        show(
                output,
                sheet.answers(),
                () -> printText(sheet.text(root().surroundings().terminal().width(), root().style())));
    }

    @Command(
            name = "describe",
            description =
                    "Shows all about a volume: sizes, how to mount it, each brick with its place, open operations.")
    static final class OfVolume extends Describe {

        @Override
        Sheet describe(BricklayerClient client, Names names, String which) {
            VolumeInfo volume = client.volume(names.volume(which));
            Map<String, NodeInfo> nodes = byId(client, volume.bricks().stream().map(BrickInfo::node));
            long onDevices =
                    volume.bricks().stream().mapToLong(BrickInfo::sizeKiB).sum();
            Sheet sheet = new Sheet("Volume", volume.name())
                    .answer("volume", volume)
                    .answer("nodes", nodes.values())
                    .line("Id", volume.id())
                    .line("Cluster", volume.cluster())
                    .line("Size", volume.sizeGiB() + " GiB; its bricks take " + gib(onDevices) + " GiB")
                    .line("Durability", durability(volume))
                    .line("Mount", mount(volume))
                    .line("Group", volume.gid() == 0 ? "" : String.valueOf(volume.gid()))
                    .line("Options", options(volume))
                    .line(
                            "Snapshots",
                            volume.snapshot().enable()
                                    ? "space times " + volume.snapshot().factor()
                                    : "");
            if (volume.block()) {
                sheet.line(
                        "Hosts blocks",
                        volume.blockInfo().blockVolumes().size() + " block volumes, "
                                + volume.blockInfo().freeGiB()
                                + " GiB free, " + volume.blockInfo().reservedGiB() + " GiB kept back"
                                + (volume.blockInfo().restriction().isEmpty()
                                        ? ""
                                        : ", " + volume.blockInfo().restriction()));
            }
            Table bricks = new Table(
                    text("NODE"),
                    number("ZONE"),
                    state("NODE IS"),
                    text("DEVICE"),
                    state("DEVICE IS"),
                    number("SIZE GIB"),
                    id("BRICK"),
                    text("PATH").wide());
            Set<String> doubtful = new HashSet<>();
            for (BrickInfo brick : volume.bricks()) {
                NodeInfo node = nodes.get(brick.node());
                DeviceInfo device = node == null ? null : deviceOf(node, brick.device());
                if (node == null
                        || device == null
                        || !node.state().equals("online")
                        || !device.state().equals("online")) {
                    doubtful.add(node == null ? brick.node() : host(node));
                }
                bricks.row(
                        node == null ? brick.node() : host(node),
                        node == null ? "" : node.zone(),
                        node == null ? "unknown" : Texts.state(node.state()),
                        device == null ? brick.device() : device.name(),
                        device == null ? "unknown" : Texts.state(device.state()),
                        gib(brick.sizeKiB()),
                        brick.id(),
                        brick.path());
            }
            sheet.table("Bricks", bricks);
            holding(
                    sheet,
                    client,
                    Stream.concat(
                            Stream.of(volume.id()), volume.bricks().stream().map(BrickInfo::id)));
            if (!doubtful.isEmpty()) {
                sheet.hint("Bricks are on nodes or devices that are not online: bricklayer admin doctor "
                        + doubtful.iterator().next());
            }
            return sheet.hint("What was done to it: bricklayer events --id " + volume.id())
                    .hint("Whether nodes and records agree: bricklayer admin diff --cluster " + volume.cluster());
        }
    }

    @Command(
            name = "describe",
            description = "Shows all about a node: devices, space, the volumes on it, open operations.")
    static final class OfNode extends Describe {

        @Override
        Sheet describe(BricklayerClient client, Names names, String which) {
            NodeInfo node = names.nodeInfo(which);
            List<BrickInfo> bricks = node.devices().stream()
                    .flatMap(device -> device.bricks().stream())
                    .toList();
            List<VolumeInfo> volumes = volumes(client, bricks);
            Sheet sheet = new Sheet("Node", host(node))
                    .answer("node", node)
                    .answer("volumes", volumes)
                    .line("Id", node.id())
                    .line("State", Texts.state(node.state()))
                    .line("Cluster", node.cluster())
                    .line("Zone", String.valueOf(node.zone()))
                    .line("Management names", String.join(", ", node.hostnames().manage()))
                    .line("Storage names", String.join(", ", node.hostnames().storage()))
                    .line("Tags", tags(node.tags()))
                    .line("Space", space(node.devices()))
                    .line("Bricks", bricks.size() + " of " + volumes.size() + " volumes");
            sheet.table("Devices", devices(node)).table("Volumes with bricks here", Listings.volumes(volumes));
            holding(
                    sheet,
                    client,
                    Stream.of(
                                    Stream.of(node.id()),
                                    node.devices().stream().map(DeviceInfo::id),
                                    bricks.stream().map(BrickInfo::id))
                            .flatMap(ids -> ids));
            return sheet.hint("What was done to it: bricklayer events --id " + node.id())
                    .hint("Whether it is fit: bricklayer admin doctor " + host(node))
                    .hint("Whether it can be restarted: bricklayer admin reboot-check " + host(node));
        }
    }

    @Command(name = "describe", description = "Shows all about a device: its node, space, each brick with its volume.")
    static final class OfDevice extends Describe {

        @Override
        Sheet describe(BricklayerClient client, Names names, String which) {
            DeviceInfo device = client.device(names.device(which));
            NodeInfo node = Listings.nodes(client).stream()
                    .filter(it -> it.devices().stream().anyMatch(its -> its.id().equals(device.id())))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailed("the device " + which + " has gone meanwhile"));
            Map<String, VolumeInfo> volumes = volumes(client, device.bricks()).stream()
                    .collect(Collectors.toMap(VolumeInfo::id, Function.identity()));
            Sheet sheet = new Sheet("Device", device.name() + " of node " + host(node))
                    .answer("device", device)
                    .answer("node", node)
                    .line("Id", device.id())
                    .line("State", Texts.state(device.state()))
                    .line("Node", host(node) + ", " + Texts.state(node.state()) + ", zone " + node.zone())
                    .line("Cluster", node.cluster())
                    .line("Space", space(List.of(device)))
                    .line("Physical volume", device.pvUuid())
                    .line("Known paths", String.join(", ", device.paths()))
                    .line("Tags", tags(device.tags()));
            Table bricks = new Table(text("VOLUME"), number("SIZE GIB"), id("BRICK"), text("PATH"));
            for (BrickInfo brick : device.bricks()) {
                VolumeInfo volume = volumes.get(brick.volume());
                bricks.row(
                        volume == null ? brick.volume() : volume.name(),
                        gib(brick.sizeKiB()),
                        brick.id(),
                        brick.path());
            }
            sheet.table("Bricks", bricks);
            holding(
                    sheet,
                    client,
                    Stream.concat(
                            Stream.of(device.id()), device.bricks().stream().map(BrickInfo::id)));
            return sheet;
        }
    }

    @Command(name = "describe", description = "Shows all about a cluster: space, nodes, volumes, open operations.")
    static final class OfCluster extends Describe {

        @Override
        Sheet describe(BricklayerClient client, Names names, String which) {
            ClusterInfo cluster = client.cluster(which);
            List<NodeInfo> nodes = Present.of(cluster.nodes(), client::node);
            List<VolumeInfo> volumes = Present.of(cluster.volumes(), client::volume);
            List<DeviceInfo> devices =
                    nodes.stream().flatMap(node -> node.devices().stream()).toList();
            Sheet sheet = new Sheet("Cluster", cluster.id())
                    .answer("cluster", cluster)
                    .answer("nodes", nodes)
                    .answer("volumes", volumes)
                    .line("Takes", (cluster.file() ? "files " : "") + (cluster.block() ? "blocks" : ""))
                    .line("Space", space(devices))
                    .line(
                            "Volumes",
                            volumes.size() + ", and " + cluster.blockVolumes().size() + " block volumes")
                    .table("Nodes", Listings.nodes(nodes))
                    .table("Volumes", Listings.volumes(volumes));
            Set<String> ids = new HashSet<>(Set.of(cluster.id()));
            ids.addAll(cluster.nodes());
            ids.addAll(cluster.volumes());
            ids.addAll(cluster.blockVolumes());
            devices.forEach(device -> {
                ids.add(device.id());
                device.bricks().forEach(brick -> ids.add(brick.id()));
            });
            holding(sheet, client, ids.stream());
            return sheet;
        }
    }

    /** The open operations that change any of these. */
    private static void holding(Sheet sheet, BricklayerClient client, Stream<String> ids) {
        Set<String> mine = ids.collect(Collectors.toSet());
        Table table = new Table(text("OPERATION"), state("STATE"), number("ATTEMPTS"), text("NOW"), id("ID"));
        List<PendingOperationDetails> found = Present.of(
                        client.pendingOperations().stream()
                                .map(PendingOperation::id)
                                .limit(MOST_OPERATIONS)
                                .toList(),
                        client::pendingOperation)
                .stream()
                .filter(operation -> operation.changes().stream().anyMatch(change -> mine.contains(change.id())))
                .toList();
        found.forEach(operation -> table.row(
                operation.typeName(),
                operation.status().isEmpty() ? "open" : operation.status(),
                operation.attempts(),
                operation.obstacle().isEmpty() ? operation.stage() : operation.obstacle(),
                operation.id()));
        sheet.answer("operations", found).table("Open operations that hold it", table);
    }

    private static Map<String, NodeInfo> byId(BricklayerClient client, Stream<String> ids) {
        Map<String, NodeInfo> nodes = new HashMap<>();
        Present.of(ids.distinct().toList(), client::node).forEach(node -> nodes.put(node.id(), node));
        return nodes;
    }

    private static List<VolumeInfo> volumes(BricklayerClient client, Collection<BrickInfo> bricks) {
        return Present.of(
                bricks.stream().map(BrickInfo::volume).distinct().sorted().toList(), client::volume);
    }

    private static Table devices(NodeInfo node) {
        Table table = new Table(
                text("DEVICE"),
                state("STATE"),
                number("SIZE GIB"),
                number("FREE GIB"),
                number("BRICKS"),
                text("TAGS"),
                id("ID"));
        node.devices()
                .forEach(device -> table.row(
                        device.name(),
                        Texts.state(device.state()),
                        gib(device.storage().totalKiB()),
                        gib(device.storage().freeKiB()),
                        device.bricks().size(),
                        tags(device.tags()),
                        device.id()));
        return table;
    }

    private static @Nullable DeviceInfo deviceOf(NodeInfo node, String device) {
        return node.devices().stream()
                .filter(it -> it.id().equals(device))
                .findFirst()
                .orElse(null);
    }

    private static String durability(VolumeInfo volume) {
        Durability durability = volume.durability();
        int set = switch (durability.type()) {
            case Durability.REPLICATE -> Texts.replica(durability);
            case Durability.DISPERSE ->
                Math.max(1, durability.disperse().data() + durability.disperse().redundancy());
            default -> 1;
        };
        String kind = switch (durability.type()) {
            case Durability.REPLICATE -> "replicate " + set;
            case Durability.DISPERSE ->
                "disperse " + durability.disperse().data() + "+"
                        + durability.disperse().redundancy();
            default -> "none";
        };
        int sets = volume.bricks().size() / set;
        return kind + ", " + sets + (sets == 1 ? " set of " : " sets of ") + set + (set == 1 ? " brick" : " bricks");
    }

    private static String mount(VolumeInfo volume) {
        String options = Texts.mountOptions(volume);
        return "mount -t glusterfs" + (options.isEmpty() ? "" : " -o " + options) + " "
                + volume.mount().glusterfs().device() + " /mnt/" + volume.name();
    }

    private static String options(VolumeInfo volume) {
        return volume.glusterVolumeOptions().stream()
                .filter(option -> !option.isBlank())
                .collect(Collectors.joining(", "));
    }

    private static String space(List<DeviceInfo> devices) {
        long total = devices.stream()
                .mapToLong(device -> device.storage().totalKiB())
                .sum();
        long free =
                devices.stream().mapToLong(device -> device.storage().freeKiB()).sum();
        return gib(total) + " GiB, " + gib(free) + " GiB free" + (total == 0 ? "" : " (" + 100 * free / total + " %)");
    }

    private static String tags(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> tag.getKey() + ":" + tag.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static String host(NodeInfo node) {
        return node.hostnames().manage().stream().findFirst().orElse(node.id());
    }

    private static long gib(long kib) {
        return kib / Texts.KIB_PER_GIB;
    }
}

package bricklayer.tools;

import bricklayer.api.BrickInfo;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Durability;
import bricklayer.api.NodeInfo;
import bricklayer.api.TopologyInfo;
import bricklayer.api.VolumeInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The whole topology as heketi-cli shows it, with tabs, down to the blanks at line ends. */
final class TopologyText {

    private final StringBuilder text = new StringBuilder();

    private TopologyText() {}

    static String of(TopologyInfo topology) {
        TopologyText text = new TopologyText();
        topology.clusters().forEach(text::cluster);
        return text.text.toString();
    }

    private void cluster(TopologyInfo.Cluster cluster) {
        line("");
        line("Cluster Id: %s", cluster.id());
        line("");
        line("    File:  %s", cluster.file());
        line("    Block: %s", cluster.block());
        line("");
        line("    Volumes:");
        line("");
        cluster.volumes().forEach(this::volume);
        line("");
        line("    Nodes:");
        line("");
        cluster.nodes().forEach(this::node);
    }

    private void volume(VolumeInfo volume) {
        Durability durability = volume.durability();
        line("\tName: %s", volume.name());
        line("\tSize: %d", volume.sizeGiB());
        line("\tId: %s", volume.id());
        line("\tCluster Id: %s", volume.cluster());
        line("\tMount: %s", volume.mount().glusterfs().device());
        line("\tMount Options: %s", Texts.mountOptions(volume));
        line("\tDurability Type: %s", durability.type());
        if (durability.type().equals(Durability.REPLICATE)) {
            line("\tReplica: %d", Texts.replica(durability));
        } else if (durability.type().equals(Durability.DISPERSE)) {
            line("\tDisperse Data: %d", durability.disperse().data());
            line("\tDisperse Redundancy: %d", durability.disperse().redundancy());
        }
        if (volume.snapshot().enable()) {
            line("\tSnapshot: Enabled");
            line("\tSnapshot Factor: %.2f", volume.snapshot().factor());
        } else {
            line("\tSnapshot: Disabled");
        }
        line("");
        line("\t\tBricks:");
        for (BrickInfo brick : volume.bricks()) {
            line("\t\t\tId: %s", brick.id());
            line("\t\t\tPath: %s", brick.path());
            line("\t\t\tSize (GiB): %d", gib(brick.sizeKiB()));
            line("\t\t\tNode: %s", brick.node());
            line("\t\t\tDevice: %s", brick.device());
            line("");
        }
        line("");
    }

    private void node(NodeInfo node) {
        line("\tNode Id: %s", node.id());
        line("\tState: %s", Texts.state(node.state()));
        line("\tCluster Id: %s", node.cluster());
        line("\tZone: %d", node.zone());
        line("\tManagement Hostnames: %s", String.join(", ", node.hostnames().manage()));
        line("\tStorage Hostnames: %s", String.join(", ", node.hostnames().storage()));
        tags("\t", node.tags());
        line("\tDevices:");
        node.devices().forEach(this::device);
        line("");
    }

    private void device(DeviceInfo device) {
        line(
                "\t\tId:%-35sState:%-10sSize (GiB):%-8dUsed (GiB):%-8dFree (GiB):%-8d",
                device.id(),
                Texts.state(device.state()),
                gib(device.storage().totalKiB()),
                gib(device.storage().usedKiB()),
                gib(device.storage().freeKiB()));
        tags("\t\t\t", device.tags());
        List<String> paths = device.paths().isEmpty() ? List.of(device.name()) : device.paths();
        line("\t\t\tKnown Paths: %s", String.join(" ", paths));
        line("");
        line("\t\t\tBricks:");
        for (BrickInfo brick : device.bricks()) {
            line("\t\t\t\tId:%-35sSize (GiB):%-8dPath: %s", brick.id(), gib(brick.sizeKiB()), brick.path());
        }
    }

    private void tags(String indent, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            line(
                    "%sTags:%s",
                    indent,
                    tags.entrySet().stream()
                            .map(tag -> " " + tag.getKey() + ":" + tag.getValue())
                            .collect(Collectors.joining()));
            line("");
        }
    }

    private static long gib(long kib) {
        return kib / Texts.KIB_PER_GIB;
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is not worth a dependency
    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}

package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code topology load} reads: clusters with their nodes and devices, in the format of heketi-cli. It never travels as a whole. */
public record TopologyFile(List<Cluster> clusters) {

    public TopologyFile {
        clusters = Absent.list(clusters);
    }

    /** What is there, as a file that would lead to it. Clusters without nodes are left out, for nothing tells them from others. */
    public static TopologyFile of(TopologyInfo there) {
        List<Cluster> clusters = new ArrayList<>();
        for (TopologyInfo.Cluster cluster : there.clusters()) {
            List<NodeEntry> nodes = new ArrayList<>();
            for (NodeInfo node : cluster.nodes()) {
                List<Device> devices = new ArrayList<>();
                node.devices().forEach(device -> devices.add(new Device(device.name(), false, device.tags())));
                nodes.add(new NodeEntry(new Node(node.hostnames(), node.zone(), node.tags()), devices));
            }
            if (!nodes.isEmpty()) {
                clusters.add(new Cluster(cluster.file(), cluster.block(), nodes));
            }
        }
        return new TopologyFile(clusters);
    }

    /** The flags count only when the cluster is created, and are true when left out. */
    public record Cluster(boolean file, boolean block, List<NodeEntry> nodes) {

        public Cluster {
            nodes = Absent.list(nodes);
        }

        @JsonCreator
        static Cluster read(
                @JsonProperty("file") @Nullable Boolean file,
                @JsonProperty("block") @Nullable Boolean block,
                @JsonProperty("nodes") List<NodeEntry> nodes) {
            return new Cluster(file == null || file, block == null || block, nodes);
        }
    }

    public record NodeEntry(Node node, List<Device> devices) {

        public NodeEntry {
            node = node == null ? new Node(Hostnames.NONE, 0, Map.of()) : node;
            devices = Absent.list(devices);
        }
    }

    public record Node(
            Hostnames hostnames,
            int zone,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> tags) {

        public Node {
            hostnames = hostnames == null ? Hostnames.NONE : hostnames;
            tags = Absent.tags(tags);
        }
    }

    /** In the file either an object or just the name. */
    public record Device(
            String name,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("destroydata")
            boolean destroyData,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> tags) {

        @JsonCreator
        public Device {
            name = Absent.text(name);
            tags = Absent.tags(tags);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Device named(String name) {
            return new Device(name, false, Map.of());
        }
    }
}

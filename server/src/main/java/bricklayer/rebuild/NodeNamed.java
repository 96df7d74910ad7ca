package bricklayer.rebuild;

import bricklayer.api.TopologyFile;
import bricklayer.host.HostName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A node that somebody says there is.
 *
 * @param host where commands for it are sent
 * @param storage its names among the nodes, as far as they were said
 */
public record NodeNamed(HostName host, List<String> storage, OptionalInt zone) {

    public NodeNamed {
        storage = List.copyOf(storage);
    }

    public static NodeNamed only(String host) {
        return new NodeNamed(new HostName(host), List.of(), OptionalInt.empty());
    }

    /** Those that are named twice once, the first way. */
    public static List<NodeNamed> each(List<NodeNamed> named) {
        Map<HostName, NodeNamed> each = new LinkedHashMap<>();
        named.forEach(node -> each.putIfAbsent(node.host(), node));
        return List.copyOf(each.values());
    }

    public static List<NodeNamed> in(TopologyFile topology) {
        return topology.clusters().stream()
                .flatMap(cluster -> cluster.nodes().stream())
                .map(TopologyFile.NodeEntry::node)
                .filter(node -> !node.hostnames().manage().isEmpty()
                        && !node.hostnames().manage().getFirst().isBlank())
                .map(node -> new NodeNamed(
                        new HostName(node.hostnames().manage().getFirst()),
                        node.hostnames().storage(),
                        OptionalInt.of(node.zone())))
                .toList();
    }
}

package bricklayer.client;

import bricklayer.api.DeviceInfo;
import bricklayer.api.NodeInfo;
import bricklayer.api.TopologyFile;
import bricklayer.api.TopologyInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares a topology file with what is there. A node is known by its first manage host name, in whatever cluster, a device by its name or another of its paths on
 * that node; a cluster of the file is the one that the first of its known nodes is in.
 */
final class TopologyPlanner {

    private final List<TopologyChange> changes = new ArrayList<>();
    private final List<String> differing = new ArrayList<>();
    private final List<String> notInFile = new ArrayList<>();
    private final Map<String, NodeInfo> known = new LinkedHashMap<>();
    private final Map<String, Set<String>> devicesOf = new HashMap<>();
    private final Set<String> clustersMet = new HashSet<>();
    private int clustersAdded;

    private TopologyPlanner() {}

    static TopologyPlan plan(TopologyInfo there, TopologyFile file) {
        TopologyPlanner planner = new TopologyPlanner();
        for (TopologyInfo.Cluster cluster : there.clusters()) {
            cluster.nodes().forEach(node -> planner.known.putIfAbsent(host(node), node));
        }
        file.clusters().forEach(planner::cluster);
        planner.unmentioned(there);
        return new TopologyPlan(planner.changes, planner.differing, planner.notInFile);
    }

    static String host(NodeInfo node) {
        return node.hostnames().manage().stream().findFirst().orElse(node.id());
    }

    private static String host(TopologyFile.NodeEntry entry) {
        return entry.node().hostnames().manage().stream().findFirst().orElse("");
    }

    private void cluster(TopologyFile.Cluster entry) {
        String cluster = entry.nodes().stream()
                .map(node -> known.get(host(node)))
                .filter(node -> node != null)
                .map(NodeInfo::cluster)
                .findFirst()
                .orElseGet(() -> added(entry));
        if (!clustersMet.add(cluster)) {
            differing.add("cluster " + cluster + " is in the file more than once; its nodes stay together");
        }
        entry.nodes().forEach(node -> node(cluster, node));
    }

    private String added(TopologyFile.Cluster entry) {
        String name = "new-" + ++clustersAdded;
        if (!entry.nodes().isEmpty()) {
            changes.add(new TopologyChange.AddCluster(name, entry.file(), entry.block()));
        }
        return name;
    }

    private void node(String cluster, TopologyFile.NodeEntry entry) {
        String host = host(entry);
        boolean first = !devicesOf.containsKey(host);
        Set<String> named = devicesOf.computeIfAbsent(host, name -> new HashSet<>());
        Optional<NodeInfo> there = Optional.ofNullable(known.get(host));
        if (there.isPresent()) {
            compare(cluster, host, there.get(), entry.node());
        } else if (first) {
            changes.add(new TopologyChange.AddNode(cluster, host, entry.node()));
        }
        for (TopologyFile.Device device : entry.devices()) {
            Optional<DeviceInfo> same = there.stream()
                    .flatMap(node -> node.devices().stream())
                    .filter(it -> it.name().equals(device.name()) || it.paths().contains(device.name()))
                    .findFirst();
            boolean firstTime = named.add(device.name());
            if (same.isPresent()) {
                named.add(same.get().id());
                compare(host, same.get(), device);
            } else if (firstTime) {
                changes.add(new TopologyChange.AddDevice(host, device));
            }
        }
    }

    private void compare(String cluster, String host, NodeInfo there, TopologyFile.Node wanted) {
        if (!there.cluster().equals(cluster)) {
            differing.add(
                    "node " + host + " is in cluster " + there.cluster() + ", and in the file together with nodes of "
                            + cluster + "; to move it, remove it there and add it here");
        }
        differ(host, "manage", there.hostnames().manage(), wanted.hostnames().manage());
        differ(host, "storage", there.hostnames().storage(), wanted.hostnames().storage());
        if (wanted.zone() != 0 && wanted.zone() != there.zone()) {
            changes.add(new TopologyChange.SetZone(there.id(), host, there.zone(), wanted.zone()));
        }
        Map<String, String> tags = missing(there.tags(), wanted.tags());
        if (!tags.isEmpty()) {
            changes.add(new TopologyChange.TagNode(there.id(), host, replaced(there.tags(), tags), tags));
        }
        extraTags("node " + host, there.tags(), wanted.tags());
    }

    private void differ(String host, String which, List<String> there, List<String> wanted) {
        if (!wanted.isEmpty() && !wanted.equals(there)) {
            differing.add("node " + host + " has the " + which + " names " + String.join(", ", there) + ", in the file "
                    + String.join(", ", wanted));
        }
    }

    private void compare(String host, DeviceInfo there, TopologyFile.Device wanted) {
        Map<String, String> tags = missing(there.tags(), wanted.tags());
        if (!tags.isEmpty()) {
            changes.add(
                    new TopologyChange.TagDevice(there.id(), host, there.name(), replaced(there.tags(), tags), tags));
        }
        extraTags("device " + there.name() + " of node " + host, there.tags(), wanted.tags());
    }

    private static Map<String, String> missing(Map<String, String> there, Map<String, String> wanted) {
        Map<String, String> result = new TreeMap<>(wanted);
        result.entrySet().removeIf(tag -> tag.getValue().equals(there.get(tag.getKey())));
        return result;
    }

    private static Map<String, String> replaced(Map<String, String> there, Map<String, String> by) {
        Map<String, String> result = new TreeMap<>(there);
        result.keySet().retainAll(by.keySet());
        return result;
    }

    private void extraTags(String what, Map<String, String> there, Map<String, String> wanted) {
        new TreeMap<>(there)
                .keySet().stream()
                        .filter(tag -> !wanted.containsKey(tag))
                        .forEach(tag -> notInFile.add("tag " + tag + " of " + what));
    }

    private void unmentioned(TopologyInfo there) {
        for (TopologyInfo.Cluster cluster : there.clusters()) {
            if (!clustersMet.contains(cluster.id())) {
                notInFile.add("cluster " + cluster.id());
            }
            for (NodeInfo node : cluster.nodes()) {
                Set<String> named = devicesOf.get(host(node));
                if (named == null) {
                    notInFile.add("node " + host(node));
                    continue;
                }
                node.devices().stream()
                        .filter(device -> !named.contains(device.id()))
                        .forEach(device -> notInFile.add("device " + device.name() + " of node " + host(node)));
            }
        }
    }
}

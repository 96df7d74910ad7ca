package bricklayer.client;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterInfo;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeInfo;
import bricklayer.api.TopologyFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads a topology file once, with the meaning that {@code heketi-cli topology load} gives it: a node is known by its first manage host
 * name, in whatever cluster; a device by its name on that node; what is known is not changed.
 */
final class TopologyLoader {

    private final BricklayerClient client;
    private final Consumer<TopologyStep> progress;
    private final Map<String, NodeInfo> known = new HashMap<>();
    private final List<String> clusters = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private int total;
    private int done;
    private int nodesAdded;
    private int nodesFound;
    private int devicesAdded;
    private int devicesFound;

    TopologyLoader(BricklayerClient client, Consumer<TopologyStep> progress) {
        this.client = client;
        this.progress = progress;
    }

    TopologyLoad load(TopologyFile file) {
        total = file.clusters().stream()
                .flatMap(cluster -> cluster.nodes().stream())
                .mapToInt(entry -> 1 + entry.devices().size())
                .sum();
        for (String cluster : client.clusters()) {
            for (String node : client.cluster(cluster).nodes()) {
                NodeInfo info = client.node(node);
                known.putIfAbsent(firstManageName(info.hostnames().manage()), info);
            }
        }
        file.clusters().forEach(this::load);
        return new TopologyLoad(clusters, nodesAdded, nodesFound, devicesAdded, devicesFound, refused);
    }

    private void load(TopologyFile.Cluster entry) {
        @Nullable String current = null;
        @Nullable String created = null;
        for (TopologyFile.NodeEntry node : entry.nodes()) {
            String name = firstManageName(node.node().hostnames().manage());
            NodeInfo info = known.get(name);
            if (info != null) {
                current = info.cluster();
                nodesFound++;
                step(TopologyStep.Kind.NODE_FOUND, 1, name, current);
            } else {
                if (current == null) {
                    current = client.createCluster(new ClusterCreateRequest(entry.file(), entry.block()))
                            .id();
                    created = current;
                    step(TopologyStep.Kind.CLUSTER_CREATED, 0, current, kinds(entry));
                }
                info = add(name, node.node(), current).orElse(null);
            }
            if (info == null) {
                node.devices().forEach(device -> step(TopologyStep.Kind.DEVICE_SKIPPED, 1, device.name(), ""));
            } else {
                loadDevices(name, info, node.devices());
            }
        }
        if (created != null && deletedIfEmpty(created) && created.equals(current)) {
            current = null;
        }
        if (current != null && !clusters.contains(current)) {
            clusters.add(current);
        }
    }

    private static String kinds(TopologyFile.Cluster entry) {
        return (entry.file() ? "file\n" : "") + (entry.block() ? "block\n" : "");
    }

    private Optional<NodeInfo> add(String name, TopologyFile.Node node, String cluster) {
        step(TopologyStep.Kind.NODE_ADDING, 0, name, "");
        try {
            NodeInfo info = client.addNode(new NodeAddRequest(node.zone(), node.hostnames(), cluster, node.tags()));
            known.put(name, info);
            nodesAdded++;
            step(TopologyStep.Kind.NODE_ADDED, 1, name, info.id());
            return Optional.of(info);
        } catch (RequestRefused e) {
            refused.add("node " + name + ": " + e.text());
            step(TopologyStep.Kind.NODE_REFUSED, 1, name, e.text());
            return Optional.empty();
        }
    }

    private void loadDevices(String host, NodeInfo node, List<TopologyFile.Device> devices) {
        var names = node.devices().stream().map(DeviceInfo::name).collect(Collectors.toSet());
        for (TopologyFile.Device device : devices) {
            if (!names.add(device.name())) {
                devicesFound++;
                step(TopologyStep.Kind.DEVICE_FOUND, 1, device.name(), "");
                continue;
            }
            step(TopologyStep.Kind.DEVICE_ADDING, 0, device.name(), "");
            try {
                client.addDevice(new DeviceAddRequest(device.name(), device.tags(), node.id(), device.destroyData()));
                devicesAdded++;
                step(TopologyStep.Kind.DEVICE_ADDED, 1, device.name(), "");
            } catch (RequestRefused e) {
                names.remove(device.name());
                refused.add("device " + device.name() + " of node " + host + ": " + e.text());
                step(TopologyStep.Kind.DEVICE_REFUSED, 1, device.name(), e.text());
            }
        }
    }

    private boolean deletedIfEmpty(String cluster) {
        ClusterInfo info = client.cluster(cluster);
        if (!info.nodes().isEmpty() || !info.volumes().isEmpty()) {
            return false;
        }
        client.deleteCluster(cluster);
        step(TopologyStep.Kind.CLUSTER_DELETED, 0, cluster, "");
        return true;
    }

    private void step(TopologyStep.Kind kind, int dealtWith, String subject, String detail) {
        done += dealtWith;
        progress.accept(new TopologyStep(kind, done, total, subject, detail));
    }

    private static String firstManageName(List<String> names) {
        return names.isEmpty() ? "" : names.get(0);
    }
}

package bricklayer.client;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterInfo;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeInfo;
import bricklayer.api.NodeZone;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.TopologyInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Makes the changes of a plan, one after the other. What depends on a refused one is left out; everything else is done. */
final class TopologyApplier {

    private final BricklayerClient client;
    private final Consumer<TopologyApplied> progress;
    private final Map<String, String> clusters = new HashMap<>();
    private final Map<String, String> nodes = new HashMap<>();
    private final Set<String> lost = new HashSet<>();

    TopologyApplier(BricklayerClient client, Consumer<TopologyApplied> progress) {
        this.client = client;
        this.progress = progress;
    }

    List<TopologyApplied> apply(TopologyPlan plan) {
        for (TopologyInfo.Cluster cluster : client.topology().clusters()) {
            for (NodeInfo node : cluster.nodes()) {
                nodes.putIfAbsent(TopologyPlanner.host(node), node.id());
            }
        }
        List<TopologyApplied> all = new ArrayList<>();
        for (TopologyChange change : plan.changes()) {
            TopologyApplied applied = new TopologyApplied(change, made(change));
            all.add(applied);
            progress.accept(applied);
        }
        clusters.values().forEach(this::deleteIfEmpty);
        return all;
    }

    /** Returns why it was not; empty when it was. */
    private String made(TopologyChange change) {
        if (change instanceof TopologyChange.AddNode add && lost.contains(add.cluster())) {
            lost.add(add.host());
            return "its cluster is not there";
        }
        if (change instanceof TopologyChange.AddDevice add && lost.contains(add.host())) {
            return "its node is not there";
        }
        try {
            make(change);
            return "";
        } catch (RequestWithheld e) {
            return "not sent"; // nor is what depends on it, which has names in the place of ids
        } catch (RequestRefused e) {
            if (change instanceof TopologyChange.AddCluster add) {
                lost.add(add.cluster());
            } else if (change instanceof TopologyChange.AddNode add) {
                lost.add(add.host());
            }
            return e.text();
        }
    }

    private void make(TopologyChange change) {
        if (change instanceof TopologyChange.AddCluster add) {
            clusters.put(
                    add.cluster(),
                    client.createCluster(new ClusterCreateRequest(add.file(), add.block()))
                            .id());
        } else if (change instanceof TopologyChange.AddNode add) {
            String cluster = clusters.getOrDefault(add.cluster(), add.cluster());
            NodeInfo added = client.addNode(new NodeAddRequest(
                    add.node().zone(),
                    add.node().hostnames(),
                    cluster,
                    add.node().tags()));
            nodes.put(add.host(), added.id());
        } else if (change instanceof TopologyChange.SetZone set) {
            client.setNodeZone(set.node(), new NodeZone(set.zone()));
        } else if (change instanceof TopologyChange.TagNode tag) {
            client.changeNodeTags(tag.node(), new TagsChangeRequest("update", tag.tags()));
        } else if (change instanceof TopologyChange.AddDevice add) {
            client.addDevice(new DeviceAddRequest(
                    add.device().name(),
                    add.device().tags(),
                    nodes.getOrDefault(add.host(), add.host()),
                    add.device().destroyData()));
        } else if (change instanceof TopologyChange.TagDevice tag) {
            client.changeDeviceTags(tag.device(), new TagsChangeRequest("update", tag.tags()));
        }
    }

    /** One that was made for nodes of which none could be added would be made again the next time. */
    private void deleteIfEmpty(String cluster) {
        ClusterInfo info = client.cluster(cluster);
        if (info.nodes().isEmpty() && info.volumes().isEmpty()) {
            client.deleteCluster(cluster);
        }
    }
}

package bricklayer.examine;

import bricklayer.api.Examination.ClusterState;
import bricklayer.api.Examination.NodeState;
import bricklayer.api.Examination.Volume;
import bricklayer.examine.NodeExaminer.Found;
import bricklayer.gluster.Gluster;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.host.HostReader;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.lvm.Lvm;
import bricklayer.mount.Mounts;
import bricklayer.operation.Threads;
import bricklayer.store.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Asks all nodes of one picture what they hold, all at the same time, and compares the names of volumes. Only asks: takes no lock and changes nothing. Takes as long as the slowest node, at most the
 * deadlines of its questions.
 */
public final class Examiner {

    private static final Found NOTHING = new Found(Optional.empty(), List.of());

    private final NodeExaminer nodes;
    private final Threads threads;

    public Examiner(HostReader hosts, Gluster gluster, GlusterBlock blocks, Lvm lvm, Mounts mounts, Threads threads) {
        this.nodes = new NodeExaminer(hosts, gluster, blocks, lvm, mounts);
        this.threads = threads;
    }

    /** @param report what was noticed, in sentences */
    record Result(List<String> report, List<ClusterState> clusters) {}

    Result examine(Rows rows, int inFlight) {
        List<Cluster> clusters = Inventory.clusters(rows);
        Map<Node, Found> found = new ConcurrentHashMap<>();
        threads.all(clusters.stream()
                .flatMap(cluster -> nodes(rows, cluster))
                .<Runnable>map(node -> () -> found.put(node, nodes.examine(node, hosting(rows, node.cluster()))))
                .toList());
        List<String> report = new ArrayList<>();
        report.add("OnDemand Examiner invoked while " + inFlight + " ops are in flight");
        List<ClusterState> states = new ArrayList<>();
        for (Cluster cluster : clusters) {
            List<Found> ofCluster = nodes(rows, cluster)
                    .map(node -> found.getOrDefault(node, NOTHING))
                    .toList();
            ofCluster.forEach(one -> report.addAll(one.failures()));
            List<NodeState> known =
                    ofCluster.stream().flatMap(one -> one.state().stream()).toList();
            if (known.isEmpty()) {
                report.add("not able to fetch any data from cluster " + cluster.id());
            } else {
                report.addAll(compare(recorded(rows, cluster), known));
            }
            states.add(new ClusterState(cluster.id().value(), known.isEmpty() ? null : known));
        }
        return new Result(List.copyOf(report), List.copyOf(states));
    }

    private static Stream<Node> nodes(Rows rows, Cluster cluster) {
        return Inventory.nodes(rows, cluster.id()).stream().filter(node -> Inventory.isVisible(rows, node));
    }

    private static List<bricklayer.inventory.Volume> hosting(Rows rows, ClusterId cluster) {
        return rows
                .find(
                        bricklayer.inventory.Volume.TABLE,
                        bricklayer.inventory.Volume.BLOCK_HOSTING_BY_CLUSTER,
                        cluster.value())
                .stream()
                .filter(volume -> Inventory.isVisible(rows, volume))
                .toList();
    }

    private static List<String> recorded(Rows rows, Cluster cluster) {
        return rows
                .find(
                        bricklayer.inventory.Volume.TABLE,
                        bricklayer.inventory.Volume.BY_CLUSTER,
                        cluster.id().value())
                .stream()
                .map(bricklayer.inventory.Volume::name)
                .sorted()
                .toList();
    }

    private static List<String> compare(List<String> recorded, List<NodeState> nodes) {
        List<String> differing = new ArrayList<>();
        for (NodeState node : nodes) {
            List<Volume> volumes = node.volumes().list().volumes();
            if (volumes == null) {
                differing.add("heketi volume list could not be compared with volume list of node " + node.id()
                        + " due to missing info");
            } else if (!volumes.stream().map(Volume::name).sorted().toList().equals(recorded)) {
                differing.add("heketi volume list does not match with volume list of node " + node.id());
            }
        }
        return differing.isEmpty() ? List.of("heketi volume list matches with volume list of all nodes") : differing;
    }
}

package bricklayer.node;

import bricklayer.gluster.Gluster;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.operation.Threads;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds out which nodes' glusterd answers, by asking them. */
public final class GlusterdWatch {

    private final HostReader hosts;
    private final Gluster gluster;
    private final KnownDown down;

    public GlusterdWatch(HostReader hosts, Gluster gluster, KnownDown down) {
        this.down = down;
        this.hosts = hosts;
        this.gluster = gluster;
    }

    /**
     * The node that shall take a new one into the cluster's pool; empty when the new one is the first.
     *
     * @throws Problem 400 when nobody, or not the new node itself, answers as running glusterd
     */
    Optional<HostName> proberFor(Rows rows, ClusterId cluster, String newHost) {
        List<Node> nodes = Inventory.nodes(rows, cluster).stream()
                .filter(node -> Inventory.isVisible(rows, node))
                .toList();
        if (nodes.isEmpty()) {
            failureOf(hosts, new HostName(newHost), gluster).ifPresent(failure -> {
                throw Problem.invalid("New Node doesn't have glusterd running")
                        .about("node " + newHost)
                        .causedBy(failure)
                        .next("start glusterd on it, and check that the service can log in and run commands there");
            });
            return Optional.empty();
        }
        HostFailure last = null;
        for (Node node : down.upFirst(nodes)) {
            if (node.state() == State.ONLINE) {
                Optional<HostFailure> failure = failureOf(hosts, node.host(), gluster);
                if (failure.isEmpty()) {
                    return Optional.of(node.host());
                }
                last = failure.get();
            }
        }
        Problem none = Problem.invalid("None of the nodes in cluster has glusterd running")
                .about("cluster " + cluster)
                .next("bring one node of the cluster back, or set one online");
        throw last == null ? none : none.causedBy(last);
    }

    /** The nodes of some clusters whose glusterd answers now. All are asked at once; a node that was given up is not asked. */
    public Set<NodeId> answering(Rows rows, Collection<ClusterId> clusters, Threads threads) {
        Set<NodeId> answering = ConcurrentHashMap.newKeySet();
        threads.all(clusters.stream()
                .flatMap(cluster -> Inventory.nodes(rows, cluster).stream())
                .filter(node -> Inventory.isVisible(rows, node) && node.state() != State.FAILED)
                .<Runnable>map(node -> () -> {
                    if (failureOf(hosts, node.host(), gluster).isEmpty()) {
                        answering.add(node.id());
                    }
                })
                .toList());
        return Set.copyOf(answering);
    }

    /** Why glusterd of a node does not answer; empty when it does. */
    static Optional<HostFailure> failureOf(HostReader hosts, HostName host, Gluster gluster) {
        try {
            hosts.query(host, gluster.isRunning());
            return Optional.empty();
        } catch (HostFailure e) {
            return Optional.of(e);
        }
    }
}

package bricklayer.inventory;

import bricklayer.host.HostName;
import bricklayer.store.Index;
import bricklayer.store.Row;
import bricklayer.store.Table;
import java.util.List;
import java.util.Map;

/**
 * A machine that runs glusterd.
 *
 * @param zone failure domain, from 1
 * @param manageHosts names for the service; the first is used. Not empty, unique over all nodes
 * @param storageHosts names among the nodes, used in brick addresses; the first is used. Not empty, unique over all nodes
 */
public record Node(
        NodeId id,
        ClusterId cluster,
        int zone,
        List<String> manageHosts,
        List<String> storageHosts,
        Map<String, String> tags,
        State state)
        implements Row<NodeId> {

    public static final Index<Node> BY_CLUSTER =
            new Index<>("cluster", node -> List.of(node.cluster().value()));
    public static final Index<Node> BY_MANAGE_HOST = new Index<>("manage-host", Node::manageHosts);
    public static final Index<Node> BY_STORAGE_HOST = new Index<>("storage-host", Node::storageHosts);

    public static final Table<NodeId, Node> TABLE = Table.of("nodes", 1, Node.class, NodeId::new)
            .indexedBy(BY_CLUSTER)
            .indexedBy(BY_MANAGE_HOST)
            .indexedBy(BY_STORAGE_HOST);

    public Node {
        manageHosts = List.copyOf(manageHosts);
        storageHosts = List.copyOf(storageHosts);
        tags = Map.copyOf(tags);
    }

    /** Where commands for this node are sent. */
    public HostName host() {
        return new HostName(manageHosts.getFirst());
    }

    /** The node's name in gluster's brick addresses. */
    public String storageHost() {
        return storageHosts.getFirst();
    }

    public Node with(State next) {
        return new Node(id, cluster, zone, manageHosts, storageHosts, tags, next);
    }

    public Node withZone(int next) {
        return new Node(id, cluster, next, manageHosts, storageHosts, tags, state);
    }

    public Node withTags(Map<String, String> next) {
        return new Node(id, cluster, zone, manageHosts, storageHosts, next, state);
    }
}

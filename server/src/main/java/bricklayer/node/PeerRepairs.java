package bricklayer.node;

import bricklayer.gluster.GlusterSettings;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.operation.Step;
import bricklayer.store.Rows;

/** The steps that put a trusted pool right. */
public final class PeerRepairs {

    private final GlusterSettings settings;

    public PeerRepairs(GlusterSettings settings) {
        this.settings = settings;
    }

    /** A member of the pool of a cluster. Any of the cluster's other nodes takes it in, or puts it out. */
    public Step member(Rows rows, ClusterId cluster, String storageHost) {
        return new ProbePeer(
                cluster,
                Inventory.nodes(rows, cluster).stream()
                        .filter(node -> !node.storageHosts().contains(storageHost))
                        .map(Node::host)
                        .toList(),
                settings,
                storageHost);
    }
}

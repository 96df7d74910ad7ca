package bricklayer.migrate;

import bricklayer.gluster.VolumeDetails;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In which order gluster has the bricks of its volumes. No dump says it: its lists are sorted by id. */
public interface BrickOrders {

    /** For a dump that is looked at far from its nodes. */
    BrickOrders UNKNOWN = (cluster, nodes) -> Optional.empty();

    /**
     * Gluster's volumes by name.
     *
     * @param nodes of the cluster, those to prefer first
     * @return empty when no node can tell
     */
    Optional<Map<String, VolumeDetails>> volumes(Cluster cluster, List<Node> nodes);
}

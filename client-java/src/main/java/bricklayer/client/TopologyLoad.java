package bricklayer.client;

import java.util.List;

/**
 * What loading a topology came to.
 *
 * @param clusters ids of the clusters created or found for the clusters of the file, in its order; one that got no node is missing
 * @param refused a line for each node or device that could not be added
 */
public record TopologyLoad(
        List<String> clusters,
        int nodesAdded,
        int nodesFound,
        int devicesAdded,
        int devicesFound,
        List<String> refused) {

    public TopologyLoad {
        clusters = List.copyOf(clusters);
        refused = List.copyOf(refused);
    }
}

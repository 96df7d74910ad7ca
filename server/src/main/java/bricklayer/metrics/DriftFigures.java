package bricklayer.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the last comparison of all records with all nodes told.
 *
 * @param findings how many are not explained and not repaired since, by kind; kinds without any are 0
 * @param explained how many an operation explains
 * @param unknownNodes nodes of which something could not be told
 * @param unknownParts all that could not be told, nodes among it
 * @param age since it began
 * @param fullestPools of each node with thin pools
 */
public record DriftFigures(
        Map<String, Integer> findings,
        int explained,
        int unknownNodes,
        int unknownParts,
        Duration age,
        Duration took,
        List<Pool> fullestPools) {

    public DriftFigures {
        findings = Map.copyOf(findings);
        fullestPools = List.copyOf(fullestPools);
    }

    /**
     * The fullest thin pool of a node.
     *
     * @param data part in use, from 0 to 1
     * @param metadata likewise
     */
    public record Pool(String cluster, String node, String hostname, double data, double metadata) {}
}

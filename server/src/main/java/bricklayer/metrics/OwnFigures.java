package bricklayer.metrics;

import java.util.List;
import java.util.Optional;

/**
 * What we show beside Heketi's figures.
 *
 * @param readOnly whether the records take no changes
 * @param quarantinedRows stored rows that cannot be read and take part in nothing
 */
public record OwnFigures(boolean readOnly, int quarantinedRows, List<Node> nodes, List<Device> devices) {

    public OwnFigures {
        nodes = List.copyOf(nodes);
        devices = List.copyOf(devices);
    }

    /**
     * One node.
     *
     * @param hostname the first manage name
     * @param up whether it answered when it was last asked; empty when nothing is known
     */
    public record Node(String cluster, String id, String hostname, Optional<Boolean> up) {}

    /**
     * One device that was measured since it was added.
     *
     * @param foreignKiB allocated on it and not by us
     */
    public record Device(String node, String id, String name, long foreignKiB) {}
}

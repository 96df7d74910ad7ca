package bricklayer.metrics;

import java.util.List;

/** A picture of the records at one moment, in the figures Heketi shows. */
public record HeketiFigures(List<Cluster> clusters, Operations operations) {

    public HeketiFigures {
        clusters = List.copyOf(clusters);
    }

    /**
     * One cluster.
     *
     * @param volumes visible ones, block hosting volumes included
     * @param blockVolumes visible ones
     */
    public record Cluster(String id, int volumes, int blockVolumes, List<Node> nodes) {
        public Cluster {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * One node.
     *
     * @param hostname the first manage name
     * @param storageHostname the first storage name
     */
    public record Node(String hostname, String storageHostname, List<Device> devices) {
        public Node {
            devices = List.copyOf(devices);
        }
    }

    /**
     * One device.
     *
     * @param pvUuid may be empty
     */
    public record Device(String id, String name, String pvUuid, long sizeKiB, long freeKiB, long usedKiB, int bricks) {}

    /**
     * Open operations by state.
     *
     * @param total of those that are open
     * @param inFlight those that run for requests now
     */
    public record Operations(int stale, int failed, int fresh, int total, int inFlight) {}
}

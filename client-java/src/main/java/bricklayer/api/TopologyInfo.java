package bricklayer.api;

import java.util.List;

/** All clusters with their nodes, devices and volumes. No endpoint answers it; clients put it together and show it. */
public record TopologyInfo(List<Cluster> clusters) {

    public TopologyInfo {
        clusters = Absent.list(clusters);
    }

    /** One cluster and all that is in it, block volumes excepted. */
    public record Cluster(List<VolumeInfo> volumes, List<NodeInfo> nodes, String id, boolean block, boolean file) {

        public Cluster {
            volumes = Absent.list(volumes);
            nodes = Absent.list(nodes);
            id = Absent.text(id);
        }
    }
}

package bricklayer.gluster;

import bricklayer.host.Told;
import java.util.List;

/**
 * What one node of a cluster says about the cluster.
 *
 * @param processes of the bricks of started volumes. gluster refuses to tell while another command is at a volume
 * @param peers the answering node among them
 */
public record ClusterSeen(
        List<VolumeDetails> volumes,
        Told<List<BrickProcess>> processes,
        List<Peer> peers,
        Told<List<SnapshotSeen>> snapshots) {

    public ClusterSeen {
        volumes = List.copyOf(volumes);
        peers = List.copyOf(peers);
    }
}

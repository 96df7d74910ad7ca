package bricklayer.rebuild;

import bricklayer.gluster.VolumeDetails;
import bricklayer.host.HostName;
import bricklayer.host.Told;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.ClusterId;
import bricklayer.lvm.GroupsSeen;
import bricklayer.lvm.LvSeen;
import java.util.List;
import java.util.Map;

/**
 * What nodes said.
 *
 * @param nodes in the order they were named
 * @param volumes gluster's, by the cluster that the answering node says it is in
 * @param passwords of block volumes that have one
 * @param clones logical volumes of bricks that gluster named, where the gluster volume does not say them
 */
record Seen(
        List<OfNode> nodes,
        Map<ClusterId, Told<List<VolumeDetails>>> volumes,
        Map<BlockVolumeId, Told<String>> passwords,
        Map<BrickId, Told<String>> clones) {

    Seen {
        nodes = List.copyOf(nodes);
        volumes = Map.copyOf(volumes);
        passwords = Map.copyOf(passwords);
        clones = Map.copyOf(clones);
    }

    record OfNode(HostName host, Told<GroupsSeen> groups, Told<List<LvSeen>> volumes) {}
}

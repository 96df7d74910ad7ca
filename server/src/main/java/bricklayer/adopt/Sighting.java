package bricklayer.adopt;

import bricklayer.gluster.VolumeDetails;
import bricklayer.host.Told;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.NodeId;
import bricklayer.survey.NodeSurvey;
import java.util.Map;

/**
 * A gluster volume, and what the nodes of its bricks hold.
 *
 * @param nodes those of the records that have bricks of it
 * @param sizes KiB of the file systems that brick folders lie on, by folder; none for a folder that is not there
 */
record Sighting(
        ClusterId cluster,
        VolumeDetails volume,
        Map<NodeId, NodeSurvey> nodes,
        Map<NodeId, Told<Map<String, Long>>> sizes) {

    Sighting {
        nodes = Map.copyOf(nodes);
        sizes = Map.copyOf(sizes);
    }
}

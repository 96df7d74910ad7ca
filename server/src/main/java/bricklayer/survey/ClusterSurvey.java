package bricklayer.survey;

import bricklayer.gluster.ClusterSeen;
import bricklayer.glusterblock.BlocksSeen;
import bricklayer.host.Told;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.NodeId;

/**
 * What a cluster's nodes know together.
 *
 * @param answering the node that told; the first that was asked where none could
 */
public record ClusterSurvey(ClusterId cluster, NodeId answering, Told<ClusterSeen> gluster, Told<BlocksSeen> blocks) {}

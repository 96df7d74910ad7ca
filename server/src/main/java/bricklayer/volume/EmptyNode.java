package bricklayer.volume;

import bricklayer.inventory.NodeId;
import bricklayer.operation.Errand;
import java.util.Optional;

/**
 * Moves all bricks off a node; each of its devices counts as failed once it is empty.
 *
 * @param prefer the node that bricks move to where they can; empty for none
 * @param healCheck whether a brick is moved only when gluster says that its data is elsewhere, too
 */
public record EmptyNode(NodeId node, boolean healCheck, Optional<NodeId> prefer) implements Errand {

    @Override
    public String name() {
        return "empty-node";
    }
}

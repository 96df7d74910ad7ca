package bricklayer.brick.placement;

import java.util.List;

/**
 * The bricks that hold one part of a volume's data, in the order in which gluster is told of them; an arbiter is
 * the last.
 */
public record BrickSet(List<PlacedBrick> bricks) {

    public BrickSet {
        bricks = List.copyOf(bricks);
    }
}

package bricklayer.brick.placement;

import bricklayer.brick.ArbiterBrick;
import bricklayer.brick.BrickSetSizes;
import bricklayer.brick.Durability;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be placed: a number of equal sets.
 *
 * @param slots the bricks of one set, in their order; an arbiter is the last
 */
record Demand(int sets, List<Slot> slots, boolean arbiterVolume) {

    record Slot(long brickKiB, boolean arbiter) {}

    static Demand of(BrickSetSizes.Candidate candidate, Durability durability, PlacementRules rules) {
        int last = durability.bricksPerSet() - 1;
        List<Slot> slots = IntStream.rangeClosed(0, last)
                .mapToObj(i -> i == last && durability.arbiter()
                        ? new Slot(ArbiterBrick.sizeKiB(candidate.brickKiB(), rules.averageFileKiB()), true)
                        : new Slot(candidate.brickKiB(), false))
                .toList();
        return new Demand(candidate.sets(), slots, durability.arbiter());
    }

    static Demand of(ReplacementRequest request) {
        return new Demand(1, List.of(new Slot(request.brickKiB(), request.arbiter())), request.arbiterVolume());
    }
}

package bricklayer.brick.placement;

import java.util.List;

/**
 * How far one try came. The arrays hold a device for each slot of the demand and are not changed any more.
 *
 * @param sets those that were filled
 * @param unfinished the set at which it ended, -1 where no device was found; empty when all sets are filled
 */
record Attempt(Demand demand, List<int[]> sets, int[] unfinished) {

    Attempt {
        sets = List.copyOf(sets);
    }

    boolean complete() {
        return sets.size() == demand.sets();
    }
}

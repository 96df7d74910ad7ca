package bricklayer.brick.placement;

import java.util.List;

/** How far one try came. The arrays hold a device for each slot of the demand and are not changed any more. */
final class Attempt {

    private final Demand demand;
    private final List<int[]> sets;
    private final int[] unfinished;

    /**
     * Ends a try.
     *
     * @param sets those that were filled
     * @param unfinished the set at which it ended, -1 where no device was found; empty when all sets are filled
     */
    Attempt(Demand demand, List<int[]> sets, int[] unfinished) {
        this.demand = demand;
        this.sets = List.copyOf(sets);
        this.unfinished = unfinished;
    }

    Demand demand() {
        return demand;
    }

    List<int[]> sets() {
        return sets;
    }

    int[] unfinished() {
        return unfinished;
    }

    boolean complete() {
        return sets.size() == demand.sets();
    }
}

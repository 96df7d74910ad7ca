package bricklayer.reconcile;

import bricklayer.lvm.LvSeen;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How full the fullest thin pool of a node was when it was last looked at.
 *
 * @param data part of its space in use, from 0 to 1
 * @param metadata likewise, perhaps of another pool
 */
public record FullestPool(double data, double metadata) {

    private static final double PERCENT = 100.0;

    /** Empty for a node without thin pools. */
    static Optional<FullestPool> of(List<LvSeen> volumes) {
        List<LvSeen> pools = volumes.stream().filter(LvSeen::isThinPool).toList();
        return pools.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new FullestPool(fullest(pools, LvSeen::dataPercent), fullest(pools, LvSeen::metadataPercent)));
    }

    /** LVM says nothing of a pool that is not active; no brick on it takes a write. */
    private static double fullest(List<LvSeen> pools, Function<LvSeen, String> percent) {
        return pools.stream()
                        .map(percent)
                        .filter(text -> !text.isEmpty())
                        .mapToDouble(Double::parseDouble)
                        .max()
                        .orElse(0)
                / PERCENT;
    }
}

package bricklayer.brick;

import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.store.Rows;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Thin pools that hold the bricks of several volumes, as a volume and its clones. One brick's row answers for the pool's space. When that brick goes
 * and others stay, so does the pool, and one of them takes its place.
 */
public final class SharedPools {

    private SharedPools() {}

    /**
     * The rows that answer for the pools of bricks that are to be deleted, to be updated in the same write. Empty where the pools go, too.
     *
     * <p>An heir that another operation is removing is chosen all the same: that operation may fail, so the two must not run side by side.
     */
    public static List<Brick> heirs(Rows rows, List<Brick> going) {
        Set<BrickId> gone = going.stream().map(Brick::id).collect(Collectors.toSet());
        return going.stream()
                .filter(brick -> brick.poolKiB() > 0)
                .flatMap(brick -> heir(rows, brick, gone).stream())
                .toList();
    }

    private static Optional<Brick> heir(Rows rows, Brick brick, Set<BrickId> gone) {
        return rows.find(Brick.TABLE, Brick.BY_POOL, Brick.poolOn(brick.device(), brick.pool())).stream()
                .filter(other -> !gone.contains(other.id()))
                .min(Comparator.comparing(other -> other.id().value()))
                .map(other -> other.holding(brick.poolKiB(), brick.metadataKiB()));
    }
}

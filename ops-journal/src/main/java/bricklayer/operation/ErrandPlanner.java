package bricklayer.operation;

import bricklayer.store.Rows;
import java.util.Optional;

/** Knows what to do next for an {@link Errand}. */
@FunctionalInterface
public interface ErrandPlanner {

    /** For a server without errands. */
    ErrandPlanner NONE = (rows, errand, attempt) -> {
        throw new IllegalStateException("nobody plans " + errand.name());
    };

    /**
     * The next operation; empty when nothing is left to do. Runs inside a write transaction like {@link Planner#plan}. Its plan may change rows that the errand's operation
     * holds.
     *
     * @throws RowHeld when another operation stands in the way; it is asked again a little later
     * @throws RuntimeException to give the errand up: the message is the answer for its caller. What was done so far stays done
     */
    Optional<Plan> next(Rows rows, Errand errand, Attempt attempt);
}

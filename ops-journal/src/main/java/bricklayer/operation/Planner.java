package bricklayer.operation;

import bricklayer.store.Rows;

/** Decides what an operation will do. */
@FunctionalInterface
public interface Planner {

    /**
     * Runs inside the write transaction that begins the operation, so what it reads cannot change before the plan is recorded. Must be quick
     * and must not ask hosts. What it throws refuses the request and leaves nothing behind.
     */
    Plan plan(Rows rows, Attempt attempt);
}

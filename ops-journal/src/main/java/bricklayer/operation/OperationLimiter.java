package bricklayer.operation;

import java.util.concurrent.atomic.AtomicInteger;

/** Lets at most {@code limit} operations in; refuses the rest at once instead of queueing them. Thread-safe. */
final class OperationLimiter {

    private final int limit;
    private final AtomicInteger inFlight = new AtomicInteger();

    OperationLimiter(int limit) {
        this.limit = limit;
    }

    void enter() {
        if (!tryEnter()) {
            throw new TooManyOperations(limit);
        }
    }

    /** Whether there was a place. */
    boolean tryEnter() {
        // INVARIANT: inFlight is never above limit, also while somebody is being refused
        return inFlight.getAndUpdate(n -> n < limit ? n + 1 : n) < limit;
    }

    /** Refuses whoever would be refused now, and takes no place. */
    void refuseIfFull() {
        if (inFlight.get() >= limit) {
            throw new TooManyOperations(limit);
        }
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    int inFlight() {
        return inFlight.get();
    }
}

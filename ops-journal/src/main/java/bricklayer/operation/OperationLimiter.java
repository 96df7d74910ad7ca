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
        // INVARIANT: inFlight is never above limit, also while somebody is being refused
        int before = inFlight.getAndUpdate(n -> n < limit ? n + 1 : n);
        if (before >= limit) {
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

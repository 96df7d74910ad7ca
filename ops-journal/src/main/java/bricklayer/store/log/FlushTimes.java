package bricklayer.store.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long frames took to be written and flushed, and how long the one under way has taken so far. One thread reports, any thread asks; nobody waits. A disk that hangs
 * shows here first: readers go on, and writers only wait.
 */
public final class FlushTimes {

    /** Upper bounds in seconds: 0.5 ms is a disk with a cache that keeps its promises, 10 s one that is about to fail. */
    private static final List<Double> BOUNDS =
            List.of(0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 10.0);

    private static final double NANOS = 1e9;

    /** One more than bounds, for what is above all of them. */
    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.size() + 1);

    private final AtomicLong sumNanos = new AtomicLong();
    private volatile boolean running;
    private volatile long began;

    void begin() {
        began = System.nanoTime();
        running = true;
    }

    /** The one under way failed; it counts for nothing. */
    void failed() {
        running = false;
    }

    void end() {
        long took = System.nanoTime() - began;
        running = false;
        int bucket = 0;
        while (bucket < BOUNDS.size() && took > BOUNDS.get(bucket) * NANOS) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        sumNanos.addAndGet(took);
    }

    /** How long the flush under way has taken so far; empty while there is none. */
    public Optional<Duration> running() {
        long since = began;
        return running ? Optional.of(Duration.ofNanos(Math.max(0, System.nanoTime() - since))) : Optional.empty();
    }

    /**
     * All flushes since the store was opened.
     *
     * @param bounds upper bounds in seconds, ascending
     * @param counts how many took so long and longer than the bound before; one more than bounds
     */
    public record Distribution(List<Double> bounds, List<Long> counts, double sumSeconds) {

        public Distribution {
            bounds = List.copyOf(bounds);
            counts = List.copyOf(counts);
        }
    }

    /** For metrics; a flush that ends meanwhile may be in one figure and not yet in the other. */
    public Distribution distribution() {
        List<Long> now = new ArrayList<>();
        for (int bucket = 0; bucket < counts.length(); bucket++) {
            now.add(counts.get(bucket));
        }
        return new Distribution(BOUNDS, now, sumNanos.get() / NANOS);
    }
}

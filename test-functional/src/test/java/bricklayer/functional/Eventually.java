package bricklayer.functional;

import java.time.Duration;

/** Waiting for something that takes its time, but not for ever. */
public final class Eventually {

    /** Something that may become true. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws InterruptedException;
    }

    private Eventually() {}

    /** Fails when it does not become true in time. */
    public static void within(Duration longest, Duration pause, String what, Condition condition) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (!condition.holds()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("waited " + longest + " in vain until " + what);
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting until " + what, e);
        }
    }
}

package bricklayer.operation;

import java.time.Duration;
import java.util.List;

/** Where work runs. Real threads in a server; one after the other, in an order drawn from a seed, in a simulation. */
public interface Threads {

    /**
     * Runs all tasks, perhaps at the same time, and returns when each has ended. What the first failing one threw is thrown, with
     * the others' failures suppressed in it.
     */
    void all(List<Runnable> tasks);

    /** Runs a task beside the caller. What it throws ends in the log. */
    void start(String name, Runnable task);

    void sleep(Duration time) throws InterruptedException;
}

package bricklayer.operation;

import java.time.Duration;
import java.util.List;

/** One after the other, in the caller's thread, so that fault points have the same numbers in every run. */
public final class SequentialThreads implements Threads {

    @Override
    public void all(List<Runnable> tasks) {
        Failures failures = new Failures();
        tasks.forEach(failures::collect);
        failures.throwFirst();
    }

    @Override
    public void start(String name, Runnable task) {
        task.run();
    }

    @Override
    public void sleep(Duration time) {
        // time passes where the world says so
    }
}

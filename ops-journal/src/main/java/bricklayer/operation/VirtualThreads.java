package bricklayer.operation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A virtual thread a task. Tasks are never interrupted: a command that was sent is waited for, up to its deadline. */
public final class VirtualThreads implements Threads {

    private static final Logger LOG = LoggerFactory.getLogger(VirtualThreads.class);

    @Override
    public void all(List<Runnable> tasks) {
        if (tasks.size() == 1) {
            tasks.getFirst().run();
            return;
        }
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> running = tasks.stream().map(each::submit).toList();
            Failures failures = new Failures();
            for (Future<?> future : running) {
                failures.collect(() -> await(future));
            }
            failures.throwFirst();
        }
    }

    @Override
    public void start(String name, Runnable task) {
        Thread.ofVirtual()
                .name(name)
                .uncaughtExceptionHandler((thread, failure) -> LOG.error(
                        "thread={} ended by an unexpected failure; the rest goes on", thread.getName(), failure))
                .start(task);
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    private static void await(Future<?> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unchecked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
}

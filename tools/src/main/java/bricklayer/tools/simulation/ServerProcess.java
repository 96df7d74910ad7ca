package bricklayer.tools.simulation;

import bricklayer.operation.Failures;
import bricklayer.operation.Threads;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The threads of one server process: virtual threads that run when the scheduler lets them. Killed, it never runs again; what it held is garbage.
 *
 * <p>That a virtual thread can have a scheduler of its own is no public part of the JDK, hence the reflection; see {@link #isPossible}.
 */
final class ServerProcess implements Threads {

    private final Scheduler scheduler;
    private final Consumer<Throwable> fault;
    private final ThreadFactory factory;
    private boolean alive = true;

    /** @param fault told what a thread died of */
    ServerProcess(Scheduler scheduler, Consumer<Throwable> fault) {
        this.scheduler = scheduler;
        this.fault = fault;
        Executor turns = work -> {
            if (alive) {
                scheduler.ready(this, work);
            }
        };
        this.factory = builder(turns)
                .uncaughtExceptionHandler((thread, failure) -> fault.accept(failure))
                .factory();
    }

    /** Whether this JVM was started with what {@link #builder} needs. */
    static boolean isPossible() {
        try {
            builder(Runnable::run);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static Thread.Builder.OfVirtual builder(Executor turns) {
        try {
            Constructor<?> constructor = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return (Thread.Builder.OfVirtual) constructor.newInstance(turns);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "this JVM gives virtual threads no other scheduler; start it with --add-opens java.base/java.lang=ALL-UNNAMED",
                    e);
        }
    }

    ThreadFactory factory() {
        return factory;
    }

    boolean isAlive() {
        return alive;
    }

    void kill() {
        alive = false;
    }

    @Override
    public void all(List<Runnable> tasks) {
        if (tasks.size() == 1) {
            tasks.getFirst().run();
            return;
        }
        CountDownLatch left = new CountDownLatch(tasks.size());
        Failures failures = new Failures();
        for (Runnable task : tasks) {
            factory.newThread(() -> {
                        failures.collect(task);
                        left.countDown();
                    })
                    .start();
        }
        boolean interrupted = false;
        while (left.getCount() > 0) {
            try {
                left.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        failures.throwFirst();
    }

    @Override
    public void start(String name, Runnable task) {
        factory.newThread(() -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        fault.accept(e); // a server logs it and goes on; here nothing unexpected may pass unseen
                    }
                })
                .start();
    }

    /** Lets others go first, perhaps: a place where the order may change, or the process die. */
    @SuppressWarnings("ThreadPriorityCheck") // the scheduler is ours
    void pass() {
        Thread.yield();
    }

    /** Called by a thread of this process. */
    @Override
    public void sleep(Duration time) {
        boolean[] over = {false};
        Thread sleeper = Thread.currentThread();
        scheduler.after(time, () -> {
            over[0] = true;
            LockSupport.unpark(sleeper);
        });
        while (!over[0]) {
            LockSupport.park(this);
        }
    }
}

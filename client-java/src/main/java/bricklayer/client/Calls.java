package bricklayer.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls in threads of their own. */
final class Calls {

    private static final int THREADS_MAX = 32;
    private static final int WAITING_MAX = 10_000;
    private static final int IDLE_SECONDS = 10;

    private Calls() {}

    /** One for all clients: at most {@value #THREADS_MAX} daemon threads, gone when idle; at most {@value #WAITING_MAX} calls wait for one, more are rejected. */
    static Executor byDefault() {
        return Threads.SHARED;
    }

    private static final class Threads {

        private static final Executor SHARED = shared();

        private static Executor shared() {
            AtomicLong number = new AtomicLong();
            ThreadPoolExecutor threads = new ThreadPoolExecutor(
                    THREADS_MAX,
                    THREADS_MAX,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(WAITING_MAX),
                    work -> {
                        Thread thread = new Thread(work, "bricklayer-client-" + number.incrementAndGet());
                        thread.setDaemon(true);
                        return thread;
                    });
            threads.allowCoreThreadTimeOut(true);
            return threads;
        }
    }

    /**
     * Begins a call.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the executor has no room
     */
    static <T> CompletableFuture<T> begin(Executor threads, Supplier<T> call) {
        Call<T> future = new Call<>(call);
        threads.execute(future.work);
        return future;
    }

    /** Whoever ends it from outside, by cancelling or by a timeout, interrupts the thread that waits. */
    private static final class Call<T> extends CompletableFuture<T> {

        // of all futures this one alone never interrupts a thread that has gone on to something else
        private final FutureTask<@Nullable Void> work;

        Call(Supplier<T> call) {
            work = new FutureTask<>(
                    () -> {
                        try {
                            complete(call.get());
                        } catch (Throwable e) {
                            fail(e);
                        }
                    },
                    null);
        }

        private void fail(Throwable e) {
            super.completeExceptionally(e);
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean ended = super.cancel(mayInterrupt);
            work.cancel(true);
            return ended;
        }

        @Override
        public boolean completeExceptionally(Throwable why) {
            boolean ended = super.completeExceptionally(why);
            work.cancel(true);
            return ended;
        }
    }
}

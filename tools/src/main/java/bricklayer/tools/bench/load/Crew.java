package bricklayer.tools.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Clients with a connection each, at work at the same time. */
public final class Crew {

    /** One piece of work of one client. */
    public interface Task {
        /**
         * Does it.
         *
         * @param number of this piece, from 0
         */
        void run(Connection connection, int number) throws IOException;
    }

    private final Target target;
    private final int clients;

    public Crew(Target target, int clients) {
        this.target = target;
        this.clients = clients;
    }

    /**
     * Does each piece once, each client the next one that is left: a closed loop.
     *
     * @return how long it took, in nanoseconds
     * @throws LoadFailed when a piece fails; pieces that nobody has begun are left
     */
    public long each(int pieces, Task task) {
        AtomicInteger next = new AtomicInteger();
        return all((connection, client) -> {
            for (int number = next.getAndIncrement(); number < pieces; number = next.getAndIncrement()) {
                task.run(connection, number);
            }
        });
    }

    /** One piece of work that has its moment. */
    public interface Timed {
        /**
         * Does it.
         *
         * @param intended when it should have begun, as {@link System#nanoTime}: what its latency counts from
         */
        void run(Connection connection, int number, long intended) throws IOException;
    }

    /**
     * Begins a piece at each moment that the rate gives, whatever became of those before: an open loop. A piece that finds no client free begins late, and its latency still counts from when it should
     * have begun, or a server that stands still would be measured by those alone who did not wait for it (coordinated omission).
     *
     * @return how long it took, in nanoseconds
     */
    public long atRate(double perSecond, int pieces, Timed task) {
        long began = System.nanoTime();
        return each(pieces, (connection, number) -> {
            long intended = began + (long) (number * 1e9 / perSecond);
            for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            task.run(connection, number, intended);
        });
    }

    /**
     * Lets each client work once.
     *
     * @return how long it took, in nanoseconds
     */
    public long all(Task work) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        long began = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int client = i;
            threads.add(Thread.ofVirtual().name("client " + i).start(() -> {
                try (Connection connection = new Connection(target)) {
                    work.run(connection, client);
                } catch (IOException | RuntimeException e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LoadFailed("interrupted while clients are at work", e);
            }
        }
        Exception e = failure.get();
        if (e != null) {
            throw e instanceof LoadFailed failed ? failed : new LoadFailed("a client failed: " + e, e);
        }
        return System.nanoTime() - began;
    }
}

package bricklayer.tools.bench.load;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Creates and deletes volumes, each to its end. A server that holds back its answer until a job has ended is asked once; else a client looks after its job again when about half of what jobs took lately has gone by, and then sooner and sooner: often enough to know its end within
 * some per cent, seldom enough not to be the load itself. Thread-safe; a connection is its caller's.
 */
public final class Volumes {

    private static final long POLL_LEAST = 200_000;
    private static final long POLL_MOST = 50_000_000;
    private static final long HELD_LEAST = 50_000_000;
    private static final long BUSY_PAUSE = 5_000_000;

    private final String body;
    /** Whether the server answers when a job has ended rather than at once, so that there is no need to ask often. Taken for true until it is seen to be otherwise. */
    private volatile boolean heldBack = true;

    private final LongAdder polls = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicLong recentNanos = new AtomicLong(2_000_000);

    /**
     * @param cluster to make them in; empty for any
     */
    public Volumes(int gib, Optional<String> cluster) {
        this.body = "{\"size\":" + gib + ",\"durability\":{\"type\":\"replicate\",\"replicate\":{\"replica\":3}}"
                + cluster.map(id -> ",\"clusters\":[\"" + id + "\"]").orElse("") + "}";
    }

    /** How often jobs were asked after. */
    public long polls() {
        return polls.sum();
    }

    /** How often the server answered that it has enough to do. */
    public long refused() {
        return refused.sum();
    }

    /** Returns the id of a volume that is there. */
    public String create(Connection connection) throws IOException {
        return end(connection, begin(connection)).locationId();
    }

    /** Asks for a volume; returns where to ask after it, once the server has promised it. */
    public String begin(Connection connection) throws IOException {
        return accepted(connection, "POST", "/volumes", body);
    }

    public void delete(Connection connection, String id) throws IOException {
        end(connection, accepted(connection, "DELETE", "/volumes/" + id, ""));
    }

    /** Whatever else is a job: sends it, and waits for its end. */
    public Reply job(Connection connection, String method, String path, String content) throws IOException {
        return end(connection, accepted(connection, method, path, content));
    }

    private String accepted(Connection connection, String method, String path, String content) throws IOException {
        while (true) {
            Reply reply = connection.send(method, path, content);
            if (reply.status() == 202) {
                return reply.location().orElseThrow();
            }
            if (reply.status() != 429) {
                throw new LoadFailed(method + " " + path + " was answered " + reply.status() + ": "
                        + reply.text().strip());
            }
            refused.increment();
            LockSupport.parkNanos(BUSY_PAUSE);
        }
    }

    /** Waits for the end of a job. */
    public Reply end(Connection connection, String queue) throws IOException {
        long began = System.nanoTime();
        long pause = Math.clamp(recentNanos.get() / 2, POLL_LEAST, POLL_MOST);
        while (true) {
            if (!heldBack) {
                LockSupport.parkNanos(pause);
            }
            polls.increment();
            long asked = System.nanoTime();
            Reply reply = connection.get(queue);
            if (reply.pending() && System.nanoTime() - asked < HELD_LEAST) {
                heldBack = false;
            }
            if (!reply.pending() || reply.status() != 200) {
                long took = System.nanoTime() - began;
                recentNanos.accumulateAndGet(took, (old, now) -> old + (now - old) / 16);
                if (reply.status() >= 400) {
                    throw new LoadFailed("job " + queue + " ended " + reply.status() + ": "
                            + reply.text().strip());
                }
                return reply;
            }
            pause = Math.clamp((System.nanoTime() - began) / 16, POLL_LEAST, POLL_MOST);
        }
    }
}

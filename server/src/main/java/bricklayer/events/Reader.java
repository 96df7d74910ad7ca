package bricklayer.events;

import bricklayer.api.EventGap;
import bricklayer.api.WireJson;
import bricklayer.dump.Generation;
import bricklayer.http.EventConnection;
import bricklayer.store.Rows;
import bricklayer.store.Transition;
import bricklayer.store.log.LogTooShort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One stream, from its first event to its end. Nothing is queued for it: it takes what comes next from where it has come to, out of memory while it keeps up, else out of the log.
 */
final class Reader {

    private final PastWrites past;
    private final Recent recent;
    private final Semaphore pastTurns;
    private final AtomicLong pastReadings;
    private final EventSettings settings;
    private final Filter filter;
    private final EventConnection connection;
    private final long beganNs = System.nanoTime();

    private Position position;
    private long sentNs = System.nanoTime();
    private volatile long reached;
    private volatile long writingSinceNs; // 0 while it does not write
    private volatile boolean ended;

    Reader(
            PastWrites past,
            Recent recent,
            Semaphore pastTurns,
            AtomicLong pastReadings,
            EventSettings settings,
            Filter filter,
            EventConnection connection,
            Position begin) {
        this.past = past;
        this.recent = recent;
        this.pastTurns = pastTurns;
        this.pastReadings = pastReadings;
        this.settings = settings;
        this.filter = filter;
        this.connection = connection;
        this.position = begin;
        this.reached = begin.sequence();
    }

    /**
     * Sends until the reader goes away, {@link #end} is called, or the time is up.
     *
     * @param follow false: until all that is durable now was sent
     */
    void run(boolean follow) throws IOException, InterruptedException {
        long upTo = follow ? Long.MAX_VALUE : past.rows().sequence();
        send(("retry: " + settings.heartbeat().toMillis() / 10 + "\n").getBytes(StandardCharsets.UTF_8));
        refuseOtherRecords();
        sendPosition();
        try {
            while (goesOn() && position.next() <= upTo) {
                Recent.Next next = recent.next(position.next(), past.rows().sequence(), settings.heartbeat());
                switch (next) {
                    case Recent.Next.Here here -> here.slot().each(this::wants, this::hear);
                    case Recent.Next.Gone _ -> readPast();
                    case Recent.Next.NotYet _ -> {}
                }
                if (next instanceof Recent.Next.Here) {
                    passed(position.next());
                } else {
                    sendPosition();
                }
                flush();
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Ends the stream soon. */
    void end() {
        ended = true;
    }

    void cut(String why) {
        ended = true;
        connection.cut(why);
    }

    /** Whether it has been making no room for longer than this. */
    boolean stalledFor(Duration time) {
        long since = writingSinceNs;
        return since != 0 && System.nanoTime() - since > time.toNanos();
    }

    /** The last write of which it has seen everything that it wants. */
    long reached() {
        return reached;
    }

    private boolean goesOn() {
        return !ended && System.nanoTime() - beganNs < settings.longest().toNanos();
    }

    private void readPast() throws IOException, InterruptedException {
        if (!pastTurns.tryAcquire(settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
            return; // the position is sent as a sign of life, then it queues again
        }
        pastReadings.incrementAndGet();
        try {
            past.past(position.next() - 1, this::tell);
        } catch (LogTooShort gone) {
            gap(gone.oldest(), String.valueOf(gone.getMessage()));
        } finally {
            pastTurns.release();
        }
    }

    /** Whether more is wanted from the log. */
    private boolean tell(Transition write) {
        Told.each(write, this::wants, this::hear);
        try {
            passed(write.sequence());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return goesOn() && !recent.holds(write.sequence() + 1);
    }

    private boolean wants(Told.Ordered event) {
        return goesOn() && position.before(event.sequence(), event.ordinal()) && filter.fits(event.what());
    }

    private void hear(Told event) {
        try {
            send(event.frame());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        position = new Position(event.sequence(), event.ordinal(), position.records());
    }

    /** All of a write was told, unless the stream ended within it. */
    private void passed(long sequence) throws IOException {
        if (goesOn()) {
            position = Position.behind(sequence, records());
            reached = sequence;
            if (System.nanoTime() - sentNs > settings.heartbeat().toNanos()) {
                sendPosition(); // much happens, but nothing that is wanted
            }
        }
    }

    private void refuseOtherRecords() throws IOException {
        String records = records();
        if (!position.records().isEmpty() && !position.records().equals(records)) {
            gap(past.oldest(), "the position belongs to other records: these were restored or replaced since");
        } else if (position.sequence() > past.rows().sequence()) {
            gap(
                    past.oldest(),
                    "the records have come to transaction " + past.rows().sequence() + " only: were they restored?");
        }
        position = new Position(position.sequence(), position.ordinal(), records);
    }

    private void gap(long oldest, String reason) throws IOException {
        Position now = Position.behind(past.rows().sequence(), records());
        String data = WireJson.write(new EventGap(
                position.toString(),
                Position.behind(Math.min(oldest, now.sequence()), now.records()).toString(),
                now.toString(),
                reason,
                "read the objects anew (GET /clusters, /volumes, ...), then go on with the events that follow here"));
        position = now;
        reached = now.sequence();
        send(Told.frame(now.toString(), "gap", data));
    }

    /** Without data nobody is told anything, but a reader that comes again knows from where. */
    private void sendPosition() throws IOException {
        send(("id: " + position + "\n: here\n\n").getBytes(StandardCharsets.UTF_8));
        flush();
    }

    private String records() {
        Rows rows = past.rows();
        Optional<String> generation = Generation.of(rows);
        return Position.records(generation);
    }

    private void send(byte[] bytes) throws IOException {
        writingSinceNs = now();
        connection.write(bytes);
        writingSinceNs = 0;
        sentNs = System.nanoTime();
    }

    private void flush() throws IOException {
        writingSinceNs = now();
        connection.flush();
        writingSinceNs = 0;
    }

    /** Never 0. */
    private static long now() {
        long now = System.nanoTime();
        return now == 0 ? 1 : now;
    }
}

package bricklayer.events;

import bricklayer.dump.Generation;
import bricklayer.http.EventConnection;
import bricklayer.operation.Threads;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import bricklayer.store.StoreException;
import bricklayer.store.log.LogStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All streams of events: how many there may be, who has stalled, and their end. */
public final class EventStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final Duration COME_AGAIN = Duration.ofSeconds(5);
    private static final Duration LOOKED_AFTER_EVERY = Duration.ofMillis(500);

    private final PastWrites past;
    private final Recent recent;
    private final EventSettings settings;
    private final Threads threads;
    private final Semaphore pastTurns = new Semaphore(EventSettings.PAST_READERS_MAX, true);
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private final Semaphore places;
    private final AtomicLong cutOff = new AtomicLong();
    private final AtomicLong pastReadings = new AtomicLong();
    private volatile boolean closed;

    private EventStreams(PastWrites past, EventSettings settings, Threads threads) {
        this.past = past;
        this.settings = settings;
        this.threads = threads;
        this.recent = new Recent(settings.recentWritesMax(), settings.recentBytesMax());
        this.places = new Semaphore(settings.readersMax());
    }

    /** Listens to a store from now on. */
    public static EventStreams of(LogStore store, EventSettings settings, Threads threads) {
        EventStreams streams = new EventStreams(PastWrites.of(store), settings, threads);
        store.follow(streams.recent::add);
        threads.start("stalled event readers", streams::lookAfterReaders);
        return streams;
    }

    /** Takes a place for a stream. */
    Place place() {
        if (closed) {
            throw Problem.unavailable("The server is stopping").retryAfter(COME_AGAIN);
        }
        if (!places.tryAcquire()) {
            throw Problem.busy(COME_AGAIN)
                    .detail("readers", settings.readersMax())
                    .next("bricklayer.events.readers_max says how many streams of events there may be");
        }
        return new Place();
    }

    /** The right to one stream, given back when it is closed. */
    final class Place implements AutoCloseable {

        /** Sends until the stream ends. */
        void send(EventConnection connection, Optional<Position> after, Filter filter, boolean follow)
                throws IOException {
            Reader reader = new Reader(
                    past,
                    recent,
                    pastTurns,
                    pastReadings,
                    settings,
                    filter,
                    connection,
                    after.orElseGet(EventStreams.this::now));
            readers.add(reader);
            try {
                if (!closed) {
                    reader.run(follow);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (StoreException e) {
                LOG.warn("a stream of events ends, for the log cannot be read; its reader may come again", e);
            } finally {
                readers.remove(reader);
            }
        }

        @Override
        public void close() {
            places.release();
        }
    }

    private Position now() {
        Rows rows = past.rows();
        return Position.behind(rows.sequence(), Position.records(Generation.of(rows)));
    }

    private void lookAfterReaders() {
        try {
            while (!closed) {
                threads.sleep(LOOKED_AFTER_EVERY);
                readers.stream()
                        .filter(reader -> reader.stalledFor(settings.stalledAfter()))
                        .forEach(this::cutOff);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cutOff(Reader reader) {
        LOG.info(
                "a reader of events takes nothing since {} s and is cut off; it can come again and go on from write {}",
                settings.stalledAfter().toSeconds(),
                reader.reached());
        cutOff.incrementAndGet();
        reader.cut("the reader of events takes nothing");
        readers.remove(reader);
    }

    /** Streams that are open. */
    public int open() {
        return settings.readersMax() - places.availablePermits();
    }

    /** How many writes the slowest reader is behind. */
    public long lag() {
        long newest = past.rows().sequence();
        return readers.stream()
                .mapToLong(reader -> newest - reader.reached())
                .max()
                .orElse(0);
    }

    /** Readers that were cut off since the start. */
    public long cutOff() {
        return cutOff.get();
    }

    /** How often a reader that had fallen behind was sent events from the log since the start. */
    public long pastReadings() {
        return pastReadings.get();
    }

    /** Bytes of events kept for readers that keep up. */
    public long recentBytes() {
        return recent.bytes();
    }

    /** Writes kept for them. */
    public long recentWrites() {
        return recent.kept();
    }

    /** Ends all streams; those that are being written to a reader that makes no room are cut. */
    @Override
    public void close() {
        closed = true;
        readers.forEach(Reader::end);
        recent.close();
        readers.stream()
                .filter(reader -> reader.stalledFor(LOOKED_AFTER_EVERY))
                .forEach(reader -> reader.cut("the server stops"));
    }
}

package bricklayer.client;

import bricklayer.api.Event;
import bricklayer.api.EventGap;
import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Events, one after the other, without gap or repetition. When the connection is lost, or the server ends it, the stream connects again by itself and goes on where it was, for as long as the server does not stay away
 * longer than {@link Patience#reconnect}.
 *
 * <p>One thread reads; {@link #close} may be called from another, and ends the wait of the one that reads.
 */
public final class EventStream implements Iterator<Event>, AutoCloseable {

    /** The server gives a sign of life each ten seconds, unless it was told otherwise. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    private final Exchange exchange;
    private final EventQuery query;
    private final ServerSentEvents parser = new ServerSentEvents();
    private final Deque<ServerSentEvents.Block> blocks = new ArrayDeque<>();
    private String position;
    private volatile @Nullable Feed feed;
    private volatile boolean closed;
    private boolean ended;

    /** Connects. */
    EventStream(Exchange exchange, EventQuery query) {
        this.exchange = exchange;
        this.query = query;
        this.position = query.after();
        this.feed = exchange.open(query.path(), position);
        while (position.isEmpty() && blocks.isEmpty() && !ended) {
            receive(); // what happens once this has returned is told, whatever becomes of the connection
            skipWhatIsNoEvent();
        }
    }

    /**
     * Waits for the next event.
     *
     * @return false when the stream is closed, or all that was asked for was told
     * @throws ServerUnreachable when the server stays away, or the thread is interrupted
     * @throws RequestRefused when it does not let us in again
     */
    @Override
    public boolean hasNext() {
        while (true) {
            skipWhatIsNoEvent();
            if (closed || !blocks.isEmpty()) {
                return !closed;
            }
            if (ended) {
                return false;
            }
            receive();
        }
    }

    /**
     * The next event.
     *
     * @throws EventsMissed when some cannot be told; the call after it goes on behind them
     * @throws NoSuchElementException when {@link #hasNext} is false
     */
    @Override
    public Event next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream of events has ended");
        }
        ServerSentEvents.Block block = blocks.removeFirst();
        position = block.id();
        try {
            if (block.event().equals("gap")) {
                throw new EventsMissed(WireJson.read(block.data(), EventGap.class));
            }
            return WireJson.read(block.data(), Event.class);
        } catch (UnreadableJson e) {
            throw new UnexpectedAnswer("GET /events: cannot read an event: " + e.getMessage(), e);
        }
    }

    /** Where the stream is: behind the event that {@link #next} returned last, or further, where none was for us. {@link EventQuery#after} takes it, in another process as well. Empty at the very beginning. */
    public String position() {
        return position;
    }

    /** Ends the stream. */
    @Override
    public void close() {
        closed = true;
        Feed open = feed;
        if (open != null) {
            open.close();
        }
    }

    private void skipWhatIsNoEvent() {
        while (!blocks.isEmpty() && blocks.getFirst().data().isEmpty()) {
            position = blocks.removeFirst().id();
        }
    }

    private void receive() {
        Feed open = feed;
        try {
            if (open != null) {
                Iterable<ByteBuffer> bytes = open.next(SILENCE_MAX);
                if (bytes.iterator().hasNext()) {
                    bytes.forEach(part -> parser.take(part, blocks::addLast));
                    return;
                }
                if (!query.endless()) {
                    ended = parser.isBetweenBlocks(); // otherwise the connection was cut, and we ask for the rest
                }
            }
        } catch (IOException e) {
            // comes again below
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerUnreachable("GET /events: interrupted while waiting for events", e);
        }
        if (!closed && !ended) {
            connectAgain();
        }
    }

    private void connectAgain() {
        parser.reset();
        long lostNs = exchange.nanoTime();
        for (int tries = 0; !closed; tries++) {
            try {
                exchange.pauseBefore(tries);
                Feed open = exchange.open(query.path(), position);
                feed = open;
                if (closed) {
                    open.close();
                }
                return;
            } catch (ServerUnreachable | ServerBusy | ServerFailed e) {
                if (Thread.currentThread().isInterrupted() || exchange.isPatienceOver(lostNs)) {
                    throw e;
                }
            }
        }
    }
}

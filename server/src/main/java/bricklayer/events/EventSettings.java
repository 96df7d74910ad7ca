package bricklayer.events;

import java.time.Duration;

/**
 * Bounds of the event stream.
 *
 * @param readersMax more are answered 429
 * @param recentWritesMax writes kept in memory for readers that keep up
 * @param recentBytesMax their events together; one more write may be kept
 * @param heartbeat between two signs of life on a stream on which nothing happens
 * @param stalledAfter a reader that makes no room for so long is cut off
 * @param longest a stream ends after this; its reader comes again, with a new token
 */
public record EventSettings(
        int readersMax,
        int recentWritesMax,
        long recentBytesMax,
        Duration heartbeat,
        Duration stalledAfter,
        Duration longest) {

    /** Readers that read the log at the same time; others wait for their turn. */
    static final int PAST_READERS_MAX = 2;
}

package bricklayer.client;

import java.time.Duration;

/**
 * How long the client waits for what, and how often it repeats.
 *
 * @param connect for a connection
 * @param request for one answer; adding a node asks other nodes before it answers
 * @param operation for the end of an operation; after it the operation goes on without us
 * @param pollFirst before the second look at an operation; doubles from look to look
 * @param pollMax longest time between two looks
 * @param reconnect how long a server that was lost in the middle of an operation may stay away
 * @param lostRetries how often a request is repeated whose answer was lost
 * @param busyRetries how often a request is repeated that was refused with 429
 * @param busyFirst before the first repetition where the server does not say; doubles, and varies by half
 * @param busyMax longest wait after a 429, whatever the server says
 */
public record Patience(
        Duration connect,
        Duration request,
        Duration operation,
        Duration pollFirst,
        Duration pollMax,
        Duration reconnect,
        int lostRetries,
        int busyRetries,
        Duration busyFirst,
        Duration busyMax) {

    public static final Patience NORMAL = new Patience(
            Duration.ofSeconds(10),
            Duration.ofMinutes(3),
            Duration.ofHours(2),
            Duration.ofMillis(20),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            3,
            8,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30));

    /** For asking whether somebody is there: one try, soon given up. */
    public static final Patience PROBE = new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            NORMAL.pollFirst(),
            NORMAL.pollMax(),
            Duration.ZERO,
            0,
            0,
            NORMAL.busyFirst(),
            NORMAL.busyMax());

    /** The same, with no longer pauses than this between two looks at an operation. */
    public Patience withPollMax(Duration longest) {
        return new Patience(
                connect,
                request,
                operation,
                pollFirst,
                longest,
                reconnect,
                lostRetries,
                busyRetries,
                busyFirst,
                busyMax);
    }

    public Patience withOperation(Duration longest) {
        return new Patience(
                connect, request, longest, pollFirst, pollMax, reconnect, lostRetries, busyRetries, busyFirst, busyMax);
    }

    public Patience withReconnect(Duration longest) {
        return new Patience(
                connect, request, operation, pollFirst, pollMax, longest, lostRetries, busyRetries, busyFirst, busyMax);
    }
}

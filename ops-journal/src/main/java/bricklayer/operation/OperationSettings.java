package bricklayer.operation;

import java.time.Duration;

/**
 * The limits of the engine.
 *
 * @param maxInFlight operations that run at once for requests; one more is refused
 * @param maxRecovering open operations of earlier processes or attempts that are driven at once
 * @param firstRetry pause after the first failed attempt; doubles with each further one
 * @param longestRetry the pause never grows beyond this
 * @param cleanerPeriod how often the cleaner looks for something to drive
 * @param keepAnswers how long the answer of an ended operation can be read
 * @param maxAnswers how many answers are kept at most; the oldest go first
 */
public record OperationSettings(
        int maxInFlight,
        int maxRecovering,
        Duration firstRetry,
        Duration longestRetry,
        Duration cleanerPeriod,
        Duration keepAnswers,
        int maxAnswers) {

    public static final OperationSettings DEFAULTS = new OperationSettings(
            8, 16, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofHours(24), 10_000);

    public OperationSettings withMaxInFlight(int limit) {
        return new OperationSettings(
                limit, maxRecovering, firstRetry, longestRetry, cleanerPeriod, keepAnswers, maxAnswers);
    }

    public OperationSettings withAnswers(Duration keep, int most) {
        return new OperationSettings(maxInFlight, maxRecovering, firstRetry, longestRetry, cleanerPeriod, keep, most);
    }

    /** A ceiling can be lowered, and never raised: how soon records and hosts agree again after a failure depends on it. */
    public OperationSettings withLongestRetryAtMost(Duration most) {
        Duration longest = most.compareTo(longestRetry) < 0 ? most : longestRetry;
        return new OperationSettings(
                maxInFlight, maxRecovering, firstRetry, longest, cleanerPeriod, keepAnswers, maxAnswers);
    }

    Duration pauseAfter(int attempts) {
        Duration pause = firstRetry;
        for (int i = 1; i < attempts && pause.compareTo(longestRetry) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestRetry) < 0 ? pause : longestRetry;
    }
}

package bricklayer.executor.kube;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Spares something that does not answer, and those who would wait for it: after some failures in a row it refuses for a while, then lets one attempt
 * through, and refuses for twice as long if that fails, too. Thread-safe.
 */
final class Breaker {

    private final int failuresBefore;
    private final Duration firstPause;
    private final Duration longestPause;
    private final InstantSource clock;

    private int failures;
    private String why = "";
    private Instant closedUntil = Instant.MIN;
    private boolean trying;

    /**
     * @param failuresBefore how many in a row it takes
     */
    Breaker(int failuresBefore, Duration firstPause, Duration longestPause, InstantSource clock) {
        this.failuresBefore = failuresBefore;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.clock = clock;
    }

    /** Empty when an attempt may be made, whose outcome must then be told; else why none may. */
    synchronized Optional<String> refusal() {
        if (failures < failuresBefore) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (now.isBefore(closedUntil)) {
            long seconds = Duration.between(now, closedUntil).toSeconds() + 1;
            return Optional.of(
                    why + "; after " + failures + " failures in a row it is not tried again for " + seconds + " s");
        }
        if (trying) {
            return Optional.of(why + "; after " + failures + " failures in a row one attempt at a time is made");
        }
        trying = true;
        return Optional.empty();
    }

    synchronized void succeeded() {
        failures = 0;
        trying = false;
    }

    synchronized void failed(String reason) {
        failures++;
        trying = false;
        why = reason;
        int doublings = Math.clamp(failures - (long) failuresBefore, 0, 20);
        Duration pause = firstPause.multipliedBy(1L << doublings);
        closedUntil = clock.instant().plus(pause.compareTo(longestPause) > 0 ? longestPause : pause);
    }

    /** The attempt told nothing: somebody else may make the next one. */
    synchronized void undecided() {
        trying = false;
    }
}

package bricklayer.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often driving an open operation has failed, and what stood in its way.
 *
 * @param failures failed attempts so far
 * @param obstacle the last failure, with host, command and stderr; null before the first
 * @param notBefore when the next attempt is due; null for at once
 */
public record RetryState(
        int failures, @Nullable String obstacle, @Nullable Instant notBefore) {

    static final RetryState FIRST = new RetryState(0, null, null);

    RetryState failed(String why, Instant next) {
        return new RetryState(failures + 1, why, next);
    }

    RetryState dueNow() {
        return new RetryState(failures, obstacle, null);
    }

    boolean due(Instant now) {
        return notBefore == null || !notBefore.isAfter(now);
    }
}

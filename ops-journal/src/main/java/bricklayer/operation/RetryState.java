package bricklayer.operation;

import java.time.Instant;
import java.util.Optional;

/**
 * How often driving an open operation has failed, and what stood in its way.
 *
 * @param failures failed attempts so far
 * @param obstacle the last failure, with host, command and stderr; empty before the first
 * @param notBefore when the next attempt is due; empty for at once
 */
public record RetryState(int failures, Optional<String> obstacle, Optional<Instant> notBefore) {

    static final RetryState FIRST = new RetryState(0, Optional.empty(), Optional.empty());

    RetryState failed(String why, Instant next) {
        return new RetryState(failures + 1, Optional.of(why), Optional.of(next));
    }

    boolean due(Instant now) {
        return notBefore.filter(time -> time.isAfter(now)).isEmpty();
    }
}

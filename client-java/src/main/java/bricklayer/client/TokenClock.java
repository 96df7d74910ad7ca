package bricklayer.client;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The time that tokens are signed with: ours, or, when told so, ours moved by as much as the server's differs. What differs is seen from the {@code Date} of an
 * answer with status 401, and nothing is asked only to see it. Thread-safe.
 */
final class TokenClock {

    /** What answers say is whole seconds, and has been under way. */
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    private final TimeSource time;
    private final boolean followsServer;
    private volatile Duration ahead = Duration.ZERO;

    TokenClock(TimeSource time, boolean followsServer) {
        this.time = time;
        this.followsServer = followsServer;
    }

    Instant now() {
        return time.now().plus(ahead);
    }

    /**
     * Takes over the server's time if it was told to.
     *
     * @param refusal may be about the time of the token
     * @return whether tokens made from now on are of another time than that of the refused request
     */
    boolean corrects(Answer refusal) {
        if (!followsServer || apart(refusal).isEmpty()) {
            return false;
        }
        serverTime(refusal).ifPresent(server -> ahead = Duration.between(time.now(), server));
        return true;
    }

    /** How far the server's clock is before that of the tokens, if that is worth mentioning; negative when it is behind. */
    Optional<Duration> apart(Answer answer) {
        return serverTime(answer)
                .map(server -> Duration.between(now(), server))
                .filter(difference -> difference.abs().compareTo(TOLERANCE) > 0);
    }

    private static Optional<Instant> serverTime(Answer answer) {
        try {
            return answer.header("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

package bricklayer.executor.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private Instant now = Instant.parse("2026-11-21T03:00:00Z");
    private final Breaker breaker = new Breaker(2, Duration.ofSeconds(1), Duration.ofSeconds(3), () -> now);

    @Test
    void refusesAfterFailuresInARowOnly() {
        breaker.failed("no route");
        assertThat(breaker.refusal()).isEmpty();
        breaker.succeeded();
        breaker.failed("no route");
        assertThat(breaker.refusal()).isEmpty();
        breaker.failed("no route to host");

        assertThat(breaker.refusal()).get().asString().contains("no route to host", "2 failures", "for 2 s");
    }

    @Test
    void letsOneTryAfterAPauseAndAllWhenThatWorks() {
        fail(2);
        now = now.plusSeconds(1);

        assertThat(breaker.refusal()).isEmpty();
        assertThat(breaker.refusal()).get().asString().contains("one attempt at a time");
        breaker.succeeded();

        assertThat(breaker.refusal()).isEmpty();
        assertThat(breaker.refusal()).isEmpty();
    }

    @Test
    void whoeverLearnedNothingMakesRoomForTheNext() {
        fail(2);
        now = now.plusSeconds(1);
        assertThat(breaker.refusal()).isEmpty();
        breaker.undecided();

        assertThat(breaker.refusal()).isEmpty();
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToALimit() {
        fail(3);
        now = now.plusMillis(1_999);
        assertThat(breaker.refusal()).isPresent();
        now = now.plusMillis(1);
        assertThat(breaker.refusal()).isEmpty();
        fail(40);
        now = now.plusSeconds(3);
        assertThat(breaker.refusal()).isEmpty();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed("no route");
        }
    }
}

package bricklayer.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RepeatSettingsTest {

    private static final Repeats.Settings SAID = new Repeats.Settings(Duration.ofSeconds(5), Duration.ofMinutes(60));

    @Test
    void whoWaitsForAnAnswerThatIsHeldBackIsNotSilent() {
        assertThat(SAID.whereAnswersAreHeldBack(Duration.ofSeconds(10)))
                .isEqualTo(new Repeats.Settings(Duration.ofSeconds(20), Duration.ofMinutes(60)));
    }

    @Test
    void otherwiseItIsAsSaid() {
        assertThat(SAID.whereAnswersAreHeldBack(Duration.ofMillis(500))).isEqualTo(SAID);
        assertThat(SAID.whereAnswersAreHeldBack(Duration.ZERO)).isEqualTo(SAID);
    }
}

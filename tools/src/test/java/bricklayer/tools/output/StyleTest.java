package bricklayer.tools.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyleTest {

    @ParameterizedTest
    @CsvSource({
        "AUTO,   true,  '',   xterm, true",
        "AUTO,   false, '',   xterm, false",
        "AUTO,   true,  1,    xterm, false",
        "AUTO,   true,  '',   dumb,  false",
        "ALWAYS, false, 1,    dumb,  true",
        "NEVER,  true,  '',   xterm, false"
    })
    void coloursAreForTerminalsUnlessSomebodySaysOtherwise(
            Style.When when, boolean watched, String noColour, String terminal, boolean coloured) {
        assertThat(Style.of(
                                when,
                                watched,
                                Optional.of(noColour).filter(value -> !value.isEmpty()),
                                Optional.of(terminal))
                        .colour())
                .isEqualTo(coloured);
    }
}

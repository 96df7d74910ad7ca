package bricklayer.executor.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.executor.remote.RemoteCommand.Prefix;
import bricklayer.host.Command;
import bricklayer.host.Guard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact text that travels. */
class RemoteCommandTest {

    private static final Command LVS = Command.of(Duration.ofSeconds(30), "lvs", "vg_1/it's");

    @Test
    void aQuestion() {
        assertThat(text(RemoteCommand.ask(LVS, Prefix.DEADLINE)))
                .isEqualTo("LC_ALL=C exec 'timeout' '-k' '5' '30' 'lvs' 'vg_1/it'\\''s' </dev/null");
    }

    @Test
    void aQuestionAsRoot() {
        assertThat(text(RemoteCommand.ask(LVS, Prefix.SUDO_DEADLINE)))
                .isEqualTo("LC_ALL=C exec 'sudo' '-n' 'env' 'LC_ALL=C' 'timeout' '-k' '5' '30' 'lvs' 'vg_1/it'\\''s'"
                        + " </dev/null");
    }

    @Test
    void aChangeAsRootBelowAGuardOfTheLoginUser() {
        assertThat(text(RemoteCommand.change(new Guard("op-1.a"), LVS, Prefix.SUDO_DEADLINE)))
                .isEqualTo("LC_ALL=C exec 'sh' '-c' 'trap : HUP INT PIPE TERM; \"$@\"; exit $?' 'bricklayer-op-1.a:'"
                        + " 'sudo' '-n' 'env' 'LC_ALL=C' 'timeout' '-k' '5' '30' 'lvs' 'vg_1/it'\\''s' </dev/null");
    }

    @Test
    void settlingNeverHoldsTheMarkItLooksFor() {
        assertThat(text(RemoteCommand.settle(new Guard("op-1.a"), Duration.ofMinutes(15), Prefix.DEADLINE)))
                .contains("'900'", "'op-1.a'")
                .doesNotContain("bricklayer-op-1.a");
    }

    @Test
    void withoutADeadlineWhereTheNodeCannotKeepOne() {
        assertThat(text(RemoteCommand.ask(LVS, Prefix.NONE)))
                .isEqualTo("LC_ALL=C exec 'lvs' 'vg_1/it'\\''s' </dev/null");
    }

    @Test
    void deadlinesMayHaveFractions() {
        assertThat(text(RemoteCommand.ask(Command.of(Duration.ofMillis(1500), "true"), Prefix.DEADLINE)))
                .contains("'-k' '5' '1.5' 'true'");
    }

    @Test
    void refusesWhatNoProgramCanBeGiven() {
        assertThatThrownBy(() -> RemoteCommand.ask(Command.of(Duration.ofSeconds(1), "echo", "a\0b"), Prefix.DEADLINE))
                .hasMessageContaining("NUL");
        assertThatThrownBy(() -> RemoteCommand.ask(
                        Command.of(Duration.ofSeconds(1), "echo", "x".repeat(200_000)), Prefix.DEADLINE))
                .hasMessageContaining("200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash", "/bin/dash", "/bin/zsh", "/bin/ksh"})
    void everyShellReadsQuotedTextAsItWas(String shell) throws Exception {
        Assumptions.assumeTrue(new java.io.File(shell).canExecute(), shell + " is not installed here");
        String every =
                IntStream.rangeClosed(1, 127).mapToObj(Character::toString).collect(Collectors.joining());

        Process process = new ProcessBuilder(
                        List.of(shell, "-c", "printf %s " + RemoteCommand.quoted(every + "ä€😀'") + "; printf end"))
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(every + "ä€😀'end");
    }

    private static String text(RemoteCommand command) {
        return new String(command.text(), StandardCharsets.UTF_8);
    }
}

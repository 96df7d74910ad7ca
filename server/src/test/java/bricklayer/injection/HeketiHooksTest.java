package bricklayer.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.FaultRule;
import bricklayer.api.FaultRules;
import bricklayer.api.WireJson;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.HostName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Heketi's hooks do what they do in Heketi. */
class HeketiHooksTest {

    private final List<Duration> waited = new ArrayList<>();
    private final List<String> crashes = new ArrayList<>();
    private boolean ran;

    private CommandResult run(String commands, String results, String line, Exited real) {
        List<FaultRule> rules =
                HeketiHooks.rules(WireJson.read(commands, List.class), WireJson.read(results, List.class));
        Injection injection = new Injection(new FaultRules(1, rules), waited::add, crashes::add, () -> 1);
        return injection.around(new Sent(new HostName("n"), line, Duration.ofSeconds(1), Optional.empty()), () -> {
            ran = true;
            return real;
        });
    }

    private static final Exited REAL = new Exited(0, "real", "");

    @Test
    void aCommandHookAnswersInTheCommandsPlace() {
        assertThat(run("[{\"Cmd\": \"^lvs\", \"Reaction\": {\"Result\": \"fake\"}}]", "[]", "lvs -a", REAL))
                .isEqualTo(new Exited(0, "fake", ""));
        assertThat(ran).isFalse();
        assertThat(run("[{\"Cmd\": \"^lvs\", \"Reaction\": {\"Result\": \"fake\"}}]", "[]", "vgs", REAL))
                .isEqualTo(REAL);
    }

    @Test
    void anErrorSetsStatusAndStderrUnlessTheyAreSaid() {
        assertThat(run("[{\"Cmd\": \".*\", \"Reaction\": {\"Err\": \"bad\"}}]", "[]", "x", REAL))
                .isEqualTo(new Exited(1, "", "bad"));
        assertThat(run(
                        "[{\"Cmd\": \".*\", \"Reaction\": {\"Err\": \"bad\", \"ExitStatus\": 7, \"ErrOutput\": \"so\"}}]",
                        "[]",
                        "x",
                        REAL))
                .isEqualTo(new Exited(7, "", "so"));
        assertThat(run(
                        "[{\"Cmd\": \".*\", \"Reaction\": {\"Err\": \"bad\", \"ForceErrOutput\": true}}]",
                        "[]",
                        "x",
                        REAL))
                .isEqualTo(new Exited(1, "", ""));
        assertThat(run("[{\"Cmd\": \".*\", \"Reaction\": {\"ForceErr\": true}}]", "[]", "x", REAL))
                .isEqualTo(new Exited(1, "", ""));
    }

    @Test
    void aPauseWaitsAndAPanicEndsTheServer() {
        run("[{\"Cmd\": \".*\", \"Reaction\": {\"Pause\": 3, \"Panic\": \"boo\"}}]", "[]", "x", REAL);

        assertThat(waited).containsExactly(Duration.ofSeconds(3));
        assertThat(crashes).hasSize(1);
        assertThat(ran).isFalse();
    }

    @Test
    void aResultHookReplacesTheAnswerOfACommandThatRan() {
        String hook = "[{\"Cmd\": \"^vgs\", \"Result\": \"^re\", \"Reaction\": {\"Err\": \"bad\"}}]";

        assertThat(run("[]", hook, "vgs", REAL)).isEqualTo(new Exited(1, "", "bad"));
        assertThat(ran).isTrue();
        assertThat(run("[]", hook, "vgs", new Exited(0, "other", ""))).isEqualTo(new Exited(0, "other", ""));
        assertThat(run("[]", hook, "lvs", REAL)).isEqualTo(REAL);
    }

    @Test
    void namesWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> run(
                        "[{\"Cmd\": \"x\", \"Reaction\": {\"Explode\": true}}, {\"Kommand\": 1}, 5]",
                        "[{\"Cmd\": \"(\", \"Reaction\": {\"Pause\": \"long\"}}]",
                        "x",
                        REAL))
                .isInstanceOf(UnusableRules.class)
                .hasMessageContaining("commands[0].Reaction.Explode is not understood")
                .hasMessageContaining("commands[1].Kommand is not understood")
                .hasMessageContaining("commands[2] is not an object")
                .hasMessageContaining("results[0].Reaction.pause is not a whole number");
        assertThatThrownBy(() -> run("[{\"Cmd\": \"(\"}]", "[]", "x", REAL))
                .hasMessageContaining("heketi-commands-1")
                .hasMessageContaining("no regular expression");
    }
}

package bricklayer.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.FaultReport;
import bricklayer.fault.FaultPoint;
import bricklayer.fault.FaultPoint.Moment;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.CommandResult.Unknown;
import bricklayer.host.HostName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules meet, and what they do. */
class InjectionTest {

    private static final FaultPoint PIVOT = new FaultPoint("delete-volume/pivot", Moment.AFTER);

    private final List<Duration> waited = new ArrayList<>();
    private final List<String> crashes = new ArrayList<>();
    private int ran;

    private Injection with(String... rules) {
        return new Injection(
                RuleReader.read("{\"seed\": 7, \"rules\": [" + String.join(",", rules) + "]}"),
                waited::add,
                crashes::add,
                () -> 1);
    }

    private static Sent changing(String line) {
        return new Sent(
                new HostName("node2"),
                line,
                Duration.ofSeconds(60),
                Optional.of(new Origin("create-volume", "bricks", "mount-brick")));
    }

    private static Sent asking(String line) {
        return new Sent(new HostName("node2"), line, Duration.ofSeconds(60), Optional.empty());
    }

    private CommandResult send(Injection injection, Sent sent) {
        return injection.around(sent, () -> {
            ran++;
            return new Exited(0, "what it wrote", "");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'\"operation\": \"create-volume\"', true",
        "'\"operation\": \"create-*\"', true",
        "'\"operation\": \"create\"', false",
        "'\"operation\": \"delete-volume\"', false",
        "'\"stage\": \"bricks\"', true",
        "'\"stage\": \"volume\"', false",
        "'\"step\": \"mount-brick\"', true",
        "'\"step\": \"undo-mount-brick\"', false",
        "'\"node\": \"node2\"', true",
        "'\"node\": \"node3\"', false",
        "'\"command\": \"^mount .*vdb$\"', true",
        "'\"command\": \"umount\"', false",
        "'\"operation\": \"create-volume\", \"node\": \"node3\"', false",
        "'\"output\": \"it wrote\"', true",
        "'\"output\": \"it did not\"', false",
    })
    void meetsCommandsByWhatTheyAre(String match, boolean met) {
        Injection injection = with("{" + match + ", \"act\": \"lost-reply\"}");

        assertThat(send(injection, changing("mount /dev/vdb")) instanceof Unknown)
                .isEqualTo(met);
    }

    @Test
    void leavesQuestionsAloneUnlessTold() {
        assertThat(send(with("{\"command\": \"lvs\", \"act\": \"unreachable\"}"), asking("lvs")))
                .isInstanceOf(Exited.class);
        assertThat(send(with("{\"command\": \"lvs\", \"questions\": true, \"act\": \"unreachable\"}"), asking("lvs")))
                .isInstanceOf(NotSent.class);
    }

    @ParameterizedTest
    @CsvSource({
        "error, 0",
        "answer, 0",
        "hang, 0",
        "unreachable, 0",
        "lost-reply, 1",
        "garbage, 1",
        "truncated, 1",
        "crash, 0"
    })
    void runsTheCommandOnlyWhereItsWorkIsDone(String act, int times) {
        send(with("{\"command\": \".*\", \"act\": \"" + act + "\"}"), changing("x"));

        assertThat(ran).isEqualTo(times);
    }

    @Test
    void answersAsTold() {
        assertThat(send(
                        with("{\"command\": \".*\", \"act\": \"error\", \"status\": 5, \"stderr\": \"no room\"}"),
                        changing("x")))
                .isEqualTo(new Exited(5, "", "no room"));
        assertThat(send(with("{\"name\": \"n\", \"command\": \".*\", \"act\": \"error\"}"), changing("x")))
                .isEqualTo(new Exited(1, "", "injected by fault rule n"));
        assertThat(send(with("{\"command\": \".*\", \"act\": \"answer\", \"stdout\": \"[]\"}"), changing("x")))
                .isEqualTo(new Exited(0, "[]", ""));
        assertThat(send(with("{\"command\": \".*\", \"act\": \"truncated\"}"), changing("x")))
                .isEqualTo(new Exited(0, "what i", "", true));
        assertThat(send(with("{\"command\": \".*\", \"act\": \"garbage\"}"), changing("x")))
                .isInstanceOfSatisfying(Exited.class, answer -> {
                    assertThat(answer.status()).isZero();
                    assertThat(answer.out()).isNotEmpty().isNotEqualTo("what it wrote");
                });
    }

    @Test
    void hangsAsLongAsTheCommandMayTake() {
        assertThat(send(with("{\"command\": \".*\", \"act\": \"hang\"}"), changing("x")))
                .isInstanceOf(Unknown.class);
        assertThat(waited).containsExactly(Duration.ofSeconds(60));
    }

    @Test
    void delaysAndThenRuns() {
        assertThat(send(with("{\"command\": \".*\", \"act\": \"delay\", \"wait_ms\": 20}"), changing("x")))
                .isEqualTo(new Exited(0, "what it wrote", ""));
        assertThat(waited).containsExactly(Duration.ofMillis(20));
    }

    @Test
    void losesNoReplyOfWhatWasNeverSent() {
        Injection injection = with("{\"command\": \".*\", \"act\": \"lost-reply\"}");

        assertThat(injection.around(changing("x"), () -> new NotSent("no route")))
                .isInstanceOf(NotSent.class);
    }

    @Test
    void countsSkipsEveryAndTimes() {
        Injection injection =
                with("{\"command\": \".*\", \"act\": \"unreachable\", \"skip\": 2, \"every\": 3, \"times\": 2}");

        List<Integer> met = IntStream.rangeClosed(1, 20)
                .filter(n -> send(injection, changing("x")) instanceof NotSent)
                .boxed()
                .toList();

        assertThat(met).containsExactly(3, 6);
        FaultReport.InForce rule = injection.report().rules().getFirst();
        assertThat(rule.matched()).isEqualTo(20);
        assertThat(rule.acted()).isEqualTo(2);
        assertThat(injection.acted()).containsEntry("unreachable", 2L);
    }

    @Test
    void makesTheSameChoicesFromTheSameSeed() {
        List<List<Boolean>> runs = IntStream.range(0, 2)
                .mapToObj(run -> {
                    Injection injection = with("{\"command\": \".*\", \"act\": \"unreachable\", \"probability\": 0.3}");
                    return IntStream.range(0, 100)
                            .mapToObj(n -> send(injection, changing("x")) instanceof NotSent)
                            .toList();
                })
                .toList();

        assertThat(runs.getFirst()).isEqualTo(runs.getLast()).contains(true, false);
        assertThat(runs.getFirst().stream().filter(met -> met).count()).isBetween(15L, 45L);
    }

    @Test
    void theFirstRuleThatIsDueActs() {
        Injection injection = with(
                "{\"command\": \".*\", \"act\": \"unreachable\", \"times\": 1}",
                "{\"command\": \".*\", \"act\": \"lost-reply\"}");

        assertThat(send(injection, changing("x"))).isInstanceOf(NotSent.class);
        assertThat(send(injection, changing("x"))).isInstanceOf(Unknown.class);
    }

    @Test
    void isInForceWhileAFileIsThere(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("on");
        Injection injection = with("{\"command\": \".*\", \"act\": \"unreachable\", \"while_file\": \"" + file + "\"}");

        assertThat(send(injection, changing("x"))).isInstanceOf(Exited.class);
        Files.createFile(file);
        assertThat(send(injection, changing("x"))).isInstanceOf(NotSent.class);
    }

    @Test
    void actsAtPoints() {
        with("{\"point\": \"delete-volume/pivot:after\", \"act\": \"crash\"}").reach(PIVOT);
        assertThat(crashes).singleElement().asString().contains("delete-volume/pivot:after");

        Injection failing = with("{\"point\": \"*/pivot:*\", \"act\": \"error\", \"stderr\": \"disk full\"}");
        assertThatThrownBy(() -> failing.reach(PIVOT))
                .isInstanceOf(InjectedFault.class)
                .hasMessage("disk full");
        assertThatCode(() -> failing.reach(new FaultPoint("delete-volume/end", Moment.AFTER)))
                .doesNotThrowAnyException();
    }

    @Test
    void tellsThePointsThatWerePassed() {
        Injection injection = with();
        injection.reach(PIVOT);
        injection.reach(new FaultPoint("delete-volume/end", Moment.BEFORE));
        injection.reach(PIVOT);

        assertThat(injection.report().points())
                .containsExactly(
                        new FaultReport.Passed("delete-volume/pivot:after", 2),
                        new FaultReport.Passed("delete-volume/end:before", 1));
        assertThat(injection.report().seed()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rules\": [{\"comand\": \"x\", \"act\": \"error\"}]} | rule 1: there is no member \"comand\"",
                "{\"rules\": [{\"act\": \"error\"}]} | rule 1: it says nothing of what it meets",
                "{\"rules\": [{\"name\": \"n\", \"command\": \"x\", \"act\": \"explode\"}]} | rule 1 (n): act is \"explode\"",
                "{\"rules\": [{\"command\": \"(\", \"act\": \"error\"}]} | command is no regular expression",
                "{\"rules\": [{\"point\": \"x\", \"node\": \"n\", \"act\": \"error\"}]} | point stands alone",
                "{\"rules\": [{\"point\": \"x\", \"act\": \"garbage\"}]} | garbage is done to commands",
                "{\"rules\": [{\"output\": \"x\", \"act\": \"unreachable\"}]} | cannot be once there is output",
                "{\"rules\": [{\"operation\": \"x\", \"questions\": true, \"act\": \"error\"}]} | no operation in particular",
                "{\"rules\": [{\"command\": \"x\", \"act\": \"delay\"}]} | a delay needs wait_ms",
                "{\"rules\": [{\"command\": \"x\", \"act\": \"hang\", \"wait_ms\": -1}]} | wait_ms is -1",
                "{\"rules\": [{\"command\": \"x\", \"act\": \"hang\", \"probability\": 1.5}]} | probability is 1.5",
                "{\"rules\": [{\"command\": \"x\", \"act\": \"hang\", \"probability\": 0}]} | it never acts",
                "{\"rules\": [{\"command\": \"x\", \"act\": \"hang\", \"skip\": \"2\"}]} | skip",
                "{\"rules\": 5} | rules is missing, or not a list",
                "{} | rules is missing",
                "{\"rule\": []} | there is no member \"rule\"",
                "nonsense | nonsense",
            })
    void refusesWhatItDoesNotUnderstand(String json, String why) {
        assertThatThrownBy(() -> RuleReader.read(json))
                .isInstanceOf(UnusableRules.class)
                .hasMessageContaining(why);
    }

    @Test
    void keepsTheRulesThatWereWhenNewOnesAreRefused() {
        Injection injection = with("{\"command\": \".*\", \"act\": \"unreachable\"}");

        assertThatThrownBy(() -> injection.set(new bricklayer.api.FaultRules(
                        0,
                        List.of(bricklayer.api.WireJson.read("{\"act\":\"error\"}", bricklayer.api.FaultRule.class)))))
                .isInstanceOf(UnusableRules.class);
        assertThat(send(injection, changing("x"))).isInstanceOf(NotSent.class);
    }
}

package bricklayer.executor.remote;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.executor.remote.RemoteCommand.Prefix;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Guard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this machine's shell makes of commands that travel together, and what is read from its answer. */
class CommandsInTurnTest {

    private static final Guard GUARD = new Guard("op-1.a");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void allRunWithTheirArgumentsAsTheyAre() throws Exception {
        Path file = folder.resolve("it's \"a\" $file && n && b");

        List<CommandResult> results = run(
                shell("echo 1 >\"$1\"", file.toString()),
                Command.of(LIMIT, "sh", "-c", "echo chatter; echo 2 >>\"$1\"", "sh", file.toString()),
                shell("echo 3 >>\"$1\"", file.toString()));

        assertThat(results).hasSize(3).containsOnly(new Exited(0, "", ""));
        assertThat(file).hasContent("1\n2\n3\n");
    }

    @Test
    void theOneThatFailedTellsItsStatusAndWhatItSaidAndNoneBehindItRuns() throws Exception {
        List<CommandResult> results = run(
                shell("echo first; printf 'a warning without an end' >&2"),
                shell("echo on out; echo why >&2; exit 5"),
                shell("touch \"$1\"", folder.resolve("third").toString()));

        assertThat(results).hasSize(2);
        assertThat(results.getFirst()).isEqualTo(new Exited(0, "", ""));
        assertThat(results.getLast()).isEqualTo(new Exited(5, "on out\n", "why\n"));
        assertThat(folder.resolve("third")).doesNotExist();
    }

    @Test
    void aProgramThatIsNotThereIsTheOneThatFailed() throws Exception {
        List<CommandResult> results =
                run(shell("true"), shell("true"), Command.of(LIMIT, "no-such-program-of-bricklayer", "x"));

        assertThat(results).hasSize(3);
        assertThat(results.getLast()).isInstanceOfSatisfying(Exited.class, exited -> {
            assertThat(exited.status()).isEqualTo(127);
            assertThat(exited.err()).contains("no-such-program-of-bricklayer");
        });
    }

    @Test
    void whereTheShellItselfIsRefusedNothingRan() {
        CommandsInTurn together = together(shell("true"), shell("true"));

        assertThat(together.results(new Exited(1, "", "sudo: a password is required\n")))
                .containsExactly(new Exited(1, "", "sudo: a password is required\n"));
    }

    @Test
    void anAnswerThatDoesNotTellWhichOneFailedIsNotGuessedAt() {
        CommandsInTurn together = together(shell("true"), shell("true"));
        String next = "\n" + CommandsInTurn.NEXT + "\n";

        assertThat(together.results(new Exited(1, next + next + "cut", next, true)))
                .singleElement()
                .isInstanceOf(CommandResult.Unknown.class);
        assertThat(together.results(new Exited(1, next + next + next, next + next + next)))
                .singleElement()
                .isInstanceOf(CommandResult.Unknown.class);
        assertThat(together.results(new Exited(1, next + next, next)))
                .singleElement()
                .isInstanceOf(CommandResult.Unknown.class);
    }

    @Test
    void theDeadlineIsThatOfTheLongestAndEndsTheRest() throws Exception {
        CommandsInTurn together = CommandsInTurn.of(
                        GUARD,
                        List.of(
                                Command.of(Duration.ofMillis(100), "true"),
                                Command.of(Duration.ofMillis(300), "sleep", "600"),
                                Command.of(
                                        Duration.ofMillis(100),
                                        "touch",
                                        folder.resolve("late").toString())),
                        Prefix.DEADLINE)
                .orElseThrow();
        assertThat(together.sent().deadline()).isEqualTo(Duration.ofMillis(300));

        assertThat(together.results(sent(together))).singleElement().isInstanceOf(CommandResult.Unknown.class);
        assertThat(folder.resolve("late")).doesNotExist();
    }

    @Test
    void theyRunBelowTheGuardAllTheTime() throws Exception {
        Path seen = folder.resolve("seen");
        String look = "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' | grep -cx 'bricklayer-op-1.a:' >>\"$1\"";

        assertThat(run(shell(look, seen.toString()), shell(look, seen.toString())))
                .hasSize(2);

        assertThat(Files.readAllLines(seen))
                .hasSize(2)
                .allSatisfy(count -> assertThat(Integer.parseInt(count)).isPositive());
    }

    @Test
    void oneAloneAndVeryLongOnesTravelAlone() {
        assertThat(CommandsInTurn.of(GUARD, List.of(shell("true")), Prefix.DEADLINE))
                .isEmpty();
        Command longOne = Command.of(LIMIT, "echo", "x".repeat(20_000));
        assertThat(CommandsInTurn.of(GUARD, List.of(longOne, longOne), Prefix.DEADLINE))
                .isEmpty();
    }

    private static Command shell(String script, String... arguments) {
        String[] argv = new String[arguments.length + 4];
        System.arraycopy(new String[] {"sh", "-c", script, "sh"}, 0, argv, 0, 4);
        System.arraycopy(arguments, 0, argv, 4, arguments.length);
        return Command.of(LIMIT, argv);
    }

    private static CommandsInTurn together(Command... commands) {
        return CommandsInTurn.of(GUARD, Arrays.asList(commands), Prefix.DEADLINE)
                .orElseThrow();
    }

    private static List<CommandResult> run(Command... commands) throws Exception {
        CommandsInTurn together = together(commands);
        return together.results(sent(together));
    }

    private static CommandResult sent(CommandsInTurn together) throws IOException, InterruptedException {
        RemoteCommand command = together.sent();
        Process shell = new ProcessBuilder("sh", "-c", new String(command.text(), StandardCharsets.UTF_8)).start();
        CappedOutput out = read(shell.getInputStream());
        CappedOutput err = read(shell.getErrorStream());
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return command.ended(shell.exitValue(), out, err);
    }

    /** Little enough to fit in a pipe, so one after the other. */
    private static CappedOutput read(InputStream from) throws IOException {
        CappedOutput output = new CappedOutput(100_000, () -> {});
        from.transferTo(output);
        return output;
    }
}

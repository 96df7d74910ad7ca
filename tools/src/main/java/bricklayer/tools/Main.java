package bricklayer.tools;

import bricklayer.client.TimeSource;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The way into the {@code bricklayer} program, for people and for the server. */
public final class Main {

    private static final String HEKETI_CLI = "heketi-cli";

    private Main() {}

    /** Most commands need no random numbers, and what makes good ones is slow to begin with. */
    private static final class Chance implements RandomGenerator {

        private @Nullable SecureRandom source;

        @Override
        public synchronized long nextLong() {
            if (source == null) {
                source = new SecureRandom();
            }
            return source.nextLong();
        }
    }

    public static void main(String[] args) {
        int status =
                run(surroundings(System.getenv(), new PrintWriter(System.out, true, StandardCharsets.UTF_8)), args);
        // the server goes on in threads of its own, so success must not end the process
        if (status != 0) {
            System.exit(status);
        }
    }

    static Surroundings surroundings(Map<String, String> environment, PrintWriter out) {
        return new Surroundings(
                environment,
                Path.of("").toAbsolutePath(),
                System.getProperty("bricklayer.launcher", ""),
                System.getProperty("bricklayer.called", "").equals(HEKETI_CLI),
                new ConsoleTerminal(environment),
                out,
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                TimeSource.SYSTEM,
                new Chance());
    }

    /** Runs a command and returns its exit status. */
    static int run(Surroundings surroundings, String... args) {
        if (args.length > 0 && args[0].equals(Completion.COMMAND)) {
            Completion.of(surroundings, List.of(args).subList(1, args.length)).forEach(surroundings.out()::println);
            return CommandLine.ExitCode.OK;
        }
        OptionalInt ended = Shortcut.run(surroundings, args);
        if (ended.isPresent()) {
            return ended.getAsInt();
        }
        CommandLine named = set(Commands.named(surroundings, args), surroundings);
        return (Commands.areEnough(named, args) ? named : commandLine(surroundings)).execute(args);
    }

    /** With all commands. */
    static CommandLine commandLine(Surroundings surroundings) {
        return set(Commands.all(surroundings), surroundings);
    }

    static CommandLine set(CommandLine commands, Surroundings surroundings) {
        Failures failures = new Failures(surroundings.asHeketi());
        CommandLine commandLine = commands.setOut(surroundings.out())
                .setErr(surroundings.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                // the user of that name is none of the commands
                .setAllowSubcommandsAsOptionParameters(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(failures::misused)
                .setExecutionExceptionHandler(failures::failed);
        if (surroundings.asHeketi()) {
            commandLine.setCommandName(HEKETI_CLI);
        }
        Output.letAllTake(commandLine);
        if (!surroundings.asHeketi()) {
            Waiting.letChangesTake(commandLine);
        }
        return commandLine;
    }
}

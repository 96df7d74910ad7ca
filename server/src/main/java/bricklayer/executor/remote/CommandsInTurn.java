package bricklayer.executor.remote;

import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Guard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Changes of one lane that travel as one command. A shell on the node runs them in turn up to the first that fails, and says on both outputs which one comes, so that it is known which one failed and
 * what it said. Pure.
 *
 * <p>All of them have one deadline, the longest among them: whoever waits for a command of a guard waits no longer than for a single one. When the connection is lost the shell ends before the next command,
 * or goes on to the last; the guard stands for all.
 *
 * @param sent what travels
 */
public record CommandsInTurn(List<Command> commands, RemoteCommand sent) {

    /** Comes alone on a line, which no program is known to say. */
    public static final String NEXT = "bricklayer-next-command";

    private static final String SAY_NEXT = "n() { printf '\\n%s\\n' \"$0\"; printf '\\n%s\\n' \"$0\" >&2; }; ";

    /** A command grows by the quotes around its quotes; what is longer than this goes alone. */
    private static final int LENGTH_MAX = 16 * 1024;

    /** Empty where they cannot travel together. */
    public static Optional<CommandsInTurn> of(Guard guard, List<Command> commands, RemoteCommand.Prefix prefix) {
        int length = commands.stream()
                .flatMap(command -> command.argv().stream())
                .mapToInt(String::length)
                .sum();
        if (commands.size() < 2 || length > LENGTH_MAX) {
            return Optional.empty();
        }
        Duration longest = commands.stream()
                .map(Command::deadline)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        String script = SAY_NEXT
                + commands.stream().map(command -> "n && " + words(command)).collect(Collectors.joining(" && "));
        return Optional.of(new CommandsInTurn(
                List.copyOf(commands),
                RemoteCommand.change(guard, Command.of(longest, "sh", "-c", script, NEXT), prefix)));
    }

    private static String words(Command command) {
        return command.argv().stream().map(RemoteCommand::quoted).collect(Collectors.joining(" "));
    }

    /** What came of each that began, from what came of the whole. */
    public List<CommandResult> results(CommandResult whole) {
        if (!(whole instanceof Exited exited)) {
            return List.of(whole);
        }
        if (exited.status() == 0) {
            return Collections.nCopies(commands.size(), new Exited(0, "", ""));
        }
        String[] out = pieces(exited.out());
        String[] err = pieces(exited.err());
        if (exited.truncated() || out.length != err.length || out.length - 1 > commands.size()) {
            return List.of(new CommandResult.Unknown("one of " + commands.size()
                    + " commands that were sent together ended with status " + exited.status()
                    + ", and its answer does not tell which: " + exited.err().strip()));
        }
        List<CommandResult> results =
                new ArrayList<>(Collections.nCopies(Math.max(0, out.length - 2), new Exited(0, "", "")));
        results.add(new Exited(exited.status(), out[out.length - 1], err[err.length - 1]));
        return results;
    }

    /** Before the first line that says which one comes, and behind each. */
    private static String[] pieces(String said) {
        return said.split("\n" + NEXT + "\n", -1);
    }
}

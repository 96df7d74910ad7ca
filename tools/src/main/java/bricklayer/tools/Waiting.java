package bricklayer.tools;

import bricklayer.client.BricklayerClient;
import bricklayer.client.OperationWatcher;
import bricklayer.client.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What a command does while the operation that it asked for is under way: wait and show how far it is, wait in silence, or not wait. */
final class Waiting {

    private static final String WAIT = "--wait";
    private static final String WATCH = "--watch";
    private static final String NO_WAIT = "--no-wait";

    /** Commands whose change takes its time, by their own names. */
    private static final Set<String> CHANGES = Set.of(
            "create",
            "expand",
            "delete",
            "clone",
            "add",
            "enable",
            "disable",
            "remove",
            "evict",
            "resync",
            "execute",
            "setrestriction");

    /** Groups whose changes are answered at once, or that have flags of their own. */
    private static final Set<String> AT_ONCE = Set.of("cluster", "admin", "server");

    /** Looks often enough for a picture that moves. */
    private static final Patience WATCHING = Patience.NORMAL.withPollMax(Duration.ofMillis(250));

    private final ClientCommand command;
    private final boolean watch;
    private final boolean noWait;

    private Waiting(ClientCommand command, boolean watch, boolean noWait) {
        this.command = command;
        this.watch = watch;
        this.noWait = noWait;
    }

    /** Gives the flags to the commands that change something on nodes. */
    static void letChangesTake(CommandLine command) {
        if (AT_ONCE.contains(command.getCommandName())) {
            return;
        }
        if (command.getCommand() instanceof ClientCommand && CHANGES.contains(command.getCommandName())) {
            options().stream()
                    .filter(option -> !command.getCommandSpec().optionsMap().containsKey(option.longestName()))
                    .forEach(command.getCommandSpec()::addOption);
        }
        command.getSubcommands().values().forEach(Waiting::letChangesTake);
    }

    private static List<OptionSpec> options() {
        return List.of(
                flag(WAIT, "Wait for the end and show nothing until then; the default without a terminal."),
                flag(
                        WATCH,
                        "Show how far it is, by node, on standard error; the default on a terminal. Elsewhere a line for each change."),
                flag(NO_WAIT, "Print the id of the operation and leave it to the server."));
    }

    private static OptionSpec flag(String name, String about) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(about)
                .build();
    }

    /** Whether it is one of these flags; the page that lists all commands names them once. */
    static boolean isOne(OptionSpec option) {
        return options().stream()
                .anyMatch(own -> own.longestName().equals(option.longestName())
                        && own.description()[0].equals(
                                option.description().length == 0 ? "" : option.description()[0]));
    }

    /** As the arguments say. */
    static Waiting of(ClientCommand command, CommandLine line) {
        boolean takes = line.getCommandSpec().optionsMap().containsKey(NO_WAIT);
        boolean waits = given(line, WAIT);
        boolean watches = given(line, WATCH);
        boolean leaves = given(line, NO_WAIT);
        if (takes && (waits ? 1 : 0) + (watches ? 1 : 0) + (leaves ? 1 : 0) > 1) {
            throw command.misuse(WAIT + ", " + WATCH + " and " + NO_WAIT + " exclude each other");
        }
        boolean onTerminal = command.root().surroundings().terminal().watched()
                && !command.root().surroundings().asHeketi();
        return new Waiting(command, takes && (watches || (onTerminal && !waits)), takes && leaves);
    }

    private static boolean given(CommandLine line, String flag) {
        return line.getParseResult().hasMatchedOption(flag);
    }

    void run(Consumer<BricklayerClient> command) {
        if (noWait) {
            try {
                command.accept(this.command.root().client(new Leaving(), Patience.NORMAL));
            } catch (Left left) {
                this.command.say("%s", left.operation);
            }
        } else if (watch) {
            BricklayerClient asking = this.command.root().client();
            Surroundings around = this.command.root().surroundings();
            command.accept(this.command.root().client(new ProgressView(asking::pendingOperation, around), WATCHING));
        } else {
            command.accept(this.command.root().client());
        }
    }

    /** Ends the wait as soon as there is something to wait for. */
    private static final class Leaving implements OperationWatcher {
        @Override
        public void accepted(String operation) {
            throw new Left(operation);
        }
    }

    /** The operation goes on without us. */
    private static final class Left extends RuntimeException {

        private final String operation;

        Left(String operation) {
            super(operation, null, false, false);
            this.operation = operation;
        }
    }
}

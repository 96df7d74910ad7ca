package bricklayer.tools;

import bricklayer.api.AbandonedOperationList;
import bricklayer.api.OperationInfo;
import bricklayer.api.OperationsCleanupRequest;
import bricklayer.api.OperationsInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.PendingOperationDetails;
import bricklayer.api.PendingOperationList;
import bricklayer.client.BricklayerClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "server",
        description = "Runs the server in the foreground until SIGTERM or SIGINT; its subcommands ask a running one.",
        footerHeading = Examples.HEADING,
        footer = Examples.SERVER,
        subcommands = {
            ServerCommand.Operations.class,
            ServerCommand.Mode.class,
            ServerCommand.State.class,
            ServerFaults.class
        })
final class ServerCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration in the format of Heketi's heketi.json.")
    private @Nullable String config;

    @Option(names = "--disable-auth", description = "Let everybody do everything.")
    private boolean authDisabled;

    @Option(
            names = "--allow-fault-injection",
            description = "Let an administrator make things go wrong on purpose. Never where data counts.")
    private boolean faultsAllowed;

    @Override
    public void run() {
        if (config == null
                && ((RootCommand) spec.root().userObject()).surroundings().asHeketi()) {
            spec.commandLine().usage(spec.commandLine().getOut());
            return;
        }
        if (config == null) {
            throw new ParameterException(spec.commandLine(), "Please provide configuration file: --config FILE");
        }
        List<String> args = new ArrayList<>(List.of("--config", config));
        if (authDisabled) {
            args.add("--disable-auth");
        }
        if (faultsAllowed) {
            args.add("--allow-fault-injection");
        }
        bricklayer.main.Main.main(args.toArray(String[]::new));
    }

    @Command(
            name = "operations",
            description = "Operations of the server that have not ended.",
            subcommands = {
                OperationsInfoCommand.class,
                OperationsList.class,
                OperationsCleanup.class,
                OperationsShow.class,
                OperationsAbandoned.class,
                OperationsResume.class,
                OperationsUndo.class,
                OperationsAbandon.class
            })
    static final class Operations extends Group {}

    @Command(name = "info", description = "Shows how many operations are in which state, or one with what it changes.")
    static final class OperationsInfoCommand extends ClientCommand {

        @Parameters(paramLabel = "ID", arity = "0..1", description = "The operation's id; default: counts them.")
        private @Nullable String id;

        @Mixin
        private final Output output = Output.notInHeketi();

        @Override
        void run(BricklayerClient client) {
            if (id == null) {
                show(client.operations());
            } else {
                show(client.pendingOperation(id));
            }
        }

        private void show(OperationsInfo info) {
            show(output, info, () -> text(info));
        }

        private void text(OperationsInfo info) {
            say("Operation Counts:");
            say("  Total: %d", info.total());
            say("  In-Flight: %d", info.inFlight());
            say("  New: %d", info.fresh());
            say("  Failed: %d", info.failed());
            say("  Stale: %d", info.stale());
        }

        private void show(PendingOperationDetails operation) {
            show(output, operation, () -> text(operation));
        }

        private void text(PendingOperationDetails operation) {
            say("");
            say("Id: %s", operation.id());
            say("Type: %s", operation.typeName());
            say("Status: %s %s", status(operation.status()), operation.subStatus());
            say("Changes:");
            for (PendingOperationDetails.Change change : operation.changes()) {
                say("    %s: %s", change.description(), change.id());
            }
        }
    }

    @Command(name = "list", description = "Lists the operations that have not ended.")
    static final class OperationsList extends ClientCommand {

        @Mixin
        private final Output output = Output.notInHeketi();

        @Override
        void run(BricklayerClient client) {
            List<PendingOperation> operations = client.pendingOperations();
            list(
                    output,
                    () -> new PendingOperationList(operations),
                    () -> Listings.operations(operations),
                    () -> text(operations));
        }

        private void text(List<PendingOperation> operations) {
            for (PendingOperation operation : operations) {
                say(
                        "Id:%s  Type:%s  Status:%s %s",
                        operation.id(), operation.typeName(), status(operation.status()), operation.subStatus());
            }
        }
    }

    static String status(String status) {
        return status.isEmpty() ? "New" : status;
    }

    @Command(name = "cleanup", description = "Has the server end operations that are stale or failed.")
    static final class OperationsCleanup extends ClientCommand {

        @Parameters(paramLabel = "ID", arity = "0..*", description = "Their ids; default all.")
        private List<String> ids = new ArrayList<>();

        @Override
        void run(BricklayerClient client) {
            client.cleanUpOperations(new OperationsCleanupRequest(ids));
            note("The server has tried to end them.");
            note("It does not say which of them did end.");
            note("Those that did not are still listed by: server operations list");
        }
    }

    /** What is done with one operation, and shows it as it is then. */
    abstract static class OneOperation extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The operation's id.")
        private String id = "";

        @Mixin
        private final Output output = new Output();

        abstract OperationInfo ask(BricklayerClient client, String operation);

        @Override
        final void run(BricklayerClient client) {
            OperationInfo operation = ask(client, id);
            show(output, operation, () -> text(operation));
        }

        private void text(OperationInfo operation) {
            say("Id: %s", operation.id());
            say("Type: %s", operation.typeName());
            say("State: %s", operation.state());
            sayUnlessEmpty("Error", operation.error());
            sayUnlessEmpty("Result", operation.resource());
            sayUnlessEmpty("Obstacle", operation.obstacle());
            sayUnlessEmpty("Records", operation.records());
            for (OperationInfo.Leftover left : operation.leftovers()) {
                say("Left on %s: %s (%s)", String.join(" or ", left.hosts()), left.step(), left.seen());
                left.commands().forEach(command -> say("    %s", command));
            }
        }

        private void sayUnlessEmpty(String name, String value) {
            if (!value.isEmpty()) {
                say("%s: %s", name, value);
            }
        }
    }

    @Command(
            name = "show",
            description =
                    "Shows one operation, open or ended; of an abandoned one, what it may have left on which node.")
    static final class OperationsShow extends OneOperation {
        @Override
        OperationInfo ask(BricklayerClient client, String operation) {
            return client.operation(operation);
        }
    }

    @Command(
            name = "resume",
            description = {
                "Has the server try an open operation now instead of when its pause is over,",
                "or take up an abandoned one again and put right what it left."
            })
    static final class OperationsResume extends OneOperation {
        @Override
        OperationInfo ask(BricklayerClient client, String operation) {
            return client.resumeOperation(operation);
        }
    }

    @Command(
            name = "undo",
            description = {
                "Has the server take an open operation back, even one that was to go on.",
                "Refused when a step is done that cannot be taken back."
            })
    static final class OperationsUndo extends OneOperation {
        @Override
        OperationInfo ask(BricklayerClient client, String operation) {
            return client.undoOperation(operation);
        }
    }

    @Command(
            name = "abandon",
            description = {
                "Has the server end an open operation where it stands, for a node that never comes back.",
                "Shows what may be left on which node, and the commands that would put it right."
            })
    static final class OperationsAbandon extends OneOperation {
        @Override
        OperationInfo ask(BricklayerClient client, String operation) {
            return client.abandonOperation(operation);
        }
    }

    @Command(
            name = "abandoned",
            description = "Lists the operations that were abandoned and may have left something on nodes.")
    static final class OperationsAbandoned extends ClientCommand {

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            List<OperationInfo> operations = client.abandonedOperations();
            list(
                    output,
                    () -> new AbandonedOperationList(operations),
                    () -> Listings.abandoned(operations),
                    () -> text(operations));
        }

        private void text(List<OperationInfo> operations) {
            for (OperationInfo operation : operations) {
                say(
                        "Id:%s  Type:%s  Left:%d",
                        operation.id(),
                        operation.typeName(),
                        operation.leftovers().size());
            }
        }
    }

    @Command(
            name = "mode",
            description = "From whom the server takes changes.",
            subcommands = {ModeGet.class, ModeSet.class})
    static final class Mode extends Group {}

    @Command(name = "get", description = "Shows the mode.")
    static final class ModeGet extends ClientCommand {

        @Override
        void run(BricklayerClient client) {
            say("%s", client.adminMode());
        }
    }

    @Command(
            name = "set",
            description = {
                "Sets the mode until the server ends. From read-only no command leads back:",
                "send the process SIGUSR2, or start it again."
            })
    static final class ModeSet extends ClientCommand {

        @Parameters(
                paramLabel = "MODE",
                description = "normal, read-only, or local-client: changes only from the server's own machine.")
        private String mode = "";

        @Override
        void run(BricklayerClient client) {
            client.setAdminMode(mode);
        }
    }

    @Command(name = "state", description = "What is on the nodes.", subcommands = Examine.class)
    static final class State extends Group {}

    @Command(
            name = "examine",
            description = "Compares the records with what is there.",
            subcommands = ExamineGluster.class)
    static final class Examine extends Group {}

    @Command(
            name = "gluster",
            description = "Prints as JSON the records, what the nodes have, and where they differ. May take minutes.")
    static final class ExamineGluster extends ClientCommand {

        @Mixin
        private final Output output = Output.notInHeketi();

        @Override
        void run(BricklayerClient client) {
            String examination = client.examineGluster();
            show(output, examination, () -> printText(examination));
        }
    }
}

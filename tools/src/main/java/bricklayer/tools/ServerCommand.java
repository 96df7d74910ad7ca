package bricklayer.tools;

import bricklayer.api.OperationsInfo;
import bricklayer.client.BricklayerClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "server",
        description = "Runs the server in the foreground until SIGTERM or SIGINT; its subcommands ask a running one.",
        subcommands = ServerCommand.Operations.class)
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

    @Override
    public void run() {
        if (config == null) {
            throw new ParameterException(spec.commandLine(), "Please provide configuration file: --config FILE");
        }
        List<String> args = new ArrayList<>(List.of("--config", config));
        if (authDisabled) {
            args.add("--disable-auth");
        }
        bricklayer.main.Main.main(args.toArray(String[]::new));
    }

    @Command(name = "operations", description = "Operations of the server.", subcommands = OperationsShow.class)
    static final class Operations extends Group {}

    @Command(name = "info", description = "Shows how many operations are in which state.")
    static final class OperationsShow extends ClientCommand {

        @Mixin
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            OperationsInfo info = client.operations();
            if (json.wanted(this)) {
                printJson(info);
                return;
            }
            say("Operation Counts:");
            say("  Total: %d", info.total());
            say("  In-Flight: %d", info.inFlight());
            say("  New: %d", info.fresh());
            say("  Failed: %d", info.failed());
            say("  Stale: %d", info.stale());
        }
    }
}

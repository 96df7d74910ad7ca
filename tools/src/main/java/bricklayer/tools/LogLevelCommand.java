package bricklayer.tools;

import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "loglevel",
        description = "How much the server writes to its log.",
        subcommands = {LogLevelCommand.Get.class, LogLevelCommand.Set.class})
final class LogLevelCommand extends Group {

    @Command(name = "get", description = "Shows the level.")
    static final class Get extends ClientCommand {

        @Override
        void run(BricklayerClient client) {
            say("%s", client.logLevel());
        }
    }

    @Command(name = "set", description = "Sets the level until the server ends.")
    static final class Set extends ClientCommand {

        @Parameters(paramLabel = "LEVEL", description = "none, critical, error, warning, info or debug.")
        private String level = "";

        @Override
        void run(BricklayerClient client) {
            client.setLogLevel(level);
            say("Server log level updated");
        }
    }
}

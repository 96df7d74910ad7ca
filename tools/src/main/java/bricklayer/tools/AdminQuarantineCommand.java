package bricklayer.tools;

import bricklayer.api.QuarantinedForgetRequest;
import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "quarantine",
        description = "Rows that the server cannot read. admin health lists them.",
        subcommands = AdminQuarantineCommand.Forget.class)
final class AdminQuarantineCommand extends Group {

    @Command(
            name = "forget",
            description = {
                "Deletes such a row for good. What it speaks of is not touched on any node,",
                "and may be changed again: look at it first (admin journal show --key KEY --full)."
            })
    static final class Forget extends ClientCommand {

        @Parameters(paramLabel = "TABLE", description = "Where it lies.")
        private String table = "";

        @Parameters(paramLabel = "KEY", description = "Its id.")
        private String key = "";

        @Override
        void run(BricklayerClient client) {
            client.forgetQuarantined(new QuarantinedForgetRequest(table, key));
            say("Forgot %s/%s", table, key);
        }
    }
}

package bricklayer.tools;

import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "db",
        description = "The server's records as a whole.",
        subcommands = {DbCommand.Dump.class, DbCommand.Check.class})
final class DbCommand extends Group {

    @Command(name = "dump", description = "Prints all records as JSON, passwords of block volumes included.")
    static final class Dump extends ClientCommand {

        @Mixin
        private final Output output = Output.notInHeketi();

        @Override
        void run(BricklayerClient client) {
            String dump = client.dumpDb();
            show(output, dump, () -> printText(dump));
        }
    }

    @Command(name = "check", description = "Prints as JSON which records contradict each other.")
    static final class Check extends ClientCommand {

        @Mixin
        private final Output output = Output.notInHeketi();

        @Override
        void run(BricklayerClient client) {
            String report = client.checkDb();
            show(output, report, () -> printText(report));
        }
    }
}

package bricklayer.tools;

import bricklayer.main.Restore;
import bricklayer.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "admin",
        description = "What administrators do beside the everyday commands.",
        subcommands = {
            AdminCommand.RestoreBackup.class,
            AdminImportCommand.class,
            AdminExportCommand.class,
            AdminJournalCommand.class,
            AdminHealthCommand.class,
            AdminQuarantineCommand.class
        })
final class AdminCommand extends Group {

    @Command(
            name = "restore",
            description =
                    "Makes the data folder of a new server from a backup (GET /backup/db). The server that the backup"
                            + " is of must not go on: two servers cannot manage the same nodes.")
    static final class RestoreBackup implements Runnable {

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The backup.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Path file;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                required = true,
                description =
                        "The data folder, as bricklayer.data of the configuration names it. It must hold no records.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Path data;

        @Override
        public void run() {
            if (!Files.isReadable(file)) {
                throw new CommandFailed("cannot read the backup " + file);
            }
            try {
                Restore.into(data, file);
            } catch (StoreException e) {
                throw new CommandFailed(String.valueOf(e.getMessage()));
            }
            spec.commandLine().getOut().println("Restored " + file + " into " + data);
        }
    }
}

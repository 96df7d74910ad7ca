package bricklayer.tools;

import bricklayer.main.Restore;
import bricklayer.main.StoredRecords;
import bricklayer.store.StoreException;
import bricklayer.store.log.JournalReader;
import bricklayer.store.log.RowsAt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "admin",
        description = "What administrators do beside the everyday commands.",
        subcommands = {
            AdminStampCommand.class,
            AdminRebuildCommand.class,
            AdminCommand.RestoreBackup.class,
            AdminImportCommand.class,
            AdminExportCommand.class,
            AdminDiffCommand.class,
            AdminRepairCommand.class,
            AdminJournalCommand.class,
            AdminBackupCommand.class,
            AdminHealthCommand.class,
            AdminReadyCommand.class,
            AdminQuarantineCommand.class,
            AdminDoctorCommand.class,
            AdminRebootCheckCommand.class,
            AdminNodeCommand.class,
            AdminAdoptCommand.class,
            AdminForgetCommand.class
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

        @Parameters(
                paramLabel = "FILE",
                arity = "0..1",
                description = "The backup. May be left out with --log, when the log reaches back far enough.")
        private @Nullable Path file;

        @Option(
                names = "--until",
                paramLabel = "MOMENT",
                description = "The records as they were then: the number of a transaction, or a time such as"
                        + " 2026-11-21T14:30:00Z. Default: the newest there is.")
        private @Nullable String until;

        @Option(
                names = "--log",
                paramLabel = "DIR",
                description = "Where the log is that goes on behind the backup: the old data folder, and the folder log"
                        + " beside the backups (bricklayer.backup.keep_log). May be repeated.")
        private List<Path> logs = new ArrayList<>();

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
            if (file == null && logs.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "Missing backup, or the log to restore from (--log)");
            }
            if (until != null && logs.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--until needs the log (--log)");
            }
            if (file != null && !Files.isReadable(file)) {
                throw new CommandFailed("cannot read the backup " + file);
            }
            try {
                if (file != null && logs.isEmpty()) {
                    Restore.into(data, file);
                    spec.commandLine().getOut().println("Restored " + file + " into " + data);
                } else {
                    restoreWithLog();
                }
            } catch (StoreException e) {
                throw new CommandFailed(String.valueOf(e.getMessage()));
            }
        }

        private void restoreWithLog() {
            List<Path> folders = logs.stream().map(StoredRecords::in).toList();
            RowsAt rows = new JournalReader(
                            folders.getFirst(),
                            folders.subList(1, folders.size()),
                            file == null ? List.of() : List.of(file))
                    .at(until == null ? new JournalReader.Until.Newest() : JournalSource.until(until));
            rows.damage().ifPresent(damage -> spec.commandLine().getErr().println("Note: " + damage.reason()));
            Restore.into(data, rows);
            spec.commandLine()
                    .getOut()
                    .println("Restored transaction " + rows.sequence()
                            + rows.time().map(time -> " of " + time).orElse("") + " into " + data);
        }
    }
}

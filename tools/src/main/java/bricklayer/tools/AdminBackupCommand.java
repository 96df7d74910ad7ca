package bricklayer.tools;

import bricklayer.api.BackupList;
import bricklayer.backup.BackupFile;
import bricklayer.client.BricklayerClient;
import bricklayer.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "backup",
        description = "Copies of the records that the server makes by itself (bricklayer.backup.folder).",
        subcommands = {
            AdminBackupCommand.ListBackups.class,
            AdminBackupCommand.Now.class,
            AdminBackupCommand.Verify.class
        })
final class AdminBackupCommand extends Group {

    @Command(name = "list", description = "Lists them, oldest first.")
    static final class ListBackups extends ClientCommand {

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            BackupList list = client.backups();
            show(output, list, () -> text(list));
        }

        private void text(BackupList list) {
            if (list.folder().isEmpty()) {
                say("The server makes none; set bricklayer.backup.folder");
                return;
            }
            for (BackupList.Backup backup : list.backups()) {
                say(
                        "%s  taken %s  transaction %d  %d bytes",
                        backup.file(), backup.taken(), backup.sequence(), backup.bytes());
            }
            say(
                    "In %s, every %d minutes, %d kept; last good: %s",
                    list.folder(),
                    list.periodMinutes(),
                    list.kept(),
                    list.lastGood().isEmpty() ? "none" : list.lastGood());
        }
    }

    @Command(name = "now", description = "Has the server make one, read it back and check it.")
    static final class Now extends ClientCommand {

        @Override
        void run(BricklayerClient client) {
            BackupList list = client.backUp();
            BackupList.Backup newest = list.backups().getLast();
            say("%s/%s holds everything up to transaction %d", list.folder(), newest.file(), newest.sequence());
        }
    }

    @Command(
            name = "verify",
            description = {
                "Reads backups whole, on this machine: checksums, and every row.",
                "Ends with 0 when all are whole, 1 when one is not, 2 when there is none."
            })
    static final class Verify implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", arity = "1..*", description = "Backups, or folders of them.")
        private List<Path> places = new ArrayList<>();

        @Override
        public Integer call() {
            List<Path> files = places.stream()
                    .flatMap(place -> Files.isDirectory(place)
                            ? BackupFile.in(place).stream().map(BackupFile::file)
                            : List.of(place).stream())
                    .toList();
            if (files.isEmpty()) {
                spec.commandLine().getErr().println("Error: there are no backups in " + places);
                return 2;
            }
            int status = 0;
            for (Path file : files) {
                try {
                    BackupFile.Contents contents = BackupFile.verify(file);
                    spec.commandLine()
                            .getOut()
                            .println(file + ": whole, up to transaction " + contents.sequence() + ", " + contents.rows()
                                    + " rows, taken " + contents.taken());
                } catch (StoreException e) {
                    spec.commandLine().getErr().println("Error: " + e.getMessage());
                    status = 1;
                }
            }
            return status;
        }
    }
}

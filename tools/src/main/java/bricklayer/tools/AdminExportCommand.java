package bricklayer.tools;

import bricklayer.api.HeketiExport;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.main.HeketiFolder;
import bricklayer.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = "Gives the records to another service.",
        subcommands = AdminExportCommand.Heketi.class)
final class AdminExportCommand extends Group {

    @Command(
            name = "heketi",
            description =
                    "Writes all records as Heketi's `db import` reads them, passwords of block volumes included, of the"
                            + " running server or with --data of one that does not run. What Heketi cannot express is"
                            + " listed on standard error.")
    static final class Heketi extends ClientCommand {

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "A new file, readable by its owner only; default: standard output.")
        private @Nullable Path file;

        @Option(names = "--data", paramLabel = "DIR", description = "The data folder of a server that does not run.")
        private @Nullable Path data;

        @Override
        void run(BricklayerClient client) {
            ByteArrayOutputStream dump = new ByteArrayOutputStream();
            List<String> omitted = data == null ? live(client, dump) : stopped(data, dump);
            if (file == null) {
                printText(dump.toString(StandardCharsets.UTF_8));
            } else {
                write(root().surroundings().workingFolder().resolve(file), dump.toByteArray());
                note("Exported to " + file);
            }
            omitted.forEach(what -> note("Not in the dump: " + what));
        }

        private static List<String> live(BricklayerClient client, ByteArrayOutputStream out) {
            HeketiExport export = client.exportHeketi();
            out.writeBytes((WireJson.writeIndented(export.dump()) + "\n").getBytes(StandardCharsets.UTF_8));
            return export.omitted();
        }

        private List<String> stopped(Path folder, ByteArrayOutputStream out) {
            try {
                return HeketiFolder.give(root().surroundings().workingFolder().resolve(folder), out);
            } catch (StoreException | IllegalStateException e) {
                throw new CommandFailed(String.valueOf(e.getMessage()));
            }
        }

        /** Never over another file: it may be the only dump of another database. */
        private static void write(Path target, byte[] content) {
            try {
                Files.createFile(
                        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.write(target, content, StandardOpenOption.WRITE);
            } catch (java.nio.file.FileAlreadyExistsException e) {
                throw new CommandFailed(target + " is there already; name a new file");
            } catch (IOException e) {
                throw new CommandFailed("cannot write " + target + ": " + e);
            }
        }
    }
}

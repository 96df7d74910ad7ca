package bricklayer.tools;

import bricklayer.api.ImportReport;
import bricklayer.api.UnreadableJson;
import bricklayer.client.BricklayerClient;
import bricklayer.client.Credentials;
import bricklayer.main.HeketiFolder;
import bricklayer.problem.Problem;
import bricklayer.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "import",
        description = "Takes over the records of another service.",
        subcommands = AdminImportCommand.Heketi.class)
final class AdminImportCommand extends Group {

    @Command(
            name = "heketi",
            description =
                    "Takes over Heketi's database: into the running server, which must have no records, or with --config"
                            + " into the data folder of a server that does not run. Everything is imported, or nothing."
                            + " Heketi must not run any more.")
    static final class Heketi extends ClientCommand {

        /** Where the dump is. */
        static final class Source {

            @Option(
                    names = "--file",
                    paramLabel = "FILE",
                    description = "What `heketi db export` or GET /db/dump wrote; - for standard input.")
            private @Nullable String file;

            @Option(names = "--url", paramLabel = "URL", description = "Address of the Heketi, to ask it for its dump.")
            private @Nullable String url;
        }

        @ArgGroup(multiplicity = "1")
        private Source source = new Source();

        @Option(
                names = "--url-user",
                paramLabel = "NAME",
                defaultValue = "admin",
                description = "User of the Heketi at --url; default: ${DEFAULT-VALUE}.")
        private String urlUser = "admin";

        @Option(
                names = "--url-secret",
                paramLabel = "KEY",
                description = "That user's key; default: none, for a Heketi that asks for none.")
        private @Nullable String urlSecret;

        @Option(names = "--preview", description = "Only say what would be imported, and what would be in the way.")
        private boolean preview;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description =
                        "Import into the data folder that this configuration names, with no server running on it.")
        private @Nullable Path config;

        @Option(names = "--data", paramLabel = "DIR", description = "With --config: another data folder.")
        private @Nullable Path data;

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            if (data != null && config == null) {
                throw misuse("--data needs --config, which says how the nodes are reached");
            }
            String dump = dump();
            ImportReport report = config == null
                    ? preview ? client.previewHeketiImport(dump) : imported(client, dump)
                    : offline(config, dump);
            show(output, report, () -> ImportText.print(out(), report, preview));
            if (!report.problems().isEmpty()) {
                throw new CommandFailed(
                        "nothing was imported: " + report.problems().size()
                                + " problems have to be put right first, in Heketi, in the dump, or on the nodes");
            }
        }

        /** A refusal says little of what is wrong; the preview says all, and changes nothing. */
        private static ImportReport imported(BricklayerClient client, String dump) {
            ImportReport report = client.previewHeketiImport(dump);
            return report.problems().isEmpty() ? client.importHeketi(dump) : report;
        }

        private ImportReport offline(Path file, String dump) {
            try {
                return HeketiFolder.take(
                        OfflineConfig.load(root().surroundings(), file, Optional.ofNullable(data)), dump, preview);
            } catch (UnreadableJson e) {
                throw new CommandFailed("this is no dump of Heketi's database: " + e.getMessage());
            } catch (Problem | StoreException | IllegalStateException e) {
                throw new CommandFailed(String.valueOf(e.getMessage()));
            }
        }

        private String dump() {
            if (source.url != null) {
                BricklayerClient.Builder heketi = BricklayerClient.to(URI.create(source.url))
                        .time(root().surroundings().time())
                        .random(root().surroundings().random());
                if (urlSecret != null) {
                    heketi.as(new Credentials(urlUser, urlSecret));
                }
                return heketi.build().dumpDb();
            }
            String file = String.valueOf(source.file);
            try {
                return file.equals("-")
                        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                        : Files.readString(root().surroundings().workingFolder().resolve(file));
            } catch (IOException e) {
                throw new CommandFailed("cannot read the dump " + file + ": " + e);
            }
        }
    }
}

package bricklayer.tools;

import bricklayer.api.TopologyFile;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Writes what there is as a file for topology apply and topology load:",
            "clusters, nodes with zones and tags, devices with tags."
        })
final class TopologyExport extends ClientCommand {

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Where to write it; default: standard output.")
    private @Nullable Path file;

    @Override
    void run(BricklayerClient client) {
        String text = WireJson.writeIndented(TopologyFile.of(client.topology()), 2) + "\n";
        if (file == null) {
            printText(text);
            return;
        }
        try {
            Files.writeString(root().surroundings().workingFolder().resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}

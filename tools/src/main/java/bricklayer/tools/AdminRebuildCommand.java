package bricklayer.tools;

import bricklayer.api.RebuildReport;
import bricklayer.api.RebuildRequest;
import bricklayer.api.TopologyFile;
import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.config.ServerConfig;
import bricklayer.main.Rebuild;
import bricklayer.rebuild.NodeNamed;
import bricklayer.rebuild.Rebuilt;
import bricklayer.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rebuild",
        description = "Makes the records again from nothing but the nodes: in a data folder without records (--config),"
                + " or in a running server without records. Prints what was recovered, and what could not be known.")
final class AdminRebuildCommand extends ClientCommand {

    @Option(names = "--nodes", paramLabel = "HOST", split = ",", description = "Host names to send commands to.")
    private List<String> nodes = List.of();

    @Option(names = "--topology", paramLabel = "FILE", description = "A topology file with the nodes.")
    private @Nullable Path topology;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration of the server that shall have the records. No server is asked then.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder; by default the one that the configuration names.")
    private @Nullable Path data;

    @Option(names = "--plan", description = "Only shows what would be recovered.")
    private boolean plan;

    @Option(
            names = "--partial",
            description = "Takes over what is known although some node does not answer. What was not read is not in the"
                    + " records then, and cannot be added by another rebuild.")
    private boolean partial;

    @Mixin
    private final Output output = new Output();

    @Override
    void run(BricklayerClient client) {
        TopologyFile file = topology == null ? null : topology(topology);
        if (nodes.isEmpty() && file == null) {
            throw misuse("name the nodes with --nodes or --topology");
        }
        if (config == null && data != null) {
            throw misuse("--data needs --config: the way to the nodes is in the configuration");
        }
        RebuildRequest request = new RebuildRequest(nodes, file, plan, partial);
        RebuildReport report = config == null ? client.rebuild(request) : offline(config, request);
        show(output, report, () -> show(report));
    }

    private RebuildReport offline(Path configFile, RebuildRequest request) {
        List<NodeNamed> named = new ArrayList<>();
        if (request.topology() != null) {
            named.addAll(NodeNamed.in(request.topology()));
        }
        request.nodes().stream().map(NodeNamed::only).forEach(named::add);
        try {
            ServerConfig read = OfflineConfig.load(root().surroundings(), configFile, Optional.ofNullable(data));
            Path folder = read.data();
            if (!plan) {
                Rebuild.requireEmpty(folder);
            }
            Rebuilt rebuilt = Rebuild.read(read, named);
            if (plan) {
                return rebuilt.report();
            }
            rebuilt.objection(partial).ifPresent(why -> {
                show(rebuilt.report());
                throw new CommandFailed("nothing was written: " + why);
            });
            Rebuild.write(folder, rebuilt);
            return rebuilt.report().asWritten();
        } catch (StoreException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    private TopologyFile topology(Path file) {
        try {
            return WireJson.read(
                    Files.readString(root().surroundings().workingFolder().resolve(file)), TopologyFile.class);
        } catch (IOException | UnreadableJson e) {
            throw new CommandFailed("cannot read the topology " + file + ": " + e.getMessage());
        }
    }

    private void show(RebuildReport report) {
        for (RebuildReport.Source source : report.sources()) {
            say(
                    "%s: %s",
                    source.host(),
                    source.trouble().isEmpty()
                            ? source.node().isEmpty()
                                    ? "nothing of ours"
                                    : "node " + source.node() + ", " + source.devices() + " devices"
                            : source.trouble());
        }
        report.findings().forEach(finding -> say("%s: %s: %s", finding.kind(), finding.object(), finding.text()));
        say(
                "%s: %d clusters, %d nodes, %d devices, %d volumes with %d bricks, %d block volumes.",
                report.written() ? "Recovered" : "Found",
                report.clusters(),
                report.nodes(),
                report.devices(),
                report.volumes(),
                report.bricks(),
                report.blockVolumes());
        say("Not on the nodes, and lost: earlier operations and their answers; clusters and nodes without devices.");
    }
}

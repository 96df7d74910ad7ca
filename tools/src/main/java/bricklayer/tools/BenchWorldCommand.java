package bricklayer.tools;

import bricklayer.tools.bench.WorldOnDisk;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "world",
        description = {
            "Makes a data folder with very many records, and simulated nodes that agree with them, to start a server on.",
            "Its defaults are the size that Bricklayer is measured at. A server that simulates all their bricks needs 6 GiB of heap;",
            "with --groups-only the nodes have volume groups and nothing in them, and the server needs what it would need with real nodes."
        })
final class BenchWorldCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = "bench-world",
            description = "Where to make it. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("bench-world");

    @Option(
            names = "--clusters",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Over which nodes, devices and volumes are spread evenly; at most 256. Default: ${DEFAULT-VALUE}.")
    private int clusters = 200;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Of all clusters. Default: ${DEFAULT-VALUE}.")
    private int nodes = 1000;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "12000",
            description = "Of all nodes. Default: ${DEFAULT-VALUE}.")
    private int devices = 12_000;

    @Option(
            names = "--volumes",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Of all clusters, with three bricks each. Default: ${DEFAULT-VALUE}.")
    private int volumes = 200_000;

    @Option(names = "--groups-only", description = "Do not put bricks and volumes on the simulated nodes.")
    private boolean groupsOnly;

    @Override
    public void run() {
        WorldOnDisk.Size size;
        try {
            size = new WorldOnDisk.Size(clusters, nodes, devices, volumes, !groupsOnly);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        Path config = WorldOnDisk.write(folder, size);
        spec.commandLine().getOut().println("made; start it with: bricklayer server --config " + config);
    }
}

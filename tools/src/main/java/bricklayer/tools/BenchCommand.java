package bricklayer.tools;

import bricklayer.tools.bench.DiffBench;
import bricklayer.tools.bench.JournalBench;
import bricklayer.tools.bench.JournalBenchReport;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = "Measures this machine. Only ratios of one run compare.",
        subcommands = {
            BenchCommand.Journal.class,
            BenchCommand.Diff.class,
            BenchWorldCommand.class,
            BenchStartupCommand.class,
            BenchScenarios.class
        })
final class BenchCommand extends Group {

    @Command(
            name = "journal",
            description =
                    "Measures durable writes: how much they gain from sharing flushes, and how near they come to a bare loop.")
    static final class Journal implements Runnable {

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        @Option(
                names = "--folder",
                paramLabel = "DIR",
                defaultValue = "bench-journal",
                description = "Where to write; on the disk that is to be measured. Default: ${DEFAULT-VALUE}.")
        private Path folder = Path.of("bench-journal");

        @Option(
                names = "--seconds",
                paramLabel = "N",
                defaultValue = "5",
                description = "For each of the points. Default: ${DEFAULT-VALUE}.")
        private int seconds = 5;

        @Override
        public void run() {
            JournalBenchReport report = JournalBench.run(folder, Duration.ofSeconds(seconds));
            spec.commandLine().getOut().println(report.text());
        }
    }

    @Command(
            name = "diff",
            description = {
                "Measures a comparison of the records with very many simulated nodes.",
                "Its defaults need 4 GiB of heap, most of it for the simulated nodes: JAVA_TOOL_OPTIONS=-Xmx4g."
            })
    static final class Diff implements Runnable {

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        @Option(
                names = "--clusters",
                paramLabel = "N",
                defaultValue = "10",
                description = "Over which nodes and volumes are spread evenly. Default: ${DEFAULT-VALUE}.")
        private int clusters = 10;

        @Option(
                names = "--nodes",
                paramLabel = "N",
                defaultValue = "1000",
                description = "Of all clusters. Default: ${DEFAULT-VALUE}.")
        private int nodes = 1000;

        @Option(
                names = "--volumes",
                paramLabel = "N",
                defaultValue = "200000",
                description = "Of all clusters, with three bricks each. Default: ${DEFAULT-VALUE}.")
        private int volumes = 200_000;

        @Option(
                names = "--memory-mib",
                paramLabel = "N",
                defaultValue = "0",
                description =
                        "What the comparison may use beside records and nodes: the rest of the heap is filled up before. 0 for all there is, the default.")
        private int memoryMib;

        @Override
        public void run() {
            if (clusters < 1 || nodes / clusters < 3 || nodes / clusters > 60_000 || volumes < 0) {
                throw new ParameterException(spec.commandLine(), "at least 3 nodes are needed for each cluster");
            }
            spec.commandLine()
                    .getOut()
                    .println(DiffBench.run(clusters, nodes, volumes, memoryMib).text());
        }
    }
}

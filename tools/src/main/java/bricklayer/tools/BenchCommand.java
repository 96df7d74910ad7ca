package bricklayer.tools;

import bricklayer.tools.bench.JournalBench;
import bricklayer.tools.bench.JournalBenchReport;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = "Measures this machine. Only ratios of one run compare.",
        subcommands = BenchCommand.Journal.class)
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
}

package bricklayer.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.tools.bench.report.Figure;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.scenario.BenchSettings;
import bricklayer.tools.bench.scenario.Growth;
import bricklayer.tools.bench.scenario.Progress;
import bricklayer.tools.bench.scenario.Stand;
import bricklayer.tools.bench.server.Nodes;
import bricklayer.tools.bench.server.ServerSettings;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A create must not cost more because there are more volumes: each build finds what makes it grow. */
class GrowthTest {

    /** What is measured is the median of turns in one run; on a machine that does much else even that is out now and then. */
    private static final int TRIES = 3;

    private static final double MOST = 1.5;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aCreateCostsAboutAsMuchWithTenTimesTheVolumes() {
        List<Double> ratios = new ArrayList<>();
        while (ratios.size() < TRIES && (ratios.isEmpty() || ratios.getLast() > MOST)) {
            ratios.add(measured(folder.resolve("try-" + ratios.size())));
        }

        assertThat(ratios.getLast())
                .as("processor time a create, with 20,000 volumes to that with 2,000; tries: %s", ratios)
                .isGreaterThan(0.3)
                .isLessThanOrEqualTo(MOST);
    }

    private static double measured(Path folder) {
        ServerSettings server = new ServerSettings("512m", 1_000, Duration.ZERO, List.of());
        BenchSettings settings = new BenchSettings(1, 1, 1, 1, 1, 0, new Nodes(1, 3, 1), server, Duration.ZERO, true);
        Progress silent = new Progress(new PrintWriter(Writer.nullWriter()), false);
        Findings findings = new Findings();
        try (Stand stand = new Stand(folder, settings, Optional.empty(), silent)) {
            new Growth().run(stand, findings);
        }
        return findings.report("growth", "", 0)
                .figure(Growth.FIGURE)
                .map(Figure::median)
                .orElseThrow();
    }
}

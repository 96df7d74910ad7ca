package bricklayer.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiffBenchTest {

    /** Nodes and records were made apart from each other; were they not alike, there would be findings without end. */
    @Test
    void findsWhatWasMadeAmissAndNothingElse() {
        DiffBenchReport report = DiffBench.run(2, 12, 700, 0);

        assertThat(report.bricks()).isEqualTo(2100);
        assertThat(report.drifts()).isEqualTo(2);
        assertThat(report.found()).isEqualTo(2);
        assertThat(report.nodes()).isEqualTo(12);
        assertThat(report.commandsANode()).isBetween(3.0, 5.0);
        assertThat(report.text()).contains("2 made, 2 found");
    }
}

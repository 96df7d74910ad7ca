package bricklayer.tools.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {

    private static BenchReport report(double seconds) {
        Findings findings = new Findings();
        findings.figure("all done", "s", seconds);
        return Bars.judge(
                new BenchReport(
                        BenchReport.FORMAT,
                        "bricklayer",
                        "1",
                        "abc",
                        "2026-01-01T00:00:00Z",
                        1,
                        new Machine("Linux", "a processor", 2, 1024, "Java", 0.1, 0.3),
                        Map.of(BenchReport.BURST, "4000"),
                        List.of(findings.report("smoke", "", 1)),
                        List.of()),
                Optional.empty());
    }

    @Test
    void goesBetweenItsMarksAgainAndAgain() {
        String page = "# Page\n\n" + MarkdownReport.BEGIN + "\nold\n" + MarkdownReport.END + "\n\nrest\n";

        String once = MarkdownReport.put(report(12), page);
        String twice = MarkdownReport.put(report(45), once);

        assertThat(once)
                .startsWith("# Page")
                .endsWith("rest\n")
                .contains("| all done | 12 s |")
                .doesNotContain("old");
        assertThat(twice).contains("| all done | 45 s |", "missed").doesNotContain("12 s");
        assertThat(twice.split(MarkdownReport.BEGIN, -1)).hasSize(2);
    }

    @Test
    void isAPageOfItsOwnWithoutMarks() {
        assertThat(MarkdownReport.put(report(12), "")).contains("| figure | median |");
    }
}

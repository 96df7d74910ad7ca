package bricklayer.tools.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static BenchReport report(Findings smoke) {
        return report(smoke, "4000", "false");
    }

    private static BenchReport report(Findings smoke, String burst, String quick) {
        return new BenchReport(
                BenchReport.FORMAT,
                "bricklayer",
                "1",
                "abc",
                "2026-01-01T00:00:00Z",
                12.5,
                new Machine("Linux", "a processor", 2, 1024, "Java", 0.1, 0.3),
                Map.of(BenchReport.BURST, burst, BenchReport.VOLUMES, "200000", BenchReport.QUICK, quick),
                List.of(smoke.report("smoke", "what <it> does", 12)),
                List.of());
    }

    private static Findings findings() {
        Findings findings = new Findings();
        findings.figure("all done", "s", 12);
        findings.figure("all done", "s", 40);
        findings.figure("all done", "s", 14);
        findings.figure("creates/s, 32 clients", "", 499);
        findings.point("latency", "volumes", "ms", "p50", 1000, 2.5);
        findings.point("latency", "volumes", "ms", "p50", 2000, 2.75);
        findings.timeline(new Timeline(
                "operations",
                List.of(new Timeline.Row(
                        "1a", List.of(new Timeline.Span("queued", 0, 3), new Timeline.Span("bricks", 3, 9))))));
        findings.note("a <note>");
        return findings;
    }

    @Test
    void comesBackFromAFileAsItWas() throws IOException {
        BenchReport report = Bars.judge(report(findings()), Optional.empty());
        Path file = folder.resolve("bench.json");

        report.write(file);

        assertThat(BenchReport.read(file)).isEqualTo(report);
    }

    @Test
    void isJudgedByMediansAgainstThePeerOrWhatIsKnownOfIt() {
        BenchReport report = report(findings());

        assertThat(verdict(report, Optional.empty(), "4,000 volumes asked for at once")
                        .met())
                .isEqualTo("met");
        assertThat(verdict(report, Optional.empty(), "creates a second, zero-time nodes")
                        .met())
                .isEqualTo("missed");
        assertThat(verdict(report, Optional.empty(), "node loss noticed").met()).isEqualTo("not measured");

        Findings slow = new Findings();
        slow.figure("creates/s, 32 clients", "", 40);
        Verdict against = verdict(report, Optional.of(report(slow)), "creates a second, zero-time nodes");
        assertThat(against.met()).isEqualTo("met");
        assertThat(against.measured()).isEqualTo("12.5 times");
        assertThat(against.bar()).isEqualTo("at least 10 times 40, measured on bricklayer");
    }

    @Test
    void saysThatAPeerIsAConstantUnlessItWasMeasured() {
        Findings other = new Findings();
        other.figure("creates/s, 8 clients", "", 40);

        assertThat(verdict(report(findings()), Optional.of(report(other)), "creates a second, zero-time nodes")
                        .bar())
                .isEqualTo("at least 10 times 50, a constant, Heketi 10's on the machine of docs/performance.md");
    }

    @Test
    void isNotJudgedByBarsThatAskForMore() {
        BenchReport fewer = report(findings(), "3999", "false");
        BenchReport quick = report(findings(), "4000", "true");

        Verdict burst = verdict(fewer, Optional.empty(), "4,000 volumes asked for at once");
        assertThat(burst.met()).isEqualTo("not judged: small run");
        assertThat(burst.measured()).isEqualTo("14.0 s");
        assertThat(verdict(fewer, Optional.empty(), "creates a second, zero-time nodes")
                        .met())
                .isEqualTo("missed");
        assertThat(Bars.judge(quick, Optional.empty()).bars())
                .extracting(Verdict::met)
                .containsOnly("not judged: small run", "not measured", "see bench diff", "see the lab");
    }

    private static Verdict verdict(BenchReport report, Optional<BenchReport> peer, String what) {
        return Bars.judge(report, peer).bars().stream()
                .filter(bar -> bar.what().startsWith(what))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isAPageThatNeedsNothingElse() {
        String page = HtmlReport.of(Bars.judge(report(findings()), Optional.empty()));

        assertThat(page)
                .contains("<svg", "polyline", "what &lt;it&gt; does", "a &lt;note&gt;", "class=\"missed\"")
                .doesNotContain("<script", "src=", "href=", "url(", "@import", "http:");
    }

    @Test
    void saysMedianAndSpreadOnATerminal() {
        String text = TextReport.of(Bars.judge(report(findings()), Optional.empty()));

        assertThat(text)
                .contains("all done")
                .contains("14 s  (12 to 40 in 3 runs)")
                .containsPattern("met +4,000 volumes asked for at once +14.0 s")
                .containsPattern("missed +creates a second")
                .containsPattern("see bench diff +comparison of 1,000 nodes");
    }
}

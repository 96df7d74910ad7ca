package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.LoadFailed;
import bricklayer.tools.bench.report.BenchReport;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.report.Machine;
import bricklayer.tools.bench.report.ScenarioReport;
import bricklayer.tools.bench.server.MeasuredServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs scenarios one after the other. One that fails is told of, and those after it are run all the same. */
public final class Bench {

    private Bench() {}

    /** What of it is known beforehand. */
    public record Measured(String server, String version, String commit) {}

    /**
     * Runs them.
     *
     * @param told gets each report as soon as there is one
     */
    public static BenchReport run(
            List<Scenario> scenarios,
            Stand stand,
            Path folder,
            Measured what,
            Instant now,
            Consumer<ScenarioReport> told) {
        Machine machine = Machine.here(folder);
        long began = System.nanoTime();
        List<ScenarioReport> reports = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            ScenarioReport report = run(scenario, stand);
            reports.add(report);
            told.accept(report);
        }
        return new BenchReport(
                BenchReport.FORMAT,
                what.server(),
                what.version(),
                what.commit(),
                now.toString(),
                (System.nanoTime() - began) / 1e9,
                machine,
                settings(stand),
                reports,
                List.of());
    }

    private static ScenarioReport run(Scenario scenario, Stand stand) {
        long began = System.nanoTime();
        Findings findings = new Findings();
        stand.progress().scenario(scenario.name());
        try {
            scenario.run(stand, findings);
        } catch (LoadFailed e) {
            findings.note("FAILED: " + e.getMessage());
        } finally {
            stand.progress().done();
        }
        return findings.report(scenario.name(), scenario.about(), (System.nanoTime() - began) / 1e9);
    }

    private static Map<String, String> settings(Stand stand) {
        BenchSettings settings = stand.settings();
        Map<String, String> told = new TreeMap<>();
        told.put(BenchReport.VOLUMES, String.valueOf(settings.volumes()));
        told.put(BenchReport.BURST, String.valueOf(settings.burst()));
        told.put("clients", String.valueOf(settings.clients()));
        told.put("runs", String.valueOf(settings.runs()));
        told.put(BenchReport.QUICK, String.valueOf(settings.quick()));
        if (!stand.isForeign()) {
            told.put(
                    "flags of the server",
                    String.join(" ", MeasuredServer.flags()) + " -Xmx"
                            + settings.server().heap());
            told.put(
                    "operations in flight, most",
                    String.valueOf(settings.server().inFlight()));
        }
        return told;
    }
}

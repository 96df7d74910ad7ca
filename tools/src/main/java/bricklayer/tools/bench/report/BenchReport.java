package bricklayer.tools.bench.report;

import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code bench.json}: all scenarios of one call, in one shape.
 *
 * @param format of this shape; 1
 * @param server what was measured: this program, or the address of another
 * @param commit of the sources, if they are there
 * @param began as ISO 8601
 */
public record BenchReport(
        int format,
        String server,
        String version,
        String commit,
        String began,
        double seconds,
        Machine machine,
        Map<String, String> settings,
        List<ScenarioReport> scenarios,
        List<Verdict> bars) {

    public static final int FORMAT = 1;

    /** Names of settings that say how much was done. */
    public static final String QUICK = "quick";

    public static final String VOLUMES = "volumes of a full database";
    public static final String BURST = "volumes asked for at once";

    public BenchReport {
        settings = new TreeMap<>(settings);
        scenarios = List.copyOf(scenarios);
        bars = List.copyOf(bars);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws UnreadableJson when it is none
     */
    public static BenchReport read(Path file) throws IOException {
        return WireJson.read(Files.readAllBytes(file), BenchReport.class);
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, WireJson.writeIndented(this, 1) + "\n");
    }

    public Optional<Figure> figure(String scenario, String name) {
        return scenarios.stream()
                .filter(each -> each.name().equals(scenario))
                .flatMap(each -> each.figure(name).stream())
                .findFirst();
    }

    /** Whether a scenario did not come to its end. */
    public boolean failed() {
        return scenarios.stream().flatMap(each -> each.notes().stream()).anyMatch(note -> note.startsWith("FAILED"));
    }

    BenchReport judged(List<Verdict> verdicts) {
        return new BenchReport(format, server, version, commit, began, seconds, machine, settings, scenarios, verdicts);
    }
}

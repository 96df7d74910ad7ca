package bricklayer.tools.simulation;

import bricklayer.api.WireJson;
import java.util.List;
import java.util.Locale;

/** A report as people and programs read it. */
public final class SimulationText {

    private SimulationText() {}

    /** Failures first, each with its trace; the figures last. */
    public static String plain(Simulation.Report report, double seconds) {
        StringBuilder text = new StringBuilder();
        for (Simulation.Failure failure : report.failures()) {
            text.append("seed ")
                    .append(failure.seed())
                    .append(" FAILED: ")
                    .append(failure.message())
                    .append("\nthe shortest story that fails (--replay FILE tells it again):\n")
                    .append(failure.story().indent(2))
                    .append("what happens:\n")
                    .append(failure.trace().indent(2));
        }
        String verdict = report.failures().isEmpty()
                ? "every promise was kept"
                : "promises were broken by seed "
                        + String.join(
                                ", ",
                                report.failures().stream()
                                        .map(failure -> Long.toString(failure.seed()))
                                        .toList());
        return text
                + String.format(
                        Locale.ROOT,
                        "%d seeds from %d: %s. %d operations, %.1f hours of virtual time, %d turns, in %.1f s (%.0f seeds a second)%n",
                        report.seeds(),
                        report.first(),
                        verdict,
                        report.operations(),
                        report.virtualTime().toSeconds() / 3600.0,
                        report.turns(),
                        seconds,
                        report.seeds() / seconds);
    }

    private record JsonReport(
            long firstSeed,
            int seeds,
            List<Simulation.Failure> failures,
            long operations,
            long turns,
            double virtualHours,
            double seconds) {}

    public static String json(Simulation.Report report, double seconds) {
        return WireJson.write(new JsonReport(
                        report.first(),
                        report.seeds(),
                        report.failures(),
                        report.operations(),
                        report.turns(),
                        report.virtualTime().toSeconds() / 3600.0,
                        seconds))
                + "\n";
    }
}

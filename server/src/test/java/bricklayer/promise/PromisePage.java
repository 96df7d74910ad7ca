package bricklayer.promise;

import bricklayer.promise.FaultKind.Site;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes {@code docs/promise.md}: what a person wrote, in the resource {@code promise-head.md} and {@code promise-foot.md}, and between the two the figures of the run. */
final class PromisePage {

    private PromisePage() {}

    /** What one scenario met, without a key and with one. */
    record Row(
            String scenario,
            Set<String> kinds,
            int steps,
            int points,
            int commands,
            int questions,
            int runs,
            int twice,
            int keyedRuns) {

        static Row of(Scenario scenario, FaultMatrix.Result plain, Optional<FaultMatrix.Result> keyed) {
            Set<String> kinds = new TreeSet<>(plain.kinds());
            keyed.ifPresent(result -> kinds.addAll(result.kinds()));
            return new Row(
                    scenario.name(),
                    kinds,
                    plain.steps(),
                    plain.places().getOrDefault(Site.POINT, 0),
                    plain.places().getOrDefault(Site.COMMAND, 0),
                    plain.places().getOrDefault(Site.QUESTION, 0),
                    plain.runs(),
                    plain.doubleFaults(),
                    keyed.map(FaultMatrix.Result::runs).orElse(0));
        }

        String line() {
            return "| " + scenario + " | "
                    + kinds.stream().map(kind -> "`" + kind + "`").collect(Collectors.joining(" "))
                    + " | " + steps + " | " + points + " | " + commands + " | " + questions + " | " + runs + " | "
                    + twice + " | " + keyedRuns + " | held |";
        }
    }

    static String total(List<Row> rows) {
        return rows.size() + " scenarios, "
                + rows.stream().mapToInt(Row::points).sum() + " fault points, "
                + rows.stream().mapToInt(Row::commands).sum() + " commands, "
                + rows.stream().mapToInt(row -> row.runs() + row.keyedRuns()).sum() + " runs, of which "
                + rows.stream().mapToInt(Row::twice).sum() + " with two faults and "
                + rows.stream().mapToInt(Row::keyedRuns).sum()
                + " with an `Idempotency-Key`: no leak, no lost answer";
    }

    static String text(List<Row> rows) {
        StringBuilder text = new StringBuilder(resource("promise-head.md"));
        text.append("\n**").append(total(rows)).append(".**\n\n");
        for (Site site : Site.values()) {
            text.append("- at ").append(site.plural()).append(": ");
            text.append(site.faults().stream().map(FaultKind::words).collect(Collectors.joining("; ")));
            text.append("\n");
        }
        text.append(
                "\n| what is done | operations that then run | steps | fault points | commands | questions | runs | of them with two faults | runs with a key | result |\n");
        text.append("|---|---|--:|--:|--:|--:|--:|--:|--:|---|\n");
        rows.forEach(row -> text.append(row.line()).append("\n"));
        return text.append("\n").append(resource("promise-foot.md")).toString();
    }

    private static String resource(String name) {
        try (InputStream text = PromisePage.class.getResourceAsStream("/" + name)) {
            if (text == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package bricklayer.tools.bench.report;

import java.util.Locale;

/** A report for a terminal. */
public final class TextReport {

    private TextReport() {}

    public static String of(BenchReport report) {
        StringBuilder text = new StringBuilder();
        report.scenarios().forEach(scenario -> text.append(of(scenario)));
        return text.append(bars(report)).toString();
    }

    public static String of(ScenarioReport scenario) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%n%s (%.0f s)%n", scenario.name(), scenario.seconds()));
        scenario.figures()
                .forEach(figure ->
                        text.append(String.format(Locale.ROOT, "  %-46s %s%n", figure.name(), value(figure))));
        scenario.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
        return text.toString();
    }

    /** Met, missed and not judged, and what other commands measure; what was not measured is left out. */
    public static String bars(BenchReport report) {
        StringBuilder text = new StringBuilder("\nbars\n");
        long left = 0;
        for (Verdict bar : report.bars()) {
            if (bar.met().equals(Bar.NOT_MEASURED)) {
                left++;
            } else {
                text.append(String.format(
                        Locale.ROOT,
                        "  %-21s %-68s %s%n",
                        bar.met(),
                        bar.what(),
                        (bar.measured() + " (" + bar.bar() + ")").strip()));
            }
        }
        return left == 0 ? text.toString() : text + "  not measured: " + left + " others\n";
    }

    /** The median, and the spread if there is one. */
    static String value(Figure figure) {
        String median = number(figure.median()) + " " + figure.unit();
        return figure.runs().size() == 1
                ? median.strip()
                : median.strip() + "  (" + number(figure.least()) + " to " + number(figure.most()) + " in "
                        + figure.runs().size() + " runs)";
    }

    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}

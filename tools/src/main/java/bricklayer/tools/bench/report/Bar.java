package bricklayer.tools.bench.report;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that a figure must not miss.
 *
 * @param value empty when it was not measured
 * @param atLeast whether more is better
 */
record Bar(
        String what,
        String bar,
        String unit,
        double limit,
        boolean atLeast,
        Function<BenchReport, Optional<Double>> value) {

    static Bar atMost(String what, String bar, String unit, double limit, String scenario, String figure) {
        return new Bar(what, bar, unit, limit, false, of(scenario, figure));
    }

    static Bar atLeast(String what, String bar, String unit, double limit, String scenario, String figure) {
        return new Bar(what, bar, unit, limit, true, of(scenario, figure));
    }

    static Function<BenchReport, Optional<Double>> of(String scenario, String figure) {
        return report -> report.figure(scenario, figure).map(Figure::median);
    }

    Verdict judge(BenchReport report) {
        return value.apply(report)
                .map(measured -> new Verdict(
                        what,
                        bar,
                        String.format(Locale.ROOT, measured >= 100 ? "%.0f %s" : "%.3g %s", measured, unit)
                                .strip(),
                        (atLeast ? measured >= limit : measured <= limit) ? "met" : "missed"))
                .orElseGet(() -> new Verdict(what, bar, "", "not measured"));
    }
}

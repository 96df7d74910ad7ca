package bricklayer.tools.bench.report;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that a figure must not miss.
 *
 * @param value empty when it was not measured
 * @param atLeast whether more is better
 * @param scale what a run must have done to be judged by it
 */
record Bar(
        String what,
        String bar,
        String unit,
        double limit,
        boolean atLeast,
        Scale scale,
        Function<BenchReport, Optional<Double>> value) {

    static final String NOT_MEASURED = "not measured";
    private static final String SMALL = "not judged: small run";

    static Bar atMost(String what, String bar, String unit, double limit, String scenario, String figure, Scale scale) {
        return new Bar(
                what,
                bar,
                unit,
                limit,
                false,
                scale,
                report -> report.figure(scenario, figure).map(Figure::median));
    }

    Verdict judge(BenchReport report) {
        return value.apply(report)
                .map(measured -> new Verdict(
                        what,
                        bar,
                        String.format(Locale.ROOT, measured >= 100 ? "%.0f %s" : "%.3g %s", measured, unit)
                                .strip(),
                        scale.reached(report) ? met(measured) : SMALL))
                .orElseGet(() -> new Verdict(what, bar, "", NOT_MEASURED));
    }

    private String met(double measured) {
        return (atLeast ? measured >= limit : measured <= limit) ? "met" : "missed";
    }
}

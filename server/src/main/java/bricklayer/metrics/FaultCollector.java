package bricklayer.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;

/** Shows whether somebody can make things go wrong here, and what did, so that nobody takes an exercise for an emergency. */
final class FaultCollector extends Collector {

    private final Supplier<FaultFigures> figures;

    FaultCollector(Supplier<FaultFigures> figures) {
        this.figures = figures;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        FaultFigures now = figures.get();
        GaugeMetricFamily acted = new GaugeMetricFamily(
                "bricklayer_faults_injected", "How often each fault rule in force has acted", List.of("rule"));
        now.acted().forEach((rule, times) -> acted.addMetric(List.of(rule), times));
        return List.of(
                new GaugeMetricFamily(
                        "bricklayer_fault_injection_allowed",
                        "Whether an administrator can make things go wrong on purpose",
                        now.allowed() ? 1 : 0),
                new GaugeMetricFamily("bricklayer_fault_rules", "Fault rules in force", now.rules()),
                acted);
    }
}

package bricklayer.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Shows where records and nodes disagree. Nothing before the first comparison: no figure is not a figure of 0. */
final class DriftCollector extends Collector {

    private static final String NAME = "bricklayer_reconcile_";
    private static final double MILLIS = 1000.0;

    private final Supplier<Optional<DriftFigures>> figures;

    DriftCollector(Supplier<Optional<DriftFigures>> figures) {
        this.figures = figures;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return figures.get().map(DriftCollector::families).orElse(List.of());
    }

    private static List<MetricFamilySamples> families(DriftFigures now) {
        GaugeMetricFamily findings = new GaugeMetricFamily(
                NAME + "findings",
                "Disagreements of records and nodes as last seen, that no operation explains and none has repaired since",
                List.of("kind"));
        new TreeMap<>(now.findings()).forEach((kind, count) -> findings.addMetric(List.of(kind), count));
        GaugeMetricFamily pools = new GaugeMetricFamily(
                "bricklayer_thin_pool_fill_ratio",
                "Part in use of the fullest thin pool of a node, as of the last comparison that could look at it",
                List.of("cluster", "node", "hostname", "part"));
        for (DriftFigures.Pool pool : now.fullestPools()) {
            pools.addMetric(List.of(pool.cluster(), pool.node(), pool.hostname(), "data"), pool.data());
            pools.addMetric(List.of(pool.cluster(), pool.node(), pool.hostname(), "metadata"), pool.metadata());
        }
        return List.of(
                findings,
                pools,
                new GaugeMetricFamily(
                        NAME + "explained_findings", "Disagreements that an operation explains", now.explained()),
                new GaugeMetricFamily(
                        NAME + "unknown_nodes",
                        "Nodes of which the last whole comparison could not tell something",
                        now.unknownNodes()),
                new GaugeMetricFamily(
                        NAME + "unknown_parts",
                        "All that the last whole comparison could not tell about",
                        now.unknownParts()),
                new GaugeMetricFamily(
                        NAME + "age_seconds",
                        "Since the last whole comparison began",
                        now.age().toMillis() / MILLIS),
                new GaugeMetricFamily(
                        NAME + "last_run_seconds",
                        "How long the last whole comparison took",
                        now.took().toMillis() / MILLIS));
    }
}

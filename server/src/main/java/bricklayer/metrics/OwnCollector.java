package bricklayer.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our own gauges, under names that begin with {@code bricklayer}. */
final class OwnCollector extends Collector {

    private static final Logger LOG = LoggerFactory.getLogger(OwnCollector.class);
    private static final long BYTES_PER_KIB = 1024;

    private final Supplier<OwnFigures> figures;

    OwnCollector(Supplier<OwnFigures> figures) {
        this.figures = figures;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        OwnFigures now;
        try {
            now = figures.get();
        } catch (RuntimeException e) {
            LOG.error("our own figures for /metrics cannot be read; they are left out", e);
            return List.of();
        }
        GaugeMetricFamily up = new GaugeMetricFamily(
                "bricklayer_node_up",
                "Whether glusterd of the node answered when it was last asked; missing when nothing is known",
                List.of("cluster", "node", "hostname"));
        now.nodes()
                .forEach(node -> node.up()
                        .ifPresent(answers ->
                                up.addMetric(List.of(node.cluster(), node.id(), node.hostname()), answers ? 1 : 0)));
        GaugeMetricFamily foreign = new GaugeMetricFamily(
                "bricklayer_device_foreign_bytes",
                "Space allocated on the device that is not our bricks', as of its last resync; below 0 when bricks of ours were missing",
                List.of("node", "device", "name"));
        now.devices()
                .forEach(device -> foreign.addMetric(
                        List.of(device.node(), device.id(), device.name()),
                        (double) device.foreignKiB() * BYTES_PER_KIB));
        return List.of(
                new GaugeMetricFamily(
                        "bricklayer_read_only", "Whether the records take no changes", now.readOnly() ? 1 : 0),
                new GaugeMetricFamily(
                        "bricklayer_quarantined_rows",
                        "Stored rows that cannot be read and take part in nothing",
                        now.quarantinedRows()),
                up,
                foreign);
    }
}

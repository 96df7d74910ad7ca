package bricklayer.metrics;

import bricklayer.http.RequestObserver;
import bricklayer.store.log.FlushTimes;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.Histogram;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** What {@link MetricsRoutes} shows. Collecting asks the supplier once and holds no lock meanwhile. Thread-safe. */
public final class Metrics implements RequestObserver {

    public static final String TEXT_FORMAT = TextFormat.CONTENT_TYPE_004;

    private static final double[] SECONDS = {0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60};
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH");

    private final CollectorRegistry registry = new CollectorRegistry();
    private final Histogram requests;

    /**
     * @param figures asked at each collection; when it throws, {@code heketi_up} is 0
     * @param own asked at each collection; when it throws, our own gauges are left out
     */
    public Metrics(Supplier<HeketiFigures> figures, Supplier<OwnFigures> own) {
        DefaultExports.register(registry);
        requests = Histogram.build(
                        "bricklayer_http_request_seconds",
                        "Time from the head of a request to its answer, by route and status")
                .labelNames("method", "route", "status")
                .buckets(SECONDS)
                .register(registry);
        registry.register(new HeketiCollector(figures));
        registry.register(new OwnCollector(own));
    }

    /**
     * Adds a figure of our own.
     *
     * @param value asked at each collection; must not wait
     */
    public Metrics gauge(String name, String help, DoubleSupplier value) {
        registry.register(new Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                return List.of(new GaugeMetricFamily(name, help, value.getAsDouble()));
            }
        });
        return this;
    }

    /** Shows faults on purpose, too. */
    public Metrics withFaults(Supplier<FaultFigures> figures) {
        registry.register(new FaultCollector(figures));
        return this;
    }

    /**
     * Shows how much is asked of each host, too.
     *
     * @param commands by name of the host, since the start
     */
    public Metrics withCommands(Supplier<Map<String, Long>> commands) {
        registry.register(new Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                CounterMetricFamily given = new CounterMetricFamily(
                        "bricklayer_node_commands",
                        "Commands given to a node since the start, whether or not they reached it",
                        List.of("hostname"));
                commands.get().forEach((host, count) -> given.addMetric(List.of(host), count));
                return List.of(given);
            }
        });
        return this;
    }

    /**
     * Shows how long flushes of the log take, too.
     *
     * @param times since the start
     */
    public Metrics withFlushTimes(Supplier<FlushTimes.Distribution> times) {
        registry.register(new FlushCollector(times));
        return this;
    }

    /**
     * Shows where records and nodes disagree, too.
     *
     * @param figures empty before the first comparison
     */
    public Metrics withDrift(Supplier<Optional<DriftFigures>> figures) {
        registry.register(new DriftCollector(figures));
        return this;
    }

    @Override
    public void answered(String method, String route, int status, Duration took) {
        String known = METHODS.contains(method) ? method : "other";
        requests.labels(known, route, String.valueOf(status)).observe(took.toNanos() / 1e9);
    }

    /** All figures as of now, in {@link #TEXT_FORMAT}. */
    public String text() {
        StringWriter text = new StringWriter();
        try {
            TextFormat.write004(text, registry.metricFamilySamples());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return text.toString();
    }
}

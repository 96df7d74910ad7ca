package bricklayer.metrics;

import bricklayer.store.log.FlushTimes;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Shows how long flushes of the log take, as a histogram. */
final class FlushCollector extends Collector {

    private static final String NAME = "bricklayer_store_flush_seconds";

    private final Supplier<FlushTimes.Distribution> times;

    FlushCollector(Supplier<FlushTimes.Distribution> times) {
        this.times = times;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        FlushTimes.Distribution now = times.get();
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        long upTo = 0;
        for (int bucket = 0; bucket < now.counts().size(); bucket++) {
            upTo += now.counts().get(bucket);
            String bound =
                    bucket < now.bounds().size() ? doubleToGoString(now.bounds().get(bucket)) : "+Inf";
            samples.add(sample("_bucket", List.of("le"), List.of(bound), (double) upTo));
        }
        samples.add(sample("_count", List.of(), List.of(), (double) upTo));
        samples.add(sample("_sum", List.of(), List.of(), now.sumSeconds()));
        return List.of(new MetricFamilySamples(
                NAME,
                Type.HISTOGRAM,
                "Time from the beginning of a write to the log to the end of its flush",
                samples));
    }

    private static MetricFamilySamples.Sample sample(
            String suffix, List<String> labels, List<String> values, double value) {
        return new MetricFamilySamples.Sample(NAME + suffix, labels, values, value);
    }
}

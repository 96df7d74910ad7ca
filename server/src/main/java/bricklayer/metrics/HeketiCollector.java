package bricklayer.metrics;

import bricklayer.metrics.HeketiFigures.Cluster;
import bricklayer.metrics.HeketiFigures.Device;
import bricklayer.metrics.HeketiFigures.Node;
import bricklayer.metrics.HeketiFigures.Operations;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Heketi's gauges, under its names and help texts (its spelling of {@code inFlight} included). */
final class HeketiCollector extends Collector {

    private static final Logger LOG = LoggerFactory.getLogger(HeketiCollector.class);
    private static final long BYTES_PER_KIB = 1024;
    private static final List<String> DEVICE_LABELS =
            List.of("cluster", "hostname", "storage_hostname", "id", "device", "pv_uuid");

    private final Supplier<HeketiFigures> figures;

    HeketiCollector(Supplier<HeketiFigures> figures) {
        this.figures = figures;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        HeketiFigures now;
        try {
            now = figures.get();
        } catch (RuntimeException e) {
            // the probe must tell that something is wrong, not fail itself
            LOG.error("the figures for /metrics cannot be read; heketi_up is 0", e);
            return List.of(single("heketi_up", "Is heketi running?", 0));
        }
        List<MetricFamilySamples> all = new ArrayList<>();
        all.add(single("heketi_up", "Is heketi running?", 1));
        all.add(single(
                "heketi_cluster_count", "Number of clusters", now.clusters().size()));
        all.add(perCluster("heketi_volumes_count", "Number of volumes on cluster", now, Cluster::volumes));
        all.add(perCluster(
                "heketi_block_volumes_count", "Number of block volumes on cluster", now, Cluster::blockVolumes));
        all.add(perCluster(
                "heketi_nodes_count",
                "Number of nodes on cluster",
                now,
                cluster -> cluster.nodes().size()));
        all.add(devicesPerNode(now));
        capacity(all, now);
        operations(all, now.operations());
        return all;
    }

    private static void capacity(List<MetricFamilySamples> all, HeketiFigures now) {
        all.add(perDevice("heketi_device_size", "Total size of the device", now, Device::sizeKiB));
        all.add(perDevice("heketi_device_free", "Amount of Free space available on the device", now, Device::freeKiB));
        all.add(perDevice("heketi_device_used", "Amount of space used on the device", now, Device::usedKiB));
        all.add(perDevice(
                "heketi_device_size_bytes",
                "Total size of the device in bytes",
                now,
                device -> device.sizeKiB() * BYTES_PER_KIB));
        all.add(perDevice(
                "heketi_device_free_bytes",
                "Amount of Free space available on the device in bytes",
                now,
                device -> device.freeKiB() * BYTES_PER_KIB));
        all.add(perDevice(
                "heketi_device_used_bytes",
                "Amount of space used on the device in bytes",
                now,
                device -> device.usedKiB() * BYTES_PER_KIB));
        all.add(perDevice("heketi_device_brick_count", "Number of bricks on device", now, Device::bricks));
    }

    private static void operations(List<MetricFamilySamples> all, Operations now) {
        all.add(single("heketi_operations_stale_count", "Number of Stale Operations", now.stale()));
        all.add(single("heketi_operations_failed_count", "Number of Failed Operations", now.failed()));
        all.add(single("heketi_operations_new_count", "Number of New Operations", now.fresh()));
        all.add(single("heketi_operations_total_count", "Total Number of Operations", now.total()));
        all.add(single("heketi_operations_inFlight_count", "Number of in flight Operations", now.inFlight()));
    }

    private static MetricFamilySamples single(String name, String help, double value) {
        return new GaugeMetricFamily(name, help, value);
    }

    private static MetricFamilySamples perCluster(
            String name, String help, HeketiFigures now, ToLongFunction<Cluster> figure) {
        GaugeMetricFamily family = new GaugeMetricFamily(name, help, List.of("cluster"));
        for (Cluster cluster : now.clusters()) {
            family.addMetric(List.of(cluster.id()), (double) figure.applyAsLong(cluster));
        }
        return family;
    }

    private static MetricFamilySamples devicesPerNode(HeketiFigures now) {
        GaugeMetricFamily family = new GaugeMetricFamily(
                "heketi_device_count", "Number of devices on host", List.of("cluster", "hostname", "storage_hostname"));
        for (Cluster cluster : now.clusters()) {
            for (Node node : cluster.nodes()) {
                family.addMetric(
                        List.of(cluster.id(), node.hostname(), node.storageHostname()),
                        node.devices().size());
            }
        }
        return family;
    }

    private static MetricFamilySamples perDevice(
            String name, String help, HeketiFigures now, ToLongFunction<Device> figure) {
        GaugeMetricFamily family = new GaugeMetricFamily(name, help, DEVICE_LABELS);
        for (Cluster cluster : now.clusters()) {
            for (Node node : cluster.nodes()) {
                for (Device device : node.devices()) {
                    List<String> labels = List.of(
                            cluster.id(),
                            node.hostname(),
                            node.storageHostname(),
                            device.id(),
                            device.name(),
                            device.pvUuid());
                    family.addMetric(labels, (double) figure.applyAsLong(device));
                }
            }
        }
        return family;
    }
}

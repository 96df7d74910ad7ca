package bricklayer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.http.HttpServer;
import bricklayer.http.RawHttp;
import bricklayer.http.RawHttp.Reply;
import bricklayer.http.SampleServer;
import bricklayer.metrics.HeketiFigures.Cluster;
import bricklayer.metrics.HeketiFigures.Device;
import bricklayer.metrics.HeketiFigures.Node;
import bricklayer.metrics.HeketiFigures.Operations;
import bricklayer.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final HeketiFigures FIGURES = new HeketiFigures(
            List.of(
                    new Cluster(
                            "c1",
                            3,
                            1,
                            List.of(new Node(
                                    "n1.example",
                                    "192.0.2.1",
                                    List.of(new Device("d1", "/dev/vdb", "", 100, 60, 40, 2))))),
                    new Cluster("c2", 0, 0, List.of())),
            new Operations(1, 2, 3, 6, 4));

    private static final OwnFigures OWN = new OwnFigures(
            true,
            2,
            List.of(
                    new OwnFigures.Node("c1", "n1", "n1.example", Optional.of(true)),
                    new OwnFigures.Node("c1", "n2", "n2.example", Optional.of(false)),
                    new OwnFigures.Node("c1", "n3", "n3.example", Optional.empty())),
            List.of(new OwnFigures.Device("n1", "d1", "/dev/vdb", 4096)));

    private static Reply collect(Supplier<HeketiFigures> figures) {
        return collect(figures, () -> OWN);
    }

    private static Reply collect(Supplier<HeketiFigures> figures, Supplier<OwnFigures> own) {
        Metrics metrics = new Metrics(figures, own);
        metrics.answered("GET", "/volumes/{id}", 200, Duration.ofMillis(30));
        metrics.answered("SPAM17", "unknown", 404, Duration.ZERO);
        try (HttpServer server = HttpServer.start(
                SampleServer.CONFIG,
                List.of(request -> {
                    throw Problem.of(401, "unauthorized", "closed");
                }),
                List.of(new MetricsRoutes(metrics)),
                metrics,
                new Random(1))) {
            return new RawHttp(server.port()).get("/metrics");
        }
    }

    @Test
    void heketisFiguresUnderHeketisNames() {
        Reply reply = collect(() -> FIGURES);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        String device =
                "{cluster=\"c1\",hostname=\"n1.example\",storage_hostname=\"192.0.2.1\",id=\"d1\",device=\"/dev/vdb\",pv_uuid=\"\",} ";
        assertThat(reply.body().lines())
                .contains(
                        "# HELP heketi_up Is heketi running?",
                        "# TYPE heketi_up gauge",
                        "heketi_up 1.0",
                        "heketi_cluster_count 2.0",
                        "heketi_volumes_count{cluster=\"c1\",} 3.0",
                        "heketi_volumes_count{cluster=\"c2\",} 0.0",
                        "heketi_block_volumes_count{cluster=\"c1\",} 1.0",
                        "heketi_nodes_count{cluster=\"c1\",} 1.0",
                        "heketi_device_count{cluster=\"c1\",hostname=\"n1.example\",storage_hostname=\"192.0.2.1\",} 1.0",
                        "heketi_device_size" + device + "100.0",
                        "heketi_device_free" + device + "60.0",
                        "heketi_device_used" + device + "40.0",
                        "heketi_device_size_bytes" + device + "102400.0",
                        "heketi_device_free_bytes" + device + "61440.0",
                        "heketi_device_used_bytes" + device + "40960.0",
                        "# HELP heketi_device_used_bytes Amount of space used on the device in bytes",
                        "heketi_device_brick_count" + device + "2.0",
                        "heketi_operations_stale_count 1.0",
                        "heketi_operations_failed_count 2.0",
                        "heketi_operations_new_count 3.0",
                        "heketi_operations_total_count 6.0",
                        "heketi_operations_inFlight_count 4.0");
    }

    @Test
    void requestsAreCountedByRouteAndAnyOddMethodAsOther() {
        assertThat(collect(() -> FIGURES).body().lines())
                .contains(
                        "bricklayer_http_request_seconds_count{method=\"GET\",route=\"/volumes/{id}\",status=\"200\",} 1.0",
                        "bricklayer_http_request_seconds_bucket{method=\"GET\",route=\"/volumes/{id}\",status=\"200\",le=\"0.025\",} 0.0",
                        "bricklayer_http_request_seconds_bucket{method=\"GET\",route=\"/volumes/{id}\",status=\"200\",le=\"0.1\",} 1.0",
                        "bricklayer_http_request_seconds_count{method=\"other\",route=\"unknown\",status=\"404\",} 1.0")
                .anyMatch(line -> line.startsWith("jvm_memory_bytes_used"));
    }

    @Test
    void upIsZeroAndStandsAloneWhenTheFiguresCannotBeRead() {
        Reply reply = collect(() -> {
            throw new IllegalStateException("closed");
        });

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().lines().filter(line -> line.startsWith("heketi_")))
                .containsExactly("heketi_up 0.0");
    }

    @Test
    void ourOwnFiguresStandBesideThem() {
        assertThat(collect(() -> FIGURES).body().lines())
                .contains(
                        "bricklayer_read_only 1.0",
                        "bricklayer_quarantined_rows 2.0",
                        "bricklayer_node_up{cluster=\"c1\",node=\"n1\",hostname=\"n1.example\",} 1.0",
                        "bricklayer_node_up{cluster=\"c1\",node=\"n2\",hostname=\"n2.example\",} 0.0",
                        "bricklayer_device_foreign_bytes{node=\"n1\",device=\"d1\",name=\"/dev/vdb\",} 4194304.0")
                .noneMatch(line -> line.contains("n3.example"));
    }

    @Test
    void ourOwnFiguresAreLeftOutWhenTheyCannotBeRead() {
        Reply reply = collect(() -> FIGURES, () -> {
            throw new IllegalStateException("closed");
        });

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().lines()).contains("heketi_up 1.0").noneMatch(line -> line.contains("bricklayer_node"));
    }
}

package bricklayer.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.FaultRules;
import bricklayer.api.Probe;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.client.BricklayerException;
import bricklayer.config.ConfigFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What whoever watches over the process is told, over HTTP and without a token, when all is well and when it is not. */
@Timeout(300)
class ProbesTest {

    private static final ClusterCreateRequest CLUSTER = new ClusterCreateRequest(true, true);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aServerThatTakesChangesIsReadyAndSaysSoToAnybody() throws Exception {
        try (BricklayerServer server = start("")) {
            HttpResponse<String> live = get(server, "/healthz/live");
            HttpResponse<String> ready = get(server, "/healthz/ready");

            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.headers().firstValue("Content-Type")).contains("application/json; charset=UTF-8");
            Probe probe = WireJson.read(ready.body(), Probe.class);
            assertThat(probe.status()).isEqualTo("ok");
            assertThat(probe.checks().stream().map(Probe.Check::name))
                    .containsExactly("journal", "checkpoint", "recovery", "mode", "records", "operations");
            assertThat(get(server, "/metrics").body())
                    .contains("\nbricklayer_ready 1.0\n")
                    .contains("\nbricklayer_store_flush_seconds_bucket{le=\"+Inf\",} ")
                    .contains("\nbricklayer_store_flush_seconds_sum ");
        }
    }

    /** Who decided that no change is taken need not be told; who watches is. */
    @Test
    void aServerThatWasToldToTakeNoChangesIsReadyWithAWarning() throws Exception {
        try (BricklayerServer server = start("")) {
            client(server).setAdminMode("read-only");

            assertThat(get(server, "/healthz/ready").statusCode()).isEqualTo(200);
            assertThat(client(server).ready().checks())
                    .anySatisfy(check -> assertThat(check)
                            .isEqualTo(new Probe.Check(
                                    "mode", "warn", "read-only: changes are refused, wholly or but for this machine")));
            assertThat(client(server).ready().status()).isEqualTo("warn");
        }
    }

    @Test
    void afterAFailedFlushBothFailAndARestartMendsIt() throws Exception {
        try (BricklayerServer server = start("")) {
            BricklayerClient client = client(server);
            fault(client, "\"act\": \"error\", \"times\": 1");
            assertThatThrownBy(() -> client.createCluster(CLUSTER)).isInstanceOf(BricklayerException.class);

            assertThat(get(server, "/healthz/live").statusCode()).isEqualTo(503);
            assertThat(get(server, "/healthz/ready").statusCode()).isEqualTo(503);
            assertThat(client.live().passed()).isFalse();
            assertThat(client.ready().checks().getFirst().status()).isEqualTo("fail");
            assertThat(get(server, "/healthz/ready").body())
                    .as("anybody may read it")
                    .doesNotContain(folder.toString());
            assertThat(get(server, "/metrics").body()).contains("\nbricklayer_ready 0.0\n");
            assertThat(client.clusters()).as("reads go on").isEmpty();
        }
        try (BricklayerServer server = start("")) {
            assertThat(get(server, "/healthz/live").statusCode()).isEqualTo(200);
            assertThat(get(server, "/healthz/ready").statusCode()).isEqualTo(200);
            client(server).createCluster(CLUSTER);
        }
    }

    /** A restart does not wake a disk, so it is left running, and answers while the disk does not. */
    @Test
    void whileAFlushHangsItIsAliveButNotReady() throws Exception {
        try (BricklayerServer server = start(", \"store\": {\"flush_max_seconds\": 1}")) {
            BricklayerClient client = client(server);
            fault(client, "\"act\": \"delay\", \"wait_ms\": 5000, \"times\": 1");
            Thread writer = Thread.ofVirtual().start(() -> client.createCluster(CLUSTER));

            awaitReady(server, 503);
            assertThat(get(server, "/healthz/ready").body()).contains("the disk hangs");
            assertThat(get(server, "/healthz/live").statusCode()).isEqualTo(200);
            writer.join();
            awaitReady(server, 200);
            assertThat(get(server, "/metrics").body())
                    .contains("\nbricklayer_store_flush_seconds_bucket{le=\"10.0\",} ");
        }
    }

    private void awaitReady(BricklayerServer server, int status) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (get(server, "/healthz/ready").statusCode() != status) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static void fault(BricklayerClient client, String act) {
        client.setFaults(WireJson.read(
                "{\"rules\": [{\"name\": \"disk\", \"point\": \"store/frame-flush:before\", " + act + "}]}",
                FaultRules.class));
    }

    private BricklayerServer start(String more) {
        String config =
                "{\"glusterfs\": {\"executor\": \"mock\"}, \"bricklayer\": {\"fault_injection\": true, \"data\": \""
                        + folder.resolve("data") + "\"" + more + "}}";
        return BricklayerServer.start(ConfigFile.parse(config, Map.of(), ConfigFile.Authentication.DISABLED)
                .config());
    }

    private static BricklayerClient client(BricklayerServer server) {
        return BricklayerClient.to(URI.create("http://localhost:" + server.port()))
                .build();
    }

    private HttpResponse<String> get(BricklayerServer server, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                        .build(),
                BodyHandlers.ofString());
    }
}

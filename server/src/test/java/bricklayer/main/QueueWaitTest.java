package bricklayer.main;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.config.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /queue/{id}} holds its answer back while an operation runs. */
class QueueWaitTest {

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> send(BricklayerServer server, HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        return http.send(
                request.uri(URI.create("http://localhost:" + server.port() + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(BricklayerServer server, String path, String body)
            throws IOException, InterruptedException {
        return send(server, HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)), path);
    }

    /** What the first question after its end is told. */
    private HttpResponse<String> addNode(BricklayerServer server, String cluster, String name)
            throws IOException, InterruptedException {
        String body = "{\"zone\":1,\"cluster\":\"" + cluster + "\",\"hostnames\":{\"manage\":[\"" + name
                + "\"],\"storage\":[\"" + name + ".storage\"]}}";
        HttpResponse<String> accepted = post(server, "/nodes", body);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return send(
                server,
                HttpRequest.newBuilder(),
                accepted.headers().firstValue("Location").orElseThrow());
    }

    @Test
    void theFirstAnswerIsTheEndWhereItComesInTime() throws Exception {
        String config = "{\"port\": \"0\", \"glusterfs\": {\"executor\": \"mock\"}, \"bricklayer\": {\"data\": \""
                + folder.resolve("data") + "\", \"queue\": {\"wait_ms\": 10000}, \"simulated\": {\"folder\": \""
                + folder.resolve("nodes") + "\", \"command_delay_ms\": 100}}}";
        try (BricklayerServer server =
                BricklayerServer.start(ConfigFile.parse(config, Map.of(), ConfigFile.Authentication.DISABLED)
                        .config())) {
            Matcher cluster = Pattern.compile("\"id\":\"([0-9a-f]{32})\"")
                    .matcher(post(server, "/clusters", "{}").body());
            assertThat(cluster.find()).isTrue();
            assertThat(addNode(server, cluster.group(1), "node1").statusCode()).isEqualTo(303);
            // the second one is made a peer, which takes some commands after the request was accepted
            assertThat(addNode(server, cluster.group(1), "node2").statusCode()).isEqualTo(303);
        }
    }
}

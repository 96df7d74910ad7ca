package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.functional.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /admin}: who may change something. */
final class AdminTest extends Conformance {

    private static final String CLOSED = "Service disabled for maintenance";

    @Override
    Map<String, String> otherNodes() {
        return Map.of("m", "s");
    }

    private void isState(String state) {
        get("/admin").isJson(200, json("{'state':'" + state + "'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{'state':1}"})
    void unparsable(String body) {
        Reply reply = post("/admin", body);
        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.body()).startsWith("request unable to be parsed: ").endsWith("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {}               | validation failed: state: cannot be blank.
            {'state':'x'}    | validation failed: state: must be a valid value.
            {'state':'Normal'} | validation failed: state: must be a valid value.
            """)
    void invalid(String body, String text) {
        post("/admin", body).isText(400, text);
        isState("normal");
    }

    /** Only a signal or a restart leads out of it. */
    @Test
    void readOnly() throws IOException, InterruptedException {
        isState("normal");
        String cluster = newCluster("{}");
        Reply accepted = post(
                "/nodes", "{'zone':1,'hostnames':{'manage':['m'],'storage':['s']},'cluster':'%s'}".formatted(cluster));
        String node = made(accepted, "nodes");
        post("/admin", "{'state':'read-only'}").isEmpty(204);
        isState("read-only");
        post("/clusters", "{}").isText(503, CLOSED);
        delete("/clusters/" + cluster).isText(503, CLOSED);
        post("/nothing", "{}").isText(503, CLOSED);
        post("/admin", "{'state':'normal'}").isText(503, CLOSED);
        send("PUT", "/clusters", "").isText(503, CLOSED);
        raw("POST", "/clusters", "{}").isText(401, "Required authorization token not found");
        get("/clusters/" + cluster).isJson(200);
        get(node).isJson(200);
        get(accepted.location()).leadsTo("nodes");
        get("/nothing").isText(404, "Invalid path or request");
        send("HEAD", "/clusters", "").isEmpty(405);

        assertThat(new ProcessBuilder("kill", "-USR2", Long.toString(server.pid()))
                        .start()
                        .waitFor())
                .isZero();
        Eventually.within(
                Duration.ofSeconds(10),
                Duration.ofMillis(20),
                "the signal has made the mode normal",
                () -> get("/admin").body().contains("normal"));
        isState("normal");
        over(delete(node));
        delete("/clusters/" + cluster).isEmpty(200);
    }

    /** The mode is not kept. */
    @Test
    void restart() {
        post("/admin", "{'state':'read-only'}").isEmpty(204);
        server.stop();
        server.restart();
        isState("normal");
    }

    /** Exactly 127.0.0.1 and ::1 are local, whatever a proxy says. */
    @Test
    void localClient() throws IOException {
        post("/admin", "{'state':'local-client'}").isEmpty(204);
        isState("local-client");
        String cluster = newCluster("{}");
        assertThat(fromElsewhere("POST", "/clusters", "{}")).contains(" 503 ").endsWith(CLOSED + "\n");
        assertThat(fromElsewhere("GET", "/clusters", "")).contains(" 200 ");
        assertThat(fromElsewhere("POST", "/clusters", "{}", "X-Forwarded-For: 127.0.0.1"))
                .contains(" 503 ");
        assertThat(send("POST", "/clusters/" + cluster + "/flags", "{}", "X-Forwarded-For: 192.0.2.1")
                        .status())
                .isEqualTo(200);
        delete("/clusters/" + cluster).isEmpty(200);
        post("/admin", "{'state':'normal'}").isEmpty(204);
        isState("normal");
    }

    /** From another address of this machine. */
    private String fromElsewhere(String method, String path, String body, String... headers) throws IOException {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(headers),
                        java.util.stream.Stream.of(
                                "Authorization: bearer " + Tokens.of("admin", keys().admin(), method, path),
                                "Connection: close"))
                .toArray(String[]::new);
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port()), 10_000);
            socket.getOutputStream().write(Wire.request(method, path, body.getBytes(StandardCharsets.UTF_8), all));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

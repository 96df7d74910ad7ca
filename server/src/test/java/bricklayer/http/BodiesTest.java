package bricklayer.http;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.http.RawHttp.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a body that can be read, as Heketi's decoder sees it. */
class BodiesTest {

    private static SampleServer sample;

    @BeforeAll
    static void start() {
        sample = new SampleServer();
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    private static Reply post(String body, String... headers) {
        return sample.http.post("/clusters", body, headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "1",
                "\"x\"",
                "{\"size\":1.0}",
                "{\"size\":1e0}",
                "{\"size\":99999999999999999999}",
                "{\"size\":\"1\"}",
                "{\"size\":true}",
                "{\"size\":[1]}",
                "{\"size\":{}}",
                "{\"name\":1}",
                "{\"name\":true}",
                "{\"name\":[\"a\"]}",
                "{\"block\":1}",
                "{\"block\":\"true\"}",
                "{\"clusters\":\"a\"}",
                "{\"clusters\":[1]}",
                "{\"snapshot\":1}",
                "{\"snapshot\":{\"factor\":\"1\"}}",
                "{\"durability\":[]}",
                "{\"size\":1} x",
                "{\"size\":1}{}",
                "{'size':1}",
                "{size:1}",
                "{\"size\":NaN}",
                "{\"size\":01}",
                "{\"size\":1,}",
                "/* c */ {}"
            })
    void anythingElseIs422(String body) {
        Reply reply = post(body);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body()).isEqualTo("request unable to be parsed\n");
        assertThat(reply.header("Content-Type")).hasValue("text/plain; charset=utf-8");
    }

    @Test
    void unknownKeysAreIgnoredAndKeysMatchInAnyCase() {
        assertThat(post("{\"SIZE\":3,\"Name\":\"v\",\"x\":[{\"y\":{}}]}").body())
                .startsWith("{\"size\":3,\"name\":\"v\"");
    }

    @Test
    void nullLeavesTheZeroValue() {
        Reply empty = post("{}");
        assertThat(empty.status()).isEqualTo(201);
        assertThat(post("null").body()).isEqualTo(empty.body());
        assertThat(post("{\"size\":null,\"name\":null,\"clusters\":null,\"durability\":null,\"snapshot\":null}")
                        .body())
                .isEqualTo(empty.body());
    }

    @Test
    void theContentTypeIsNeverLookedAt() {
        assertThat(post("{}", "Content-Type: text/html").status()).isEqualTo(201);
        assertThat(post("{}", "Content-Type: application/x-www-form-urlencoded").status())
                .isEqualTo(201);
        assertThat(post("{}", "Content-Type: multipart/form-data; boundary=x").status())
                .isEqualTo(201);
        assertThat(post("{}", "Content-Type: \u0001;;;").status()).isIn(201, 400);
    }

    @Test
    void aChunkedBodyIsReadNormally() {
        String request = """
                POST /clusters HTTP/1.1\r
                Host: h\r
                Connection: close\r
                Transfer-Encoding: chunked\r
                \r
                5\r
                {"siz\r
                5\r
                e":7}\r
                0\r
                \r
                """;
        Reply reply = sample.http.exchange(request.getBytes(StandardCharsets.US_ASCII));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body()).startsWith("{\"size\":7");
    }

    @Test
    void aBodyThatMayBeMissingIsReadOnlyWhenALengthIsAnnounced() {
        assertThat(sample.http.send("DELETE", "/devices/ab", "").body()).isEqualTo("{\"body\":false}\n");
        assertThat(sample.http.send("DELETE", "/devices/ab", "{}").body()).isEqualTo("{\"body\":true}\n");
        assertThat(sample.http.send("DELETE", "/devices/ab", "[]").status()).isEqualTo(422);
    }

    @Test
    void aBodyThatIsTooLargeIs413() {
        int limit = SampleServer.CONFIG.bodyMaxBytes();
        assertThat(post("{}" + " ".repeat(limit - 2)).status()).isEqualTo(201);

        Reply announced = post("{}" + " ".repeat(limit - 1));
        assertThat(announced.status()).isEqualTo(413);
        assertThat(announced.body()).isEqualTo("request body is larger than " + limit + " bytes\n");

        String chunk = "1000\r\n" + " ".repeat(4096) + "\r\n";
        String chunked = "POST /clusters HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(limit / 4096)
                + "2\r\n{}\r\n0\r\n\r\n";
        assertThat(sample.http
                        .exchange(chunked.getBytes(StandardCharsets.US_ASCII))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void deepNestingIs422OrIgnored() {
        int depth = 20_000;
        assertThat(post("{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}").status())
                .isIn(201, 422);
        assertThat(post("[".repeat(depth)).status()).isEqualTo(422);
        assertThat(post("{\"durability\":".repeat(2_000) + "1" + "}".repeat(2_000))
                        .status())
                .isIn(201, 422);
    }

    @Test
    void invalidUtf8IsReplaced() {
        byte[] body = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xff, (byte) 0xc3, '"', '}'};
        Reply reply = sample.http.send("POST", "/clusters", body);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body()).contains("\ufffd");
    }

    @Test
    void repeatedKeysAreNeverAFaultOfTheServer() {
        assertThat(post("{\"size\":1,\"size\":2}").status()).isIn(201, 422);
        assertThat(post("{\"size\":1,\"SIZE\":2,\"name\":\"a\",\"NAME\":\"b\"}").status())
                .isIn(201, 422);
    }

    @Test
    void hugeNumbersAreNeverAFaultOfTheServer() {
        assertThat(post("{\"size\":" + "9".repeat(5_000) + "}").status()).isEqualTo(422);
        assertThat(post("{\"size\":1e999999999}").status()).isEqualTo(422);
        assertThat(post("{\"x\":1e999999999}").status()).isIn(201, 422);
        assertThat(sample.http
                        .post("/volumes", "{\"snapshot\":{\"factor\":1e39}}")
                        .status())
                .isIn(202, 422);
    }

    @Test
    void aBodyThatBreaksOffIsTheCallersFault() {
        String request =
                "POST /clusters HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";

        assertThat(sample.http
                        .exchange(request.getBytes(StandardCharsets.US_ASCII))
                        .status())
                .isEqualTo(400);
    }
}

package bricklayer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requests put together by chance never make the server fail, whatever they hold: 2xx to 4xx, and no word of its insides. */
class FuzzTest {

    private static final int REQUESTS = 4_000;
    private static final List<String> METHODS =
            List.of("GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS", "PATCH", "get", "TRACE", "X");
    private static final List<String> PATH_PIECES = List.of(
            "/",
            "//",
            "clusters",
            "volumes",
            "devices",
            "ab",
            "AF09",
            "zz",
            "..",
            ".",
            "%2F",
            "%2e%2e",
            "%00",
            "%c3%28",
            "%",
            ";a=b",
            "resync",
            "flags",
            "queue",
            "hello",
            "?",
            "&x=",
            "#",
            "~",
            "+",
            "*",
            ":",
            "@",
            "[",
            "]",
            "|",
            "{id}");
    private static final List<String> BODY_PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"size\"",
            "\"name\"",
            "\"SIZE\"",
            "\"snapshot\"",
            "\"durability\"",
            "\"clusters\"",
            ":",
            ",",
            "1",
            "-1",
            "1.0",
            "1e999",
            "99999999999999999999",
            "null",
            "true",
            "\"a\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"",
            "\\",
            " ",
            "\n",
            "ü",
            "\u2028");
    private static final List<String> HEADERS = List.of(
            "Content-Type: application/json",
            "Content-Type: x; charset=utf-7",
            "Accept: application/problem+json",
            "Accept: ;;q=",
            "Authorization: bearer a.b.c",
            "X-Request-ID: \u00e4",
            "Expect: 100-continue",
            "Content-Encoding: gzip",
            "Upgrade: websocket",
            "Cookie: a=b; JSESSIONID=1");

    @Test
    void nothingMakesTheServerFail() {
        long seed = Long.getLong("seed", 20_261_121L);
        System.out.println("FuzzTest -Dseed=" + seed);
        Random random = new Random(seed);
        try (SampleServer sample = new SampleServer()) {
            for (int i = 0; i < REQUESTS; i++) {
                String method = METHODS.get(random.nextInt(METHODS.size()));
                String target = "/" + mixed(random, PATH_PIECES, 6);
                byte[] body = body(random, method);
                String header = HEADERS.get(random.nextInt(HEADERS.size()));

                RawHttp.Reply reply = sample.http.send(method, target.replace(" ", ""), body, header);

                String request = "request " + i + " of seed " + seed + ": " + method + " " + target + " " + header + " "
                        + new String(body, StandardCharsets.UTF_8);
                assertThat(reply.status()).as(request).isBetween(200, 499);
                assertThat(reply.body()).as(request).doesNotContain("Exception", "\tat ", "<html");
            }
        }
    }

    private static byte[] body(Random random, String method) {
        if (random.nextInt(3) == 0 && !method.equals("POST")) {
            return new byte[0];
        }
        byte[] body = mixed(random, BODY_PIECES, 12).getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0 && body.length > 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    private static String mixed(Random random, List<String> pieces, int max) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(max + 1);
        for (int i = 0; i < count; i++) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}

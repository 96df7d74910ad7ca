package bricklayer.http;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.http.RawHttp.Reply;
import bricklayer.problem.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which path and method get what, whoever asks. Redirects of unclean paths come before the gate, everything else after it. */
class TransportTest {

    private static SampleServer sample;

    @BeforeAll
    static void start() {
        sample = new SampleServer(request -> {
            if (request.authorization().isEmpty()) {
                throw Problem.of(401, "unauthorized", "who are you?");
            }
            return "admin";
        });
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    private static Reply let(String method, String target) {
        return sample.http.send(method, target, "", "Authorization: x");
    }

    @Test
    void anIdIsHexInEitherCaseAndOfAnyLength() {
        assertThat(let("GET", "/clusters/aF09").body()).isEqualTo("{\"id\":\"aF09\"}\n");
        assertThat(let("GET", "/clusters/" + "a".repeat(3_000)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nope",
                "/clusters/badid",
                "/clusters/ab%2Fcd/x",
                "/clusters/ab;x=1",
                "/Clusters",
                "/clusters/%00",
                "/clusters/%zz",
                "/clusters/%",
                "/hello/",
                "/%C3%28",
                "/clusters/ab/flags/more",
                "*"
            })
    void anUnknownPathIs404(String target) {
        Reply reply = let("GET", target);

        assertThat(reply.status()).isIn(400, 404);
        if (reply.status() == 404) {
            assertThat(reply.body()).isEqualTo("Invalid path or request\n");
        }
        assertThat(reply.body()).doesNotContain("<", "Exception", "at ");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/clusters",
        "HEAD,/clusters",
        "OPTIONS,/clusters",
        "PATCH,/clusters/ab",
        "POST,/queue/ab",
        "DELETE,/volumes",
        "TRACE,/clusters",
        "SPAM,/clusters",
        "PUT,/clusters/"
    })
    void aKnownPathWithAnotherMethodIs405WithoutABody(String method, String target) {
        Reply reply = let(method, target);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("Content-Type")).isEmpty();
        assertThat(reply.header("Allow")).isPresent();
    }

    @Test
    void authenticationComesBeforeRouting() {
        assertThat(sample.http.get("/nope").status()).isEqualTo(401);
        assertThat(sample.http.send("PUT", "/clusters", "").status()).isEqualTo(401);
        assertThat(sample.http.get("/clusters/").status()).isEqualTo(401);
    }

    @Test
    void helloIsOpenForGetOnly() {
        Reply hello = sample.http.get("/hello");
        assertThat(hello.status()).isEqualTo(200);
        assertThat(hello.body()).isEqualTo("Hello from Heketi");
        assertThat(hello.header("Content-Type")).hasValue("text/plain; charset=UTF-8");

        assertThat(sample.http.send("HEAD", "/hello", "").status()).isEqualTo(401);
        assertThat(let("HEAD", "/hello").status()).isEqualTo(404);
        assertThat(let("POST", "/hello").body()).isEqualTo("Invalid path or request\n");
    }

    @Test
    void aTrailingSlashIsMovedAfterAuthentication() {
        Reply reply = let("GET", "/clusters/?a=b");

        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.header("Location")).hasValue("/clusters?a=b");
        assertThat(let("POST", "/clusters/").status()).isEqualTo(301);
    }

    @ParameterizedTest
    @CsvSource({
        "//clusters,/clusters",
        "/clusters//ab,/clusters/ab",
        "/x/../clusters,/clusters",
        "/./clusters/,/clusters/",
        "/%2Fclusters,/clusters",
        "//a%0d%0aSet-Cookie:x,/a%0D%0ASet-Cookie:x",
        "//evil.example/x,/evil.example/x"
    })
    void anUncleanPathIsMovedBeforeAuthentication(String target, String location) {
        Reply reply = sample.http.get(target);

        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.header("Location")).hasValue(location);
        assertThat(reply.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void aPathIsMatchedDecoded() {
        assertThat(let("GET", "/%63lusters").status()).isEqualTo(200);
        assertThat(let("GET", "/clusters/%61b").body()).isEqualTo("{\"id\":\"ab\"}\n");
        assertThat(let("GET", "/clusters%2Fab").body()).isEqualTo("{\"id\":\"ab\"}\n");
    }

    @Test
    void theQueryIsIgnored() {
        assertThat(let("GET", "/clusters?x=%zz&/../").status()).isEqualTo(200);
    }

    @Test
    void anAbsoluteTargetIsTaken() {
        assertThat(let("GET", "http://here/clusters").status()).isEqualTo(200);
    }

    @Test
    void bodiesOnGetAndDeleteAreTolerated() {
        assertThat(sample.http
                        .send("GET", "/clusters", "{}", "Authorization: x")
                        .status())
                .isEqualTo(200);
        assertThat(sample.http
                        .send("GET", "/clusters", "x".repeat(200_000), "Authorization: x")
                        .status())
                .isEqualTo(200);
        assertThat(sample.http
                        .send("DELETE", "/clusters/ab", "{}", "Authorization: x")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBodyOnGetDoesNotSpoilTheNextRequestOfTheConnection() {
        String two = """
                GET /clusters HTTP/1.1\r
                Host: h\r
                Authorization: x\r
                Content-Length: 2\r
                \r
                {}GET /volumes HTTP/1.1\r
                Host: h\r
                Authorization: x\r
                Connection: close\r
                \r
                """;
        Reply both = sample.http.exchange(two.getBytes(StandardCharsets.US_ASCII));

        assertThat(both.body()).contains("{\"clusters\":[]}", "\"volumes\": [");
    }

    @Test
    void theGateSeesMethodDecodedPathAndPeer() {
        StringBuilder seen = new StringBuilder();
        try (SampleServer open = new SampleServer(request -> {
            seen.append(request.method()).append(' ').append(request.path()).append(' ');
            seen.append(request.peer().isLoopbackAddress());
            return "";
        })) {
            open.http.get("/clusters/%61b?x=y");
        }
        assertThat(seen).hasToString("GET /clusters/ab true");
    }

    @Test
    void theObserverHearsOfEachAnswerUnderTheRoutesPattern() throws InterruptedException {
        try (SampleServer fresh = new SampleServer()) {
            fresh.http.get("/clusters/abcd");
            assertThat(fresh.nextAnswered()).isEqualTo(new SampleServer.Answered("GET", "/clusters/{id}", 200));

            fresh.http.get("/whatever/17");
            assertThat(fresh.nextAnswered()).isEqualTo(new SampleServer.Answered("GET", "unknown", 404));

            fresh.http.send("PUT", "/clusters/abcd", "");
            assertThat(fresh.nextAnswered()).isEqualTo(new SampleServer.Answered("PUT", "/clusters/{id}", 405));
        }
    }

    @Test
    void onlyHeadersOfOursAreAdded() {
        assertThat(let("GET", "/clusters").headers().keySet())
                .isSubsetOf("date", "x-request-id", "content-type", "content-length", "connection");
    }

    @Test
    void aPlainRequestIdIsKeptAndAnOddOneReplaced() {
        assertThat(sample.http.get("/hello", "X-Request-ID: job-7.a_b").header("X-Request-ID"))
                .hasValue("job-7.a_b");
        for (String odd : new String[] {"a b", "x".repeat(65), "<script>", ""}) {
            assertThat(sample.http.get("/hello", "X-Request-ID: " + odd).header("X-Request-ID"))
                    .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{16}"));
        }
    }

    @Test
    void whatIsNotHttpGetsALineOfText() {
        Reply garbage = sample.http.exchange("GARBAGE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(garbage.status()).isEqualTo(400);
        assertThat(garbage.body()).doesNotContain("<");

        Reply longHeader = sample.http.get("/clusters", "X-Long: " + "x".repeat(20_000));
        assertThat(longHeader.status()).isEqualTo(431);
        assertThat(longHeader.body()).doesNotContain("<");
    }

    @Test
    void aPathParameterNeedsNoDecodingByTheHandler() {
        assertThat(let("GET", "/clusters/%41%42").body()).isEqualTo("{\"id\":\"AB\"}\n");
    }
}

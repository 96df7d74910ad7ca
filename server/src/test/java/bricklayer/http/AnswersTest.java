package bricklayer.http;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.WireJson;
import bricklayer.http.RawHttp.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers and errors look like on the wire. */
class AnswersTest {

    private static final String ID = "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b";
    private static SampleServer sample;

    @BeforeAll
    static void start() {
        sample = new SampleServer();
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    private static Reply problem(String path) {
        return sample.http.get("/problems/" + path, "Accept: application/problem+json", "X-Request-ID: r-1");
    }

    @Test
    void jsonIsCompactWithOneNewline() {
        Reply reply = sample.http.get("/clusters");

        assertThat(reply.header("Content-Type")).hasValue("application/json; charset=UTF-8");
        assertThat(reply.body()).isEqualTo("{\"clusters\":[]}\n");
        assertThat(reply.header("Content-Length")).hasValue("16");
    }

    @Test
    void jsonEscapesWhatGoEscapes() {
        assertThat(sample.http.get("/text").body())
                .isEqualTo("{\"odd\":\"\\u003ca href='x'\\u003e\\u0026\\u2028\\u2029 größe\"}\n");
    }

    @Test
    void jsonForPeopleIsIndentedByFour() {
        assertThat(sample.http.get("/volumes").body()).isEqualTo("{\n    \"volumes\": [\n        \"a\"\n    ]\n}\n");
    }

    @Test
    void anEmptyAnswerHasNoContentType() {
        Reply plain = sample.http.send("DELETE", "/clusters/ab", "");
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.headers()).doesNotContainKey("content-type").containsEntry("content-length", "0");

        Reply json = sample.http.post("/clusters/ab/flags", "{}");
        assertThat(json.header("Content-Type")).hasValue("application/json; charset=UTF-8");
        assertThat(json.body()).isEmpty();
    }

    @Test
    void acceptedNamesTheQueueByItsPath() {
        Reply post = sample.http.post("/volumes", "{\"size\":1}");
        assertThat(post.status()).isEqualTo(202);
        assertThat(post.header("Location")).hasValue("/queue/" + ID);
        assertThat(post.headers()).doesNotContainKey("content-type").containsEntry("content-length", "0");

        Reply get = sample.http.get("/devices/ab/resync");
        assertThat(get.status()).isEqualTo(202);
        assertThat(get.header("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(get.body()).isEqualTo("<a href=\"/queue/" + ID + "\">Accepted</a>.\n\n");
    }

    @Test
    void theQueueAnswersPendingDoneAndFailed() {
        Reply pending = sample.http.get("/queue/aa");
        assertThat(pending.status()).isEqualTo(200);
        assertThat(pending.header("X-Pending")).hasValue("true");
        assertThat(pending.body()).isEmpty();

        Reply made = sample.http.get("/queue/bb");
        assertThat(made.status()).isEqualTo(303);
        assertThat(made.header("Location")).hasValue("/volumes/" + ID);
        assertThat(made.header("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(made.body()).isEqualTo("<a href=\"/volumes/" + ID + "\">See Other</a>.\n\n");
        assertThat(made.headers()).doesNotContainKey("x-pending");

        Reply done = sample.http.get("/queue/cc");
        assertThat(done.status()).isEqualTo(204);
        assertThat(done.headers()).doesNotContainKeys("x-pending", "content-type");

        Reply failed = sample.http.get("/queue/dd");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.body()).isEqualTo("No space\n");
    }

    @Test
    void anErrorIsOneLineOfPlainText() {
        Reply reply = sample.http.get("/volumes/ab");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo("Id not found\n");
        assertThat(reply.header("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(reply.header("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void aTextThatEndsInANewlineGetsAnother() {
        assertThat(sample.http.get("/problems/conflict").body())
                .isEqualTo("Hostname n1 already used by node with id " + ID + "\n\n");
    }

    @Test
    void busySaysWhenToComeBackInWholeSeconds() {
        Reply reply = sample.http.get("/problems/busy");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.body()).isEqualTo("Server busy. Retry operation later.\n");
        assertThat(reply.header("Retry-After")).hasValue("2");
    }

    @Test
    void aClientThatAcceptsProblemsGetsTheWholeStory() {
        Reply reply = problem("conflict");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.header("Content-Type")).hasValue("application/problem+json");
        bricklayer.api.Problem problem = WireJson.read(reply.body(), bricklayer.api.Problem.class);
        assertThat(problem.type()).isEqualTo("urn:bricklayer:problem:conflict");
        assertThat(problem.title()).isEqualTo("conflict");
        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.detail()).startsWith("Hostname n1 already used by node");
        assertThat(problem.object()).isEqualTo("node " + ID);
        assertThat(problem.next()).isEqualTo("use another name");
        assertThat(problem.more()).containsEntry("hostname", "n1").containsEntry("request", "r-1");
    }

    @Test
    void aFailedCommandIsShownWithNodeAndStderr() {
        bricklayer.api.Problem problem = WireJson.read(problem("host").body(), bricklayer.api.Problem.class);

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.host()).isEqualTo("n1");
        assertThat(problem.command()).isEqualTo("pvcreate /dev/vdb");
        assertThat(problem.stderr()).isEqualTo("Can't open /dev/vdb exclusively.");
        assertThat(sample.http.get("/problems/host").body()).contains("n1", "pvcreate /dev/vdb", "status 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/problem+json | true",
                "text/html, application/problem+json;q=0.5 | true",
                "APPLICATION/PROBLEM+JSON | true",
                "application/problem+json;q=0 | false",
                "application/problem+json; q=0.0 | false",
                "application/problem+jsonx | false",
                "application/json | false",
                "*/* | false",
                "application/* | false",
                ",;q=,, | false"
            })
    void onlyWhoAsksByNameGetsProblems(String accept, boolean problem) {
        assertThat(sample.http.get("/volumes/ab", "Accept: " + accept).header("Content-Type"))
                .hasValue(problem ? "application/problem+json" : "text/plain; charset=utf-8");
    }

    @Test
    void aFailingStoreSaysSo() {
        Reply reply = sample.http.get("/problems/store");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("cannot write segment 3: disk full\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fault", "error", "checked"})
    void aFaultOfOursTellsOnlyWhereToLook(String path) {
        Reply reply = sample.http.get("/problems/" + path, "X-Request-ID: r-17");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("internal error, see the server's log for request r-17\n");
        assertThat(problem(path).body()).doesNotContain("secret", "Exception", "\\tat ");
    }
}

package bricklayer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody takes the beginning of an answer for the whole. */
class StreamedAnswersTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static SampleServer sample;

    @BeforeAll
    static void start() {
        sample = new SampleServer();
    }

    @AfterAll
    static void stop() {
        sample.close();
        CLIENT.close();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sample.server.port() + path))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void aDocumentEndsWithItsLastBrace() throws Exception {
        HttpResponse<String> whole = get("/streamed/whole");

        assertThat(whole.headers().firstValue("Content-Type")).hasValue("application/json; charset=UTF-8");
        assertThat(whole.headers().firstValue("Content-Length")).isEmpty();
        assertThat(whole.body())
                .startsWith("{\n    \"number0\": 0,\n")
                .endsWith("\"number" + (SampleServer.MANY - 1) + "\": " + (SampleServer.MANY - 1) + "\n}\n");
    }

    @Test
    void aDocumentThatCannotBeFinishedIsCutOff() {
        assertThatThrownBy(() -> get("/streamed/broken")).isInstanceOf(IOException.class);
    }

    @Test
    void whatGoesWrongBeforeAnythingWasSentIsAnOrdinaryError() throws Exception {
        HttpResponse<String> refused = get("/streamed/refused");

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(refused.body()).doesNotContain("number0");
    }

    @Test
    void aFileHasALengthAndAName() throws Exception {
        HttpResponse<String> file = get("/file");

        assertThat(file.headers().firstValue("Content-Length")).hasValue(String.valueOf(SampleServer.MANY));
        assertThat(file.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(file.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"some.db\"");
        assertThat(file.body()).hasSize(SampleServer.MANY);
    }
}

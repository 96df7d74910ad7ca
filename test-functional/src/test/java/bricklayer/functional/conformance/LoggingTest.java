package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoggingTest extends Conformance {

    private static String level(String level) {
        return "{'loglevel':{'glusterfs':'" + level + "'}}";
    }

    @Test
    void levels() {
        get("/internal/logging").isJson(200, json(level("info")));
        for (String level : new String[] {"none", "critical", "error", "warning", "debug", "info"}) {
            post("/internal/logging", level(level)).isJson(200, json(level(level)));
            get("/internal/logging").isJson(200, json(level(level)));
        }
        post("/internal/logging", level("")).isJson(200, json(level("info")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{'loglevel':'debug'}", "{'loglevel':{'glusterfs':1}}"})
    void unparsable(String body) {
        Reply reply = post("/internal/logging", body);
        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.headers())
                .containsEntry("content-type", "text/plain; charset=utf-8")
                .containsEntry("x-content-type-options", "nosniff");
        assertThat(reply.body()).startsWith("request unable to be parsed: ").endsWith("\n");
    }

    @Test
    void refused() {
        for (String body : new String[] {"{}", "null", "{'loglevel':{}}", "{'loglevel':{'other':'debug'}}"}) {
            post("/internal/logging", body).isText(422, "Only \"glusterfs\" logger may be modified");
        }
        post("/internal/logging", level("x")).isText(422, "invalid log level: x");
        post("/internal/logging", level("DEBUG")).isText(422, "invalid log level: DEBUG");
        get("/internal/logging").isJson(200, json(level("info")));
    }
}

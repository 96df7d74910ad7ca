package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.WireJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One whole answer, and what may be said of it.
 *
 * @param headers by name in lower case; values of a header that came twice are joined by a comma
 * @param about the request, for messages
 */
public record Reply(int status, Map<String, String> headers, String body, String about) {

    private static final String QUEUE = "/queue/[0-9a-f]{32}";

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public boolean pending() {
        return headers.containsKey("x-pending");
    }

    /** The path that {@code Location} names. */
    String location() {
        return header("location").orElseThrow(() -> new AssertionError("no Location in " + this));
    }

    /** The last part of {@link #location}. */
    String id() {
        return location().substring(location().lastIndexOf('/') + 1);
    }

    /** An error as the old clients know it: a line of plain text. */
    Reply isText(int expected, String text) {
        assertThat(body).as("%s", this).isEqualTo(text + "\n");
        assertThat(status).as("%s", this).isEqualTo(expected);
        assertThat(headers)
                .as("%s", this)
                .containsEntry("content-type", "text/plain; charset=utf-8")
                .containsEntry("x-content-type-options", "nosniff")
                .doesNotContainKeys("x-pending", "location", "www-authenticate");
        return this;
    }

    /** Compact JSON with one newline behind it. */
    Reply isJson(int expected) {
        assertThat(status).as("%s", this).isEqualTo(expected);
        assertThat(headers)
                .as("%s", this)
                .containsEntry("content-type", "application/json; charset=UTF-8")
                .doesNotContainKeys("x-pending", "location");
        assertThat(body).as("%s", this).endsWith("\n").doesNotContain("\n\n", ", \"", "\": ");
        return this;
    }

    /** Exactly this text and a newline. */
    Reply isJson(int expected, String text) {
        isJson(expected);
        assertThat(body).as("%s", about).isEqualTo(text + "\n");
        return this;
    }

    /** JSON for people: indented by four spaces. */
    Reply isIndentedJson() {
        assertThat(status).as("%s", this).isEqualTo(200);
        assertThat(headers).as("%s", this).containsEntry("content-type", "application/json; charset=UTF-8");
        assertThat(body).as("%s", this).startsWith("{\n    \"").endsWith("\n}\n");
        return this;
    }

    /** Nothing but a status. */
    Reply isEmpty(int expected) {
        assertThat(status).as("%s", this).isEqualTo(expected);
        assertThat(body).as("%s", this).isEmpty();
        assertThat(headers).as("%s", this).doesNotContainKeys("content-type", "x-pending", "location");
        return this;
    }

    /** The work goes on; the answer to a POST or DELETE. */
    Reply isAccepted() {
        assertThat(status).as("%s", this).isEqualTo(202);
        assertThat(location()).matches(QUEUE);
        assertThat(body).as("%s", this).isEmpty();
        assertThat(headers)
                .as("%s", this)
                .containsEntry("content-length", "0")
                .doesNotContainKeys("content-type", "x-pending");
        return this;
    }

    /** The work goes on; the answer to a GET. */
    Reply isAcceptedWithALink() {
        assertThat(status).as("%s", this).isEqualTo(202);
        assertThat(location()).matches(QUEUE);
        assertThat(headers)
                .as("%s", this)
                .containsEntry("content-type", "text/html; charset=utf-8")
                .doesNotContainKeys("x-pending");
        assertThat(body).as("%s", this).contains("href=\"" + location() + "\"");
        return this;
    }

    /** The job has ended and made something. */
    Reply leadsTo(String collection) {
        assertThat(status).as("%s", this).isEqualTo(303);
        assertThat(location()).matches("/" + collection + "/[0-9a-f]{32}");
        assertThat(headers)
                .as("%s", this)
                .containsEntry("content-type", "text/html; charset=utf-8")
                .doesNotContainKeys("x-pending");
        return this;
    }

    /** The body as an object: keys in the order they came. */
    @SuppressWarnings("unchecked")
    Map<String, Object> json() {
        return WireJson.read(body, Map.class);
    }

    /** What lies at these keys, one inside the other. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // a test knows what it looks at, and fails where it is something else
    <T> T at(String... keys) {
        Object value = json();
        for (String key : keys) {
            assertThat(value).as("%s of %s", key, this).isInstanceOf(Map.class);
            assertThat((Map<String, Object>) value).as("%s", this).containsKey(key);
            value = Objects.requireNonNull(((Map<String, Object>) value).get(key), key);
        }
        return (T) value;
    }

    List<String> texts(String... keys) {
        return at(keys);
    }

    List<Map<String, Object>> objects(String... keys) {
        return at(keys);
    }

    long number(String... keys) {
        Number value = at(keys);
        return value.longValue();
    }

    @Override
    public String toString() {
        return about + " -> " + status + " " + headers + " '" + body + "'";
    }
}

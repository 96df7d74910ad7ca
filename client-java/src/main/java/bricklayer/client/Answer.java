package bricklayer.client;

import bricklayer.api.PlainAnswers;
import bricklayer.api.Problem;
import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One answer of the server.
 *
 * @param asked method and path, for messages
 * @param headers the first of each name, which may be asked for in any case
 * @param remark ours, for messages; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(String asked, int status, Map<String, String> headers, byte[] body, String remark) {

    /** The same, and a message about it says how far the server's clock is before ours. */
    Answer ofAnotherTime(Duration ahead) {
        return new Answer(
                asked,
                status,
                headers,
                body,
                "; the server's clock is " + ahead.abs() + (ahead.isNegative() ? " behind" : " ahead of") + " ours");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    <T> T as(Class<T> type) {
        return as(type, body);
    }

    /**
     * @param text of this answer, which was not kept in it
     */
    <T> T as(Class<T> type, byte[] text) {
        try {
            return PlainAnswers.read(text, type).orElseGet(() -> WireJson.read(text, type));
        } catch (UnreadableJson e) {
            throw new UnexpectedAnswer(
                    asked + ": expected " + type.getSimpleName() + ", cannot read the answer: " + e.getMessage(), e);
        }
    }

    /** The body as a map of tags, as changing them answers. */
    Map<String, String> tags() {
        Map<?, ?> said = as(Map.class);
        Map<String, String> tags = new TreeMap<>();
        said.forEach((name, value) -> tags.put(String.valueOf(name), String.valueOf(value)));
        return Collections.unmodifiableMap(tags);
    }

    Answer require(int expected) {
        if (status() == expected) {
            return this;
        }
        if (status() >= 400) {
            throw RequestRefused.of(this);
        }
        throw unexpected(String.valueOf(expected));
    }

    UnexpectedAnswer unexpected(String expected) {
        return new UnexpectedAnswer(asked + ": expected status " + expected + ", got " + status(), null);
    }

    /** Whether something in front of the server answered in its place, because the server is away. */
    boolean isFromBefore() {
        return status() == 502 || status() == 503 || status() == 504;
    }

    Optional<Problem> problem() {
        boolean said = header("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT).startsWith(Problem.MEDIA_TYPE))
                .orElse(false);
        try {
            return said ? Optional.of(WireJson.read(body, Problem.class)) : Optional.empty();
        } catch (UnreadableJson e) {
            return Optional.empty();
        }
    }

    /** Whether it is a problem of this kind. A Heketi never says so. */
    boolean isAbout(String kind) {
        return problem().map(Problem::type).filter(type -> type.endsWith(kind)).isPresent();
    }

    /** Whether only a Bricklayer server says so: Heketi's errors are plain text. */
    boolean isBricklayers() {
        return problem()
                .map(Problem::type)
                .filter(type -> type.startsWith("urn:bricklayer:"))
                .isPresent();
    }

    String errorText() {
        String said = problem()
                .map(Problem::detail)
                .filter(detail -> !detail.isBlank())
                .orElseGet(this::text)
                .strip();
        return said.isEmpty() ? "the server did not say why" : said;
    }

    String hint() {
        return problem()
                        .map(Problem::next)
                        .filter(next -> !next.isBlank())
                        .map(next -> "; " + next)
                        .orElse("")
                + remark;
    }
}

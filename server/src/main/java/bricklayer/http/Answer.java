package bricklayer.http;

import bricklayer.api.WireJson;
import bricklayer.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** One answer, made whole and sent in one go unless its body is streamed. One thread. */
final class Answer {

    static final String JSON = "application/json; charset=UTF-8";
    static final String TEXT = "text/plain; charset=UTF-8";
    private static final String ERROR_TEXT = "text/plain; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Optional<String> contentType = Optional.empty();
    private byte[] body = {};

    private Answer(int status) {
        this.status = status;
    }

    static Answer status(int status) {
        return new Answer(status);
    }

    /** With the line of HTML that Go's library adds for a GET. */
    static Answer redirect(int status, String location, String method) {
        Answer answer = new Answer(status).header("Location", location);
        if (!method.equals("GET")) {
            return answer;
        }
        String link = location.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return answer.contentType(HTML)
                .body("<a href=\"" + link.replace("\"", "&#34;").replace("'", "&#39;") + "\">"
                        + HttpStatus.getMessage(status) + "</a>.\n\n");
    }

    /** As plain text, and as {@code application/problem+json} when the request accepts that by name. */
    static Answer problem(Problem problem, HttpServletRequest request, String requestId) {
        Answer answer = new Answer(problem.status());
        problem.retryAfter().ifPresent(pause -> answer.header("Retry-After", String.valueOf(wholeSeconds(pause))));
        if (acceptsProblems(request)) {
            return answer.contentType(bricklayer.api.Problem.MEDIA_TYPE)
                    .body(WireJson.write(onTheWire(problem, requestId)) + "\n");
        }
        if (problem.text().isEmpty()) {
            return answer;
        }
        return answer.contentType(ERROR_TEXT)
                .header("X-Content-Type-Options", "nosniff")
                .body(problem.text() + "\n");
    }

    private static bricklayer.api.Problem onTheWire(Problem problem, String requestId) {
        Map<String, Object> more = new LinkedHashMap<>(problem.details());
        more.put("request", requestId);
        return new bricklayer.api.Problem(
                "urn:bricklayer:problem:" + problem.type(),
                problem.type().replace('-', ' '),
                problem.status(),
                problem.text(),
                problem.object(),
                problem.getCause() == null
                        ? ""
                        : String.valueOf(problem.getCause().getMessage()),
                problem.failure().map(failure -> failure.host().value()).orElse(""),
                problem.failure().map(failure -> failure.command().toString()).orElse(""),
                problem.stderr(),
                problem.next(),
                more);
    }

    private static long wholeSeconds(Duration pause) {
        return pause.plusNanos(999_999_999).toSeconds();
    }

    private static boolean acceptsProblems(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Accept")).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(range -> range.toLowerCase(Locale.ROOT).replace(" ", ""))
                .anyMatch(range -> range.equals(bricklayer.api.Problem.MEDIA_TYPE)
                        || (range.startsWith(bricklayer.api.Problem.MEDIA_TYPE + ";")
                                && !range.matches(".*;q=0(\\.0*)?(;.*)?")));
    }

    Answer header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Answer contentType(String value) {
        contentType = Optional.of(value);
        return this;
    }

    Answer body(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    Answer json(String text) {
        return contentType(JSON).body(text + "\n");
    }

    /** Writes a body that is not whole in memory. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Sends the head and then whatever {@code streamed} writes, in place of a body that was given. */
    void stream(HttpServletResponse response, Body streamed) {
        head(response);
        try {
            streamed.writeTo(response.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("the client went away before the answer was sent", e);
        }
    }

    void send(HttpServletResponse response) {
        head(response);
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("the client went away before the answer was sent", e);
        }
    }

    private void head(HttpServletResponse response) {
        response.setStatus(status);
        response.setContentType(null);
        headers.forEach(response::setHeader);
        contentType.ifPresent(type -> spelledAsGiven(response, type));
    }

    /** Jetty's servlet layer rewrites the media types it knows ({@code text/plain;charset=utf-8}); the headers below it stay as they are put. */
    private static void spelledAsGiven(HttpServletResponse response, String contentType) {
        ServletContextResponse.getServletContextResponse(response)
                .getWrapped()
                .getHeaders()
                .put(HttpHeader.CONTENT_TYPE, contentType);
    }
}

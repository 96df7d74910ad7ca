package bricklayer.http;

import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import bricklayer.problem.Problem;
import io.javalin.config.Key;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Reads JSON bodies as Heketi reads them: see {@link WireJson}. The Content-Type of a request is never looked at, and a handler that reads
 * no body leaves it unread, whatever it holds.
 */
public final class Bodies {

    /** Largest body in bytes. */
    static final Key<Integer> LIMIT = new Key<>("largest request body in bytes");

    /** Largest document in bytes. */
    static final Key<Integer> DOCUMENT_LIMIT = new Key<>("largest document in bytes");

    private Bodies() {}

    /**
     * The whole body as a value.
     *
     * @throws Problem 422 when the body is missing or not the JSON of {@code type}; 413 when it is too large; 408 when it came too slowly; 400 when it broke off
     */
    public static <T> T read(Context ctx, Class<T> type) {
        byte[] body = bytes(ctx);
        try {
            return WireJson.read(body, type);
        } catch (UnreadableJson e) {
            throw Problem.unparsable(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The same for the two paths that answer 400, and say in the text what is wrong with the JSON.
     *
     * @throws Problem as {@link #read}, but 400 instead of 422
     */
    public static <T> T readOrExplain(Context ctx, Class<T> type) {
        byte[] body = bytes(ctx);
        try {
            return WireJson.read(body, type);
        } catch (UnreadableJson e) {
            throw Problem.of(400, "unparsable", "request unable to be parsed: " + e.getMessage());
        }
    }

    /** For the few paths that do without a body: empty unless the request announces a length above 0. */
    public static <T> Optional<T> readOptional(Context ctx, Class<T> type) {
        return ctx.req().getContentLengthLong() > 0 ? Optional.of(read(ctx, type)) : Optional.empty();
    }

    /**
     * A whole file of text, which may be larger than a request.
     *
     * @throws Problem 413 when it is too large; 408 when it came too slowly; 400 when it broke off
     */
    public static String document(Context ctx) {
        return new String(
                bytes(ctx, ctx.appData(DOCUMENT_LIMIT), "bricklayer.http.document_max_bytes"), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Context ctx) {
        return bytes(ctx, ctx.appData(LIMIT), "bricklayer.http.body_max_bytes");
    }

    private static byte[] bytes(Context ctx, int limit, String setting) {
        if (ctx.req().getContentLengthLong() > limit) {
            throw tooLarge(limit, setting);
        }
        byte[] body;
        try {
            body = ctx.req().getInputStream().readNBytes(limit + 1);
        } catch (IOException e) {
            throw brokenOff(e);
        }
        if (body.length > limit) {
            throw tooLarge(limit, setting);
        }
        return body;
    }

    private static Problem brokenOff(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return Problem.of(408, "too-slow", "request body came too slowly")
                        .causedBy(e);
            }
        }
        return Problem.of(400, "broken-off", "request body broke off").causedBy(e);
    }

    private static Problem tooLarge(int limit, String setting) {
        return Problem.of(413, "too-large", "request body is larger than " + limit + " bytes")
                .next("send less, or raise " + setting + " in the server's configuration");
    }
}

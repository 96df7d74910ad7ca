package bricklayer.http;

import bricklayer.api.WireJson;
import bricklayer.api.WireStream;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The answers that handlers give. Each call sends the whole answer; a handler makes one. Anything that went wrong is thrown instead. */
public final class Replies {

    private Replies() {}

    /** 200 with a value as compact JSON. */
    public static void json(Context ctx, Object value) {
        json(ctx, 200, value);
    }

    public static void json(Context ctx, int status, Object value) {
        Answer.status(status).json(WireJson.write(value)).send(ctx.res());
    }

    /** A value that is JSON already. */
    public static void rawJson(Context ctx, int status, String json) {
        Answer.status(status).json(json).send(ctx.res());
    }

    /** 200 with a value as JSON for people, indented by four spaces. */
    public static void indentedJson(Context ctx, Object value) {
        Answer.status(200).json(WireJson.writeIndented(value)).send(ctx.res());
    }

    /**
     * 200 with a JSON document of any size, indented by four spaces, sent as it is written: its length is not known before. When {@code document} throws after the first part was sent, the
     * connection is cut, so that nobody takes the part for the whole.
     */
    public static void streamedJson(Context ctx, Consumer<WireStream> document) {
        Answer.status(200).contentType(Answer.JSON).stream(ctx.res(), out -> {
            WireStream json = WireJson.stream(out);
            document.accept(json);
            json.close();
        });
    }

    /** Takes values, each of which becomes a line of JSON that is sent at once. */
    public interface Lines {
        void line(Object value);
    }

    /** 200 with a line of JSON for each value, sent as it comes. When {@code lines} throws after the first was sent, the connection is cut. */
    public static void jsonLines(Context ctx, Consumer<Lines> lines) {
        Answer.status(200).contentType("application/x-ndjson").stream(
                ctx.res(),
                out -> lines.accept(value -> {
                    try {
                        out.write((WireJson.write(value) + "\n").getBytes(StandardCharsets.UTF_8));
                        out.flush();
                    } catch (IOException e) {
                        throw new UncheckedIOException("the reader went away before the answer was written", e);
                    }
                }));
    }

    /** Sends server-sent events for as long as it likes. */
    public interface EventSource {
        void sendTo(EventConnection connection) throws IOException;
    }

    /** 200 with server-sent events. That the reader goes away is how most streams end, and no failure. */
    public static void events(Context ctx, EventSource source) {
        Answer.status(200)
                .contentType("text/event-stream")
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no") // a proxy in between passes them on as they come
                .stream(ctx.res(), out -> source.sendTo(new EventConnection(out, ctx.req())));
    }

    /**
     * 200 with a file to keep, read from a stream.
     *
     * @param length how many bytes the stream holds
     */
    public static void attachment(Context ctx, String fileName, InputStream content, long length) {
        Answer.status(200)
                .contentType("application/octet-stream")
                .header("Content-Disposition", "attachment; filename=\"" + fileName + "\"")
                .header("Content-Length", String.valueOf(length))
                .stream(ctx.res(), content::transferTo);
    }

    /** No body, and no Content-Type. */
    public static void empty(Context ctx, int status) {
        Answer.status(status).send(ctx.res());
    }

    /** 200 without a body, but with the Content-Type of JSON, as one path of Heketi answers. */
    public static void emptyJson(Context ctx) {
        Answer.status(200).contentType(Answer.JSON).send(ctx.res());
    }

    /** 200 with a text as it is, without a newline added. */
    public static void text(Context ctx, String text) {
        Answer.status(200).contentType(Answer.TEXT).body(text).send(ctx.res());
    }

    /** 200 with a body of another media type. */
    public static void body(Context ctx, String contentType, String body) {
        Answer.status(200).contentType(contentType).body(body).send(ctx.res());
    }

    /** 202: the work goes on, and {@code GET /queue/<id>} tells how it went. */
    public static void accepted(Context ctx, String queueId) {
        Answer.redirect(202, "/queue/" + queueId, ctx.req().getMethod()).send(ctx.res());
    }

    /** 200 with {@code X-Pending: true}: ask again later. */
    public static void pending(Context ctx) {
        Answer.status(200).header("X-Pending", "true").send(ctx.res());
    }

    /**
     * 303: the work is done and made this resource.
     *
     * @param path from the root, such as {@code /volumes/<id>}; sent as it is, because the clients put their own base before it
     */
    public static void seeOther(Context ctx, String path) {
        Answer.redirect(303, path, ctx.req().getMethod()).send(ctx.res());
    }
}

package bricklayer.http;

import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Requests that Jetty refuses before any of our code runs (not HTTP, header too long) get a line of text instead of Jetty's page. */
final class JettyErrors extends ErrorHandler {

    private static final String TYPE = "text/plain; charset=utf-8";

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback)
            throws IOException {
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, TYPE)
                .put("X-Content-Type-Options", "nosniff")
                // Jetty hangs up after these without a word, and the client's next request would be lost
                .put(HttpHeader.CONNECTION, "close");
        Content.Sink.write(response, true, text(code), callback);
    }

    private static String text(int status) {
        return HttpStatus.getMessage(status) + "\n";
    }
}

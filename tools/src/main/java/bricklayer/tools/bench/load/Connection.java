package bricklayer.tools.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is kept, with one request at a time. It does as little as HTTP/1.1 allows, for the client shares the machine with the server that it measures: a request costs about a tenth of
 * what {@code java.net.http} takes for it. Not thread-safe.
 */
public final class Connection implements AutoCloseable {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(10);
    private static final int BUFFER = 1 << 16;

    private final Target target;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private @Nullable Socket socket;

    /** Connects with the first request. */
    public Connection(Target target) {
        this.target = target;
    }

    public Reply get(String path) throws IOException {
        return send("GET", path, "");
    }

    /** As {@link #get}, but the body is only counted. */
    public Reply count(String path) throws IOException {
        return exchange("GET", path, "", false);
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @param body JSON; empty for none
     * @throws IOException when the connection breaks; the next request makes a new one
     */
    public Reply send(String method, String path, String body) throws IOException {
        return exchange(method, path, body, true);
    }

    private Reply exchange(String method, String path, String body, boolean kept) throws IOException {
        try {
            Socket open = open();
            open.getOutputStream().write(request(method, path, body));
            return reply(open.getInputStream(), kept);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Socket open() throws IOException {
        Socket now = socket;
        if (now == null) {
            now = new Socket();
            socket = now;
            at = 0;
            end = 0;
            now.setTcpNoDelay(true);
            now.setSoTimeout((int) ANSWER_MAX.toMillis());
            now.connect(new InetSocketAddress(target.host(), target.port()), (int) CONNECT_MAX.toMillis());
        }
        return now;
    }

    private byte[] request(String method, String path, String body) {
        StringBuilder text = new StringBuilder(512)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.host())
                .append(':')
                .append(target.port())
                .append("\r\n");
        target.token(method, path)
                .ifPresent(token ->
                        text.append("Authorization: bearer ").append(token).append("\r\n"));
        if (!body.isEmpty()) {
            text.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }

    private Reply reply(InputStream in, boolean kept) throws IOException {
        String line = line(in);
        int status = Integer.parseInt(line.substring(9, 12));
        long length = -1;
        boolean chunked = false;
        boolean last = false;
        boolean pending = false;
        Optional<String> location = Optional.empty();
        for (line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).trim();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Long.parseLong(value);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "location" -> location = Optional.of(value);
                case "x-pending" -> pending = value.equals("true");
                case "connection" -> last = value.equalsIgnoreCase("close");
                default -> {}
            }
        }
        OutputStream body = kept ? new ByteArrayOutputStream() : OutputStream.nullOutputStream();
        long read = body(in, status, length, chunked, body);
        if (last || (length < 0 && !chunked && hasBody(status))) {
            close();
        }
        return new Reply(
                status,
                location,
                pending,
                body instanceof ByteArrayOutputStream all ? all.toString(StandardCharsets.UTF_8) : "",
                read);
    }

    private long body(InputStream in, int status, long length, boolean chunked, OutputStream to) throws IOException {
        if (!hasBody(status)) {
            return 0;
        }
        if (!chunked) {
            return length < 0 ? rest(in, to) : copy(in, length, to);
        }
        long all = 0;
        for (long size = chunk(in); size > 0; size = chunk(in)) {
            all += copy(in, size, to);
            line(in);
        }
        line(in);
        return all;
    }

    private static boolean hasBody(int status) {
        return status >= 200 && status != 204 && status != 304;
    }

    private long chunk(InputStream in) throws IOException {
        return Long.parseLong(line(in).split(";", 2)[0].trim(), 16);
    }

    private long copy(InputStream in, long wanted, OutputStream to) throws IOException {
        for (long left = wanted; left > 0; ) {
            fill(in);
            int part = (int) Math.min(left, end - at);
            to.write(buffer, at, part);
            at += part;
            left -= part;
        }
        return wanted;
    }

    private long rest(InputStream in, OutputStream to) throws IOException {
        to.write(buffer, at, end - at);
        long before = (long) end - at;
        at = end;
        return before + in.transferTo(to);
    }

    private String line(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder(64);
        while (true) {
            fill(in);
            char c = (char) buffer[at++];
            if (c == '\n') {
                return text.toString();
            }
            if (c != '\r') {
                text.append(c);
            }
        }
    }

    private void fill(InputStream in) throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                throw new EOFException("the server closed the connection");
            }
        }
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // nothing that was asked is lost by it
            }
        }
    }
}

package bricklayer.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sends requests byte for byte as given, one a connection, for what a proper client would never send. */
public final class RawHttp {

    private static final int PATIENCE_MS = 20_000;

    /** The answer as it came; header names in lower case. */
    public record Reply(int status, Map<String, String> headers, String body) {

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    private final int port;

    public RawHttp(int port) {
        this.port = port;
    }

    public Reply get(String target, String... headers) {
        return send("GET", target, "", headers);
    }

    public Reply post(String target, String body, String... headers) {
        return send("POST", target, body, headers);
    }

    public Reply send(String method, String target, String body, String... headers) {
        return send(method, target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Reply send(String method, String target, byte[] body, String... headers) {
        StringBuilder head =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] start = (head + "\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[start.length + body.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return exchange(whole);
    }

    /** Sends the bytes and reads until the server closes. */
    public Reply exchange(byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return parse(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("no whole answer from port " + port, e);
        }
    }

    static Reply parse(byte[] answer) {
        String latin = new String(answer, StandardCharsets.ISO_8859_1);
        int end = latin.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IllegalStateException("not an HTTP answer: '" + latin + "'");
        }
        String[] lines = latin.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        byte[] body = Arrays.copyOfRange(answer, end + 4, answer.length);
        boolean interim = lines[0].contains(" 100 ");
        return interim
                ? parse(body)
                : new Reply(
                        Integer.parseInt(lines[0].split(" ", -1)[1]),
                        headers,
                        new String(body, StandardCharsets.UTF_8));
    }
}

package bricklayer.functional.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection to a server, on which requests are written byte for byte, one after the other. One thread. */
public final class Wire implements AutoCloseable {

    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;
    private final InputStream in;

    public Wire(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new IllegalStateException("no connection to port " + port, e);
        }
    }

    /**
     * Sends one request and reads its answer.
     *
     * @throws IOException when no whole answer came; the connection is of no more use
     */
    public Reply exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        String about = firstLine(request);
        Reply reply = read(about, about.startsWith("HEAD "));
        return reply.status() == 100 ? read(about, false) : reply;
    }

    /** A request in HTTP/1.1. {@code Content-Length} is added when there is a body. */
    public static byte[] request(String method, String target, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: here\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return joined(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8), body);
    }

    static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(first.length + second.length);
        whole.writeBytes(first);
        whole.writeBytes(second);
        return whole.toByteArray();
    }

    private static String firstLine(byte[] request) {
        String text = new String(request, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n");
        return end < 0 ? text : text.substring(0, end).replace(" HTTP/1.1", "");
    }

    private Reply read(String about, boolean withoutBody) throws IOException {
        String statusLine = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + ", " + second);
        }
        int status = Integer.parseInt(statusLine.split(" ", -1)[1]);
        byte[] body = withoutBody || status == 204 || status < 200 ? new byte[0] : body(headers);
        return new Reply(status, headers, new String(body, StandardCharsets.UTF_8), about);
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.writeBytes(in.readNBytes(size));
                line();
            }
            line();
            return body.toByteArray();
        }
        String length = headers.get("content-length");
        return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(100);
        while (true) {
            int next = in.read();
            switch (next) {
                case -1 -> throw new EOFException("the answer broke off after '" + line + "'");
                case '\n' -> {
                    return line.toString(StandardCharsets.ISO_8859_1);
                }
                case '\r' -> {}
                default -> line.write(next);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

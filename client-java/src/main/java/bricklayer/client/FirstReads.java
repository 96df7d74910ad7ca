package bricklayer.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The first few reads of a client that lives for a moment, each over a socket of its own. To begin an {@code HttpClient}, with its threads, pools and TLS, takes many
 * times as long as such a program has to run for the rest. Whatever comes after these few, changes something, needs TLS or a proxy, or follows one that went wrong goes through an
 * {@code HttpClient} and its pool.
 */
final class FirstReads {

    /** From then on a pool of connections is worth its beginning. */
    private static final int MOST = 8;

    /** As much as {@code HttpClient} takes. */
    private static final int HEAD_MAX_BYTES = 384 * 1024;

    private final Duration connect;
    private final AtomicInteger left;

    private FirstReads(Duration connect, int most) {
        this.connect = connect;
        this.left = new AtomicInteger(most);
    }

    /** None. */
    static FirstReads none() {
        return new FirstReads(Duration.ZERO, 0);
    }

    /**
     * Some, where the server can be reached so.
     *
     * @param connect how long a connection may take
     */
    static FirstReads of(URI server, Duration connect) {
        boolean direct = server.getScheme().equals("http")
                && Optional.ofNullable(ProxySelector.getDefault())
                        .map(selector -> selector.select(server).equals(List.of(Proxy.NO_PROXY)))
                        .orElse(true);
        return direct ? new FirstReads(connect, MOST) : none();
    }

    /** Whether the next read is one of them; it counts as one then. */
    boolean take() {
        return left.get() > 0 && left.getAndDecrement() > 0;
    }

    /**
     * Asks once.
     *
     * @param asked for messages
     * @param longest for all of the answer, from when there is a connection
     * @throws ConnectException when nothing was sent, or {@link HttpConnectTimeoutException}
     */
    Answer get(String asked, URI target, Map<String, String> headers, Duration longest) throws IOException {
        boolean whole = false;
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            connect(socket, target);
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(head(target, headers));
            Answer answer = answer(asked, new BufferedInputStream(new Bounded(socket, longest)));
            whole = true;
            return answer;
        } finally {
            if (!whole) {
                left.set(0);
            }
        }
    }

    private void connect(Socket socket, URI target) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(target.getHost(), target.getPort() < 0 ? 80 : target.getPort());
        if (address.isUnresolved()) {
            throw (IOException) new ConnectException().initCause(new UnresolvedAddressException());
        }
        try {
            socket.connect(address, (int) Math.min(Integer.MAX_VALUE, connect.toMillis()));
        } catch (SocketTimeoutException e) {
            throw new HttpConnectTimeoutException("HTTP connect timed out");
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            throw why.startsWith("Connection refused") ? new ConnectException() : new ConnectException(why);
        }
    }

    private static byte[] head(URI target, Map<String, String> headers) {
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        StringBuilder head = new StringBuilder("GET ")
                .append(path)
                .append(target.getRawQuery() == null ? "" : "?" + target.getRawQuery())
                .append(" HTTP/1.1\r\nConnection: close\r\nHost: ")
                .append(target.getHost())
                .append(target.getPort() < 0 ? "" : ":" + target.getPort())
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Answer answer(String asked, InputStream in) throws IOException {
        int[] room = {HEAD_MAX_BYTES};
        int status;
        Map<String, String> headers;
        do {
            status = status(line(in, room));
            headers = headers(in, room);
        } while (status / 100 == 1);
        return new Answer(asked, status, headers, body(status, headers, in), "");
    }

    private static int status(String line) throws IOException {
        boolean understood = line.length() >= 12
                && (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
                && (line.length() == 12 || line.charAt(12) == ' ');
        int status = 0;
        for (int i = 9; understood && i < 12; i++) {
            int digit = line.charAt(i) - '0';
            understood = digit >= 0 && digit <= 9;
            status = status * 10 + digit;
        }
        if (!understood || status < 100) {
            throw new ProtocolException("not an answer of HTTP/1.1: " + line.substring(0, Math.min(80, line.length())));
        }
        return status;
    }

    private static Map<String, String> headers(InputStream in, int[] room) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in, room); !line.isEmpty(); line = line(in, room)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("not a header: " + line.substring(0, Math.min(80, line.length())));
            }
            headers.putIfAbsent(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** Without its end, which is CR and LF, or LF alone. */
    private static String line(InputStream in, int[] room) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed before the end of the answer");
            }
            if (room[0]-- == 0) {
                throw new ProtocolException("the head of the answer has more than " + HEAD_MAX_BYTES + " bytes");
            }
            line.append((char) c);
        }
        int end = line.length();
        return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
    }

    private static byte[] body(int status, Map<String, String> headers, InputStream in) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        String coding = headers.getOrDefault("Transfer-Encoding", "").toLowerCase(Locale.ROOT);
        if (coding.equals("chunked")) {
            return chunks(in);
        }
        if (!coding.isEmpty()) {
            throw new ProtocolException("the answer is encoded as " + coding);
        }
        String length = headers.get("Content-Length");
        return length == null ? in.readAllBytes() : exactly(number(length, 10), in);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line(in, new int[] {HEAD_MAX_BYTES});
            int extension = line.indexOf(';');
            int size = number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
            if (size == 0) {
                headers(in, new int[] {HEAD_MAX_BYTES});
                return body.toByteArray();
            }
            body.writeBytes(exactly(size, in));
            if (!line(in, new int[] {2}).isEmpty()) {
                throw new ProtocolException("a part of the answer is longer than it says");
            }
        }
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseInt(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new ProtocolException("not a length: " + text.substring(0, Math.min(80, text.length())));
    }

    private static byte[] exactly(int length, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection was closed after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Ends with a failure when all of the answer takes too long. */
    private static final class Bounded extends InputStream {

        private final Socket socket;
        private final InputStream in;
        private final Duration longest;
        private final long begunNs = System.nanoTime();

        Bounded(Socket socket, Duration longest) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.longest = longest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            long leftMs = longest.toMillis() - (System.nanoTime() - begunNs) / 1_000_000;
            try {
                if (leftMs <= 0) {
                    throw new SocketTimeoutException();
                }
                socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, leftMs));
                return in.read(bytes, from, length);
            } catch (SocketTimeoutException e) {
                throw new HttpTimeoutException("request timed out");
            }
        }
    }
}

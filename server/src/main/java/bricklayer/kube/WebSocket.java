package bricklayer.kube;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one WebSocket (RFC 6455), over a socket that drops what the server has not acknowledged when it is closed. The JDK's
 * own cannot do that: a request that was given up would stay with the kernel, which goes on sending for minutes, and a command could start
 * after somebody has looked whether it runs. Nor does the client library let us see why a server refuses, or ask it for a sign of life.
 *
 * <p>Read by one thread; {@link #ping} and {@link #close} may be called by any.
 */
final class WebSocket implements Closeable {

    /** Takes what comes, on the reading thread. */
    interface Receiver {
        /**
         * A piece of a message.
         *
         * @param first whether the message begins with it
         * @param last whether the message ends with it
         */
        void part(boolean first, boolean last, byte[] bytes, int length) throws IOException;

        /** The server answered a {@link #ping}. */
        void pong();
    }

    /** The server answered with another status than 101. */
    record Refusal(int status, String body, Optional<Duration> retryAfter) {}

    static final class Refused extends Exception {
        private final transient Refusal refusal;

        Refused(Refusal refusal) {
            super("status " + refusal.status());
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }

    /** The request was not sent: no network, no TLS. */
    static final class NotConnected extends Exception {
        NotConnected(IOException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final int HEAD_MAX = 64 * 1024;
    private static final int REFUSAL_MAX = 64 * 1024;
    private static final int CONTROL_MAX = 125;
    private static final int PIECE = 16 * 1024;

    /** Part of RFC 6455. */
    private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Socket connection;
    private final DataInputStream in;
    private final OutputStream out;
    private final RandomGenerator random;
    private final String protocol;

    private WebSocket(
            Socket connection, DataInputStream in, OutputStream out, RandomGenerator random, String protocol) {
        this.connection = connection;
        this.in = in;
        this.out = out;
        this.random = random;
        this.protocol = protocol;
    }

    /**
     * Whose server, and how it is spoken to.
     *
     * @param tls null for a server without
     * @param anyCertificate whether the name in the server's certificate does not matter
     */
    record Server(@Nullable SSLContext tls, boolean anyCertificate, Duration timeout) {}

    /**
     * Opens one. Closing {@code opening} from another thread ends the attempt.
     *
     * @param protocols the best first
     * @throws NotConnected when nothing was asked of the server
     * @throws Refused when the server said no
     * @throws IOException when it may have said yes
     */
    static WebSocket open(
            URI uri,
            Map<String, String> headers,
            List<String> protocols,
            Server server,
            RandomGenerator random,
            Socket opening)
            throws NotConnected, Refused, IOException {
        Socket socket;
        try {
            opening.setSoLinger(true, 0);
            opening.setTcpNoDelay(true);
            int port = uri.getPort() >= 0 ? uri.getPort() : server.tls() == null ? 80 : 443;
            opening.connect(new InetSocketAddress(uri.getHost(), port), millis(server.timeout()));
            opening.setSoTimeout(millis(server.timeout()));
            socket = server.tls() == null ? opening : secured(opening, uri.getHost(), port, server);
        } catch (IOException e) {
            quietly(opening);
            throw new NotConnected(e);
        }
        try {
            byte[] nonce = new byte[16];
            random.nextBytes(nonce);
            String key = Base64.getEncoder().encodeToString(nonce);
            socket.getOutputStream().write(request(uri, headers, protocols, key));
            socket.getOutputStream().flush();
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), PIECE));
            Map<String, String> answer = head(in);
            int status = status(answer);
            if (status != 101) {
                throw new Refused(new Refusal(status, body(in, answer), retryAfter(answer)));
            }
            if (!accepted(key).equals(answer.get("sec-websocket-accept"))) {
                throw new ProtocolException("the server speaks no WebSocket");
            }
            socket.setSoTimeout(0);
            return new WebSocket(
                    opening, in, socket.getOutputStream(), random, answer.getOrDefault("sec-websocket-protocol", ""));
        } catch (IOException | Refused e) {
            quietly(opening);
            throw e;
        }
    }

    /** The one of the protocols that the server chose; empty when it did not say. */
    String protocol() {
        return protocol;
    }

    /** Returns when the server closes in the proper way. */
    void receive(Receiver receiver) throws IOException {
        byte[] piece = new byte[PIECE];
        while (true) {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            boolean end = (first & 0x80) != 0;
            int opcode = first & 0x0f;
            long length = second & 0x7f;
            if ((second & 0x80) != 0 || (first & 0x70) != 0) {
                throw new ProtocolException("the server sent a frame that is against the protocol");
            }
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            if (opcode >= CLOSE) {
                if (length > CONTROL_MAX) {
                    throw new ProtocolException("the server sent a control frame of " + length + " bytes");
                }
                byte[] payload = in.readNBytes((int) length);
                switch (opcode) {
                    case CLOSE -> {
                        return;
                    }
                    case PING -> send(PONG, payload);
                    default -> receiver.pong();
                }
                continue;
            }
            boolean begins = opcode != CONTINUATION;
            do {
                int read = (int) Math.min(length, piece.length);
                in.readFully(piece, 0, read);
                length -= read;
                receiver.part(begins, end && length == 0, piece, read);
                begins = false;
            } while (length > 0);
        }
    }

    /** Asks for a sign of life. */
    void ping() throws IOException {
        send(PING, new byte[0]);
    }

    private synchronized void send(int opcode, byte[] payload) throws IOException {
        byte[] frame = new byte[6 + payload.length];
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        frame[0] = (byte) (0x80 | opcode);
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(mask, 0, frame, 2, mask.length);
        for (int i = 0; i < payload.length; i++) {
            frame[6 + i] = (byte) (payload[i] ^ mask[i % mask.length]);
        }
        out.write(frame);
        out.flush();
    }

    /** Below TLS: nothing more is said, and nothing that was said is sent again. */
    @Override
    public void close() {
        quietly(connection);
    }

    static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more either way
        }
    }

    private static Socket secured(Socket plain, String host, int port, Server server) throws IOException {
        SSLSocket socket = (SSLSocket) java.util.Objects.requireNonNull(server.tls())
                .getSocketFactory()
                .createSocket(plain, host, port, true);
        if (!server.anyCertificate()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }

    private static byte[] request(URI uri, Map<String, String> headers, List<String> protocols, String key) {
        StringBuilder text = new StringBuilder("GET ").append(uri.getRawPath());
        if (uri.getRawQuery() != null) {
            text.append('?').append(uri.getRawQuery());
        }
        text.append(" HTTP/1.1\r\nHost: ").append(uri.getRawAuthority());
        text.append(
                "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ");
        text.append(key).append("\r\nSec-WebSocket-Protocol: ").append(String.join(", ", protocols));
        headers.forEach((name, value) ->
                text.append("\r\n").append(name).append(": ").append(value.replaceAll("[\\r\\n]", "")));
        return text.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Names in small letters; the status line under the empty name. */
    private static Map<String, String> head(DataInputStream in) throws IOException {
        Map<String, String> head = new TreeMap<>();
        StringBuilder line = new StringBuilder();
        for (int read = 0; read < HEAD_MAX; read++) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended before the server answered");
            }
            if (next != '\n') {
                line.append((char) next);
                continue;
            }
            String said = line.toString().strip();
            line.setLength(0);
            if (head.isEmpty()) {
                head.put("", said);
            } else if (said.isEmpty()) {
                return head;
            } else {
                String[] pair = said.split(":", 2);
                head.put(pair[0].strip().toLowerCase(Locale.ROOT), pair.length > 1 ? pair[1].strip() : "");
            }
        }
        throw new ProtocolException("the server's answer has no end");
    }

    private static int status(Map<String, String> head) throws ProtocolException {
        String[] words = head.getOrDefault("", "").split(" ", 3);
        try {
            return Integer.parseInt(words.length > 1 ? words[1] : "");
        } catch (NumberFormatException e) {
            throw new ProtocolException("the server speaks no HTTP");
        }
    }

    private static String body(DataInputStream in, Map<String, String> head) {
        byte[] bytes = new byte[REFUSAL_MAX];
        int kept = 0;
        try {
            int wanted =
                    Math.min(bytes.length, Integer.parseInt(head.getOrDefault("content-length", "" + bytes.length)));
            while (kept < wanted) {
                int read = in.read(bytes, kept, wanted - kept);
                if (read < 0) {
                    break;
                }
                kept += read;
                if (!head.containsKey("content-length") && bytes[kept - 1] == '\n' && in.available() == 0) {
                    break;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // what was read has to do; the status says the most
        }
        return new String(Arrays.copyOf(bytes, kept), StandardCharsets.UTF_8);
    }

    private static Optional<Duration> retryAfter(Map<String, String> head) {
        String seconds = head.getOrDefault("retry-after", "");
        return seconds.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
                : Optional.empty();
    }

    private static String accepted(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + ACCEPT).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static int millis(Duration duration) {
        return Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE);
    }
}

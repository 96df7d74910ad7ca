package bricklayer.client;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What all parts of a {@link BricklayerClient} ask through: requests with keys, and operations followed to their end. */
final class Wire {

    /** Under which name servers keep their log level. */
    static final String LOGGER = "glusterfs";

    private static final int KEY_BYTES = 16;

    private final Exchange exchange;
    private final QueueFollower follower;
    private final RandomGenerator random;
    private final @Nullable String fixedKey;

    /**
     * @param fixedKey the key of all changes; null for a fresh one each
     */
    Wire(Exchange exchange, QueueFollower follower, RandomGenerator random, @Nullable String fixedKey) {
        this.exchange = exchange;
        this.follower = follower;
        this.random = random;
        this.fixedKey = fixedKey;
    }

    /** JSON that is sent as it is. */
    record Verbatim(@JsonValue @JsonRawValue String json) {}

    /**
     * @param part one of the interfaces that make up the client, each of which permits that class alone
     */
    static Wire of(Object part) {
        return ((BricklayerClient) part).wire();
    }

    Wire withKey(String key) {
        return new Wire(exchange, follower, random, key);
    }

    /** The same, and changes are planned, see {@link Exchange#planning}. */
    Wire planning() {
        return new Wire(exchange.planning(), follower, random, fixedKey);
    }

    Exchange exchange() {
        return exchange;
    }

    Answer read(String path) {
        return exchange.read(path);
    }

    <T> T get(String path, Class<T> type) {
        return read(path).require(200).as(type);
    }

    /** What the server puts together while we wait, which may take as long as an operation. */
    <T> T slowly(String path, Class<T> type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return fetch(path, bytes).require(200).as(type, bytes.toByteArray());
    }

    /** The same, as it came. */
    String text(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        fetch(path, bytes).require(200);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    Answer fetch(String path, OutputStream out) {
        return exchange.fetch(path, out);
    }

    /** A change that is answered at once. */
    Answer change(String method, String path, @Nullable Object body) {
        return exchange.change(method, path, body, key());
    }

    /** A change that becomes an operation: its end. */
    Answer operate(String method, String path, @Nullable Object body) {
        String key = key();
        return follower.toItsEnd(exchange.change(method, path, body, key), key);
    }

    /** The end of an operation that somebody began. */
    Optional<String> follow(String queuePath) {
        return follower.endOf("GET " + queuePath, queuePath, fixedKey == null ? "" : fixedKey)
                .header("Location");
    }

    private String key() {
        if (fixedKey != null) {
            return fixedKey;
        }
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** An id as a part of a path. */
    static String segment(String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an id cannot be empty");
        }
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package bricklayer.client;

import java.time.Instant;
import java.util.Objects;

/**
 * Who asks, and the key that proves it.
 *
 * @param user {@code admin} or {@code user}; {@code user} may only list and create volumes
 */
public record Credentials(String user, String secret) {

    public Credentials {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(secret, "secret");
    }

    public static Credentials admin(String secret) {
        return new Credentials("admin", secret);
    }

    /**
     * A token for one request that another HTTP client makes, as the word after {@code bearer} in its {@code Authorization} header; good for
     * five minutes.
     *
     * @param path decoded, without query
     */
    public String token(String method, String path, Instant now) {
        return new Signer(this).token(method, path, now);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}

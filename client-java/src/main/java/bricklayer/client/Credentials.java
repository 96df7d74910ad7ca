package bricklayer.client;

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

    /** Without the secret. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}

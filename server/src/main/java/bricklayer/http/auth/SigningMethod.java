package bricklayer.http.auth;

import bricklayer.config.Secret;
import com.auth0.jwt.algorithms.Algorithm;
import java.util.Optional;

/** The ways of signing that are taken. The names are those of {@code alg} in a token's header. */
enum SigningMethod {
    HS256,
    HS384,
    HS512;

    static Optional<SigningMethod> named(String name) {
        return switch (name) {
            case "HS256" -> Optional.of(HS256);
            case "HS384" -> Optional.of(HS384);
            case "HS512" -> Optional.of(HS512);
            default -> Optional.empty();
        };
    }

    /** Takes keys of any length: {@code My Secret} is common in the field. */
    Algorithm with(Secret key) {
        byte[] bytes = key.revealBytes();
        return switch (this) {
            case HS256 -> Algorithm.HMAC256(bytes);
            case HS384 -> Algorithm.HMAC384(bytes);
            case HS512 -> Algorithm.HMAC512(bytes);
        };
    }
}

package bricklayer.config;

import java.time.Duration;

/**
 * The keys of the two users, and how far a client's clock may run ahead.
 *
 * @param admin not empty
 * @param user not empty
 * @param issuedAtLeeway for {@code iat} alone
 */
public record JwtConfig(Secret admin, Secret user, Duration issuedAtLeeway) {}

package bricklayer.http.auth;

import bricklayer.config.JwtConfig;
import bricklayer.config.Secret;
import bricklayer.http.Gate;
import bricklayer.http.Incoming;
import bricklayer.problem.Problem;
import com.auth0.jwt.JWT;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Lets in who shows a token signed with the key of {@code admin} or {@code user}, made for exactly this method and path, and only {@code user}
 * where it may go.
 *
 * <p>The checks, their order and their texts are Heketi's, and differ from what a JWT library does on its own: time is compared in whole seconds, the end
 * included (the Python client's tokens live one second), only {@code iat} has leeway, keys may be short. So the claims are read here; the library verifies the
 * signature, in constant time. Thread-safe.
 */
public final class TokenGate implements Gate {

    private static final String ADMIN = "admin";
    private static final String USER = "user";
    private static final String USERS_PATH = "/volumes";

    /** Algorithms that Heketi's library knows and Heketi refuses. */
    private static final Set<String> UNEXPECTED =
            Set.of("none", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private final Map<String, Secret> keys;
    private final Duration issuedAtLeeway;
    private final InstantSource clock;

    public TokenGate(JwtConfig config, InstantSource clock) {
        this.keys = Map.of(ADMIN, config.admin(), USER, config.user());
        this.issuedAtLeeway = config.issuedAtLeeway();
        this.clock = clock;
    }

    @Override
    public String admit(Incoming request) {
        String token = token(request.authorization().orElse(""));
        Claims claims = believed(token);
        String expected = sha256Hex(request.method() + "&" + request.path());
        if (!MessageDigest.isEqual(bytes(expected), bytes(claims.qsh()))) {
            throw unauthorized("Invalid qsh claim in token")
                    .next("make a token for each request: qsh is the hex SHA-256 of <METHOD>&<path>");
        }
        if (claims.issuer().equals(USER) && !request.path().equals(USERS_PATH)) {
            throw unauthorized("Administrator access required");
        }
        return claims.issuer();
    }

    private static String token(String header) {
        if (header.isEmpty()) {
            throw unauthorized("Required authorization token not found");
        }
        String[] words = header.strip().split("\\s+", -1);
        if (words.length != 2 || !words[0].equalsIgnoreCase("bearer")) {
            throw Problem.of(400, "bad-authorization", "Authorization header format must be Bearer {token}");
        }
        return words[1];
    }

    private Claims believed(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw badToken("token contains an invalid number of segments");
        }
        Claims claims;
        try {
            claims = Claims.decode(parts[0], parts[1]);
        } catch (Claims.Undecodable e) {
            throw badToken(String.valueOf(e.getMessage()));
        }
        verifySignature(token, claims);
        verifyTimes(claims);
        return claims;
    }

    private void verifySignature(String token, Claims claims) {
        SigningMethod method = SigningMethod.named(claims.algorithm()).orElseThrow(() -> refused(claims.algorithm()));
        if (claims.issuer().isEmpty()) {
            throw badToken("Token missing iss claim");
        }
        Secret key = keys.get(claims.issuer());
        if (key == null) {
            throw badToken("Unknown user");
        }
        try {
            method.with(key).verify(JWT.decode(token));
        } catch (SignatureVerificationException e) {
            throw badToken("signature is invalid (client and server secrets may not match)");
        } catch (JWTDecodeException | DateTimeException e) {
            throw badToken("the claims cannot be read: " + e.getMessage());
        }
    }

    private static Problem refused(String algorithm) {
        if (algorithm.isEmpty()) {
            return badToken("signing method (alg) is unspecified.");
        }
        return badToken(
                UNEXPECTED.contains(algorithm)
                        ? "Unexpected signing method: " + algorithm
                        : "signing method (alg) is unavailable.");
    }

    /** When several times are wrong, the last of exp, iat, nbf is told. */
    private void verifyTimes(Claims claims) {
        long now = clock.instant().getEpochSecond();
        if (claims.notBefore() > now) {
            throw badToken("token is not valid yet");
        }
        if (claims.issuedAt() - issuedAtLeeway.toSeconds() > now) {
            throw badToken("Token used before issued (client and server clocks may differ)");
        }
        if (now > claims.expires()) {
            throw badToken("Token is expired by " + GoDuration.ofSeconds(now - claims.expires()));
        }
    }

    private static Problem badToken(String why) {
        return unauthorized("Invalid JWT token: " + why);
    }

    private static Problem unauthorized(String text) {
        return Problem.of(401, "unauthorized", text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256Hex(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

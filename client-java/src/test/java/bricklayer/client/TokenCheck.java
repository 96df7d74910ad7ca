package bricklayer.client;

import bricklayer.api.WireJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Checks tokens as the wire says, written from its description and not from the signer. */
final class TokenCheck {

    private final String secret;
    private final InstantSource clock;

    TokenCheck(String secret, InstantSource clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** Why the request is refused; empty when it is not. */
    String refusal(@Nullable String authorization, String method, String path) {
        if (authorization == null) {
            return "Required authorization token not found";
        }
        String[] words = authorization.split(" ", -1);
        if (words.length != 2 || !words[0].equalsIgnoreCase("bearer")) {
            return "Authorization header format must be Bearer {token}";
        }
        String[] parts = words[1].split("\\.", -1);
        if (parts.length != 3) {
            return "Invalid JWT token: token contains an invalid number of segments";
        }
        Map<?, ?> header = WireJson.read(Base64.getUrlDecoder().decode(parts[0]), Map.class);
        Map<?, ?> claims = WireJson.read(Base64.getUrlDecoder().decode(parts[1]), Map.class);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] expected = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!"HS256".equals(header.get("alg"))
                    || !MessageDigest.isEqual(expected, Base64.getUrlDecoder().decode(parts[2]))) {
                return "Invalid JWT token: signature is invalid (client and server secrets may not match)";
            }
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((method + "&" + path).getBytes(StandardCharsets.UTF_8));
            if (!HexFormat.of().formatHex(hash).equals(claims.get("qsh"))) {
                return "Invalid qsh claim in token";
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        long now = clock.instant().getEpochSecond();
        if (!(claims.get("exp") instanceof Integer expires) || now > expires) {
            return "Invalid JWT token: Token is expired";
        }
        if (!(claims.get("iat") instanceof Integer issued) || now < issued - 120) {
            return "Invalid JWT token: Token used before issued (client and server clocks may differ)";
        }
        return "admin".equals(claims.get("iss")) ? "" : "Invalid JWT token: Unknown user";
    }
}

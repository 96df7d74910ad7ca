package bricklayer.client;

import bricklayer.api.WireJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the token of one request: a JWT (HS256) that is good for one method and path, given by their hash in the claim {@code qsh}, for five
 * minutes. Keys of any length will do.
 */
final class Signer {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final String HEADER = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final Credentials credentials;

    Signer(Credentials credentials) {
        this.credentials = credentials;
    }

    /**
     * @param path decoded, without query
     */
    String token(String method, String path, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", credentials.user());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        claims.put("qsh", sha256(method + "&" + path));
        String signed = HEADER + "." + base64(WireJson.write(claims).getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(hmac(signed));
    }

    private byte[] hmac(String text) {
        byte[] key = credentials.secret().getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // HMAC pads keys with zeros, so this is the same as the empty key, which the JDK refuses
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

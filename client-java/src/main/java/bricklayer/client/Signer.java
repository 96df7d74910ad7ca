package bricklayer.client;

import bricklayer.api.WireJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Makes the token of one request: a JWT (HS256) that is good for one method and path, given by their hash in the claim {@code qsh}, for five
 * minutes. Keys of any length will do.
 */
final class Signer {

    private static final Duration LIFE = Duration.ofMinutes(5);
    /** Of SHA-256, in bytes. */
    private static final int BLOCK = 64;

    private static final String HEADER = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final Credentials credentials;

    Signer(Credentials credentials) {
        this.credentials = credentials;
    }

    /**
     * @param path decoded, without query
     */
    String token(String method, String path, Instant now) {
        String signed =
                HEADER + "." + base64(claims(now, sha256(method + "&" + path)).getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(hmac(signed));
    }

    /** By hand where nothing has to be escaped, for data binding takes longer to begin than a short-lived program runs. */
    private String claims(Instant now, String hash) {
        String user = credentials.user();
        boolean plain = user.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"\\<>&".indexOf(c) < 0);
        return "{\"iss\":" + (plain ? '"' + user + '"' : WireJson.write(user)) + ",\"iat\":" + now.getEpochSecond()
                + ",\"exp\":" + now.plus(LIFE).getEpochSecond() + ",\"qsh\":\"" + hash + "\"}";
    }

    /** RFC 2104. By hand, for {@code javax.crypto} takes longer to begin than a short-lived program runs. */
    private byte[] hmac(String text) {
        byte[] secret = credentials.secret().getBytes(StandardCharsets.UTF_8);
        byte[] key = Arrays.copyOf(secret.length > BLOCK ? sha256().digest(secret) : secret, BLOCK);
        MessageDigest inner = sha256();
        inner.update(xored(key, 0x36));
        byte[] digest = inner.digest(text.getBytes(StandardCharsets.UTF_8));
        MessageDigest outer = sha256();
        outer.update(xored(key, 0x5c));
        return outer.digest(digest);
    }

    private static byte[] xored(byte[] key, int with) {
        byte[] result = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            result[i] = (byte) (key[i] ^ with);
        }
        return result;
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

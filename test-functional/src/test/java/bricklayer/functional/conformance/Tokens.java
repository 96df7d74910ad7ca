package bricklayer.functional.conformance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens from their parts, wrong ones too. */
final class Tokens {

    private Tokens() {}

    /** What a client of Heketi sends for one request, good for a minute. */
    static String of(String issuer, String key, String method, String decodedPath) {
        long now = now();
        return signed(
                "HS256",
                key,
                "{\"iss\":\"%s\",\"iat\":%d,\"exp\":%d,\"qsh\":\"%s\"}"
                        .formatted(issuer, now, now + 60, qsh(method, decodedPath)));
    }

    /** Signed with {@code algorithm}, one of HS256, HS384 and HS512. */
    static String signed(String algorithm, String key, String claims) {
        return signed("{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(algorithm), algorithm, key, claims);
    }

    /** With any header, whatever it says. */
    static String signed(String header, String algorithm, String key, String claims) {
        String text = base64(header) + "." + base64(claims);
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(algorithm, key, text));
    }

    static String qsh(String method, String decodedPath) {
        try {
            byte[] text = (method + "&" + decodedPath).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The server's clock is this machine's. */
    static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static byte[] hmac(String algorithm, String key, String text) {
        String name = algorithm.replace("HS", "HmacSHA");
        // the JDK takes no empty key; HMAC fills a key up with zeros, so this one is the same
        byte[] bytes = key.isEmpty() ? new byte[1] : key.getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(bytes, name));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC with " + algorithm, e);
        }
    }
}

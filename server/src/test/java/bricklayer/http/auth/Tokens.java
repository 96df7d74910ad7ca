package bricklayer.http.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens, good and bad, without the library that checks them. */
public final class Tokens {

    private Tokens() {}

    /** What a proper client sends. */
    public static String of(String user, String key, String method, String path, long issuedAt, long expires) {
        return signed(
                "HS256",
                key,
                "{\"iss\":\"" + user + "\",\"iat\":" + issuedAt + ",\"exp\":" + expires + ",\"qsh\":\""
                        + qsh(method, path) + "\"}");
    }

    static String signed(String algorithm, String key, String claims) {
        return signed("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}", algorithm, key, claims);
    }

    static String signed(String header, String algorithm, String key, String claims) {
        String content = base64(header) + "." + base64(claims);
        String mac = Map.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512")
                .getOrDefault(algorithm, "HmacSHA256");
        try {
            Mac signer = Mac.getInstance(mac);
            signer.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), mac));
            byte[] signature = signer.doFinal(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String qsh(String method, String path) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((method + "&" + path).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

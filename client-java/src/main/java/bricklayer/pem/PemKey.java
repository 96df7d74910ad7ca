package bricklayer.pem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key from a PEM file: PKCS#8 ({@code PRIVATE KEY}), and the older PKCS#1 ({@code RSA PRIVATE KEY}, RFC 8017) and SEC 1
 * ({@code EC PRIVATE KEY}, RFC 5915). Java reads only the first, so the others are put into its envelope:
 *
 * <pre>
 * SEQUENCE { INTEGER 0, SEQUENCE { OID algorithm, parameters }, OCTET STRING { the key } }
 * </pre>
 */
public final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final byte[] VERSION_0 = {2, 1, 0};

    /** P-256, P-384 and P-521. A SEC 1 key names its curve as {@code [0] { OID }}. */
    private static final List<byte[]> CURVES = List.of(
            HexFormat.of().parseHex("06082a8648ce3d030107"),
            HexFormat.of().parseHex("06052b81040022"),
            HexFormat.of().parseHex("06052b81040023"));

    private PemKey() {}

    /**
     * Reads the first key of the file.
     *
     * @param what the file is called in messages, such as the name of a setting
     * @throws IllegalStateException naming the file, and why it cannot be used
     */
    public static PrivateKey read(Path file, String what) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + what + " " + file + ": " + e.getMessage(), e);
        }
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new IllegalStateException(
                    what + " " + file + " holds no unencrypted private key in PEM form (PKCS#8, RSA or EC)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return switch (block.group(1)) {
                case "RSA PRIVATE KEY" -> pkcs8(envelope(RSA_ALGORITHM, der));
                case "EC PRIVATE KEY" -> pkcs8(envelope(der(0x30, EC_PUBLIC_KEY, curveOf(der, file, what)), der));
                default -> pkcs8(der);
            };
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot use " + what + " " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether what the private key signs, the public key verifies. */
    public static boolean belongsTo(PrivateKey key, PublicKey certified) {
        if (!sameFamily(key.getAlgorithm(), certified.getAlgorithm())) {
            return false;
        }
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        byte[] sample = "is this the key of that certificate".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean sameFamily(String one, String other) {
        return one.equals(other) || (one.startsWith("Ed") && other.startsWith("Ed"));
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        InvalidKeySpecException refusal = new InvalidKeySpecException("neither an RSA, an EC nor an Ed25519 key");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException notThisOne) {
                refusal.addSuppressed(notThisOne);
            }
        }
        throw refusal;
    }

    private static byte[] curveOf(byte[] sec1, Path file, String what) {
        String hex = HexFormat.of().formatHex(sec1);
        return CURVES.stream()
                .filter(curve -> hex.contains(HexFormat.of().formatHex(der(0xa0, curve))))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        what + " " + file + " is an EC key of a curve other than P-256, P-384 and P-521"));
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        return der(0x30, VERSION_0, algorithm, der(0x04, key));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (length < 0x80) {
            whole.write(length);
        } else if (length < 0x100) {
            whole.write(0x81);
            whole.write(length);
        } else {
            whole.write(0x82);
            whole.write(length >> 8);
            whole.write(length);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}

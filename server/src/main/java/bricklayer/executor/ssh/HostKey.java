package bricklayer.executor.ssh;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A host's public key as it travels: the name of its kind, then its numbers (RFC 4253, 6.6). */
record HostKey(String type, String base64) {

    static HostKey of(byte[] blob) {
        ByteBuffer buffer = ByteBuffer.wrap(blob);
        byte[] type = new byte[Math.min(buffer.getInt(), blob.length)];
        buffer.get(type);
        return new HostKey(
                new String(type, StandardCharsets.US_ASCII), Base64.getEncoder().encodeToString(blob));
    }

    /** Whether the text is the key it says it is. */
    boolean readable() {
        try {
            return of(blob()).equals(this);
        } catch (IllegalArgumentException | BufferUnderflowException | NegativeArraySizeException e) {
            return false;
        }
    }

    byte[] blob() {
        return Base64.getDecoder().decode(base64);
    }

    /** As {@code ssh-keygen -l} prints it. */
    String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash) + " (" + type + ")";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

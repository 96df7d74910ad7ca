package bricklayer.executor.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A new key in a file that only its owner can read. */
record TestKey(Path file, String publicLine) {

    static TestKey in(Path folder, String name) throws JSchException, IOException {
        // the server of these tests cannot read ed25519 keys without one more library; the lab logs in with one
        return in(folder, name, KeyPair.ECDSA, null);
    }

    static TestKey in(Path folder, String name, int type, byte @Nullable [] passphrase)
            throws JSchException, IOException {
        KeyPair pair = KeyPair.genKeyPair(new JSch(), type, 256);
        Path file = folder.resolve(name);
        try (var out = Files.newOutputStream(file)) {
            pair.writeOpenSSHv1PrivateKey(out, passphrase);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        pair.writePublicKey(line, name);
        return new TestKey(file, line.toString(StandardCharsets.UTF_8).strip());
    }
}

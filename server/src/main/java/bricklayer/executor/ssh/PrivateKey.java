package bricklayer.executor.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The key file, checked the way a person would want to be told: before the first connection, with what to do. */
final class PrivateKey {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateKey() {}

    /**
     * @throws IllegalArgumentException when the file is no key that can be used
     */
    static void addTo(JSch jsch, Path file) {
        byte[] content = read(file);
        try {
            KeyPair pair = KeyPair.load(jsch, content.clone(), null);
            boolean encrypted = pair.isEncrypted();
            int type = pair.getKeyType();
            pair.dispose();
            if (encrypted) {
                throw new IllegalArgumentException("the ssh key " + file + " has a passphrase; take it off with"
                        + " `ssh-keygen -p -N '' -f " + file + "` or give another key");
            }
            if (type != KeyPair.ED25519 && type != KeyPair.RSA && type != KeyPair.ECDSA) {
                throw new IllegalArgumentException(
                        "the ssh key " + file + " is of a kind that is not supported; use ed25519, RSA or ECDSA");
            }
            // Content instead of name: given a name, JSch also reads NAME.pub and believes it.
            jsch.addIdentity(file.toString(), content, null, null);
        } catch (JSchException e) {
            throw new IllegalArgumentException(
                    "the ssh key " + file + " is not a private key in OpenSSH or PEM format: " + e.getMessage(), e);
        }
    }

    private static byte[] read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no ssh key " + file);
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("the ssh key " + file + " cannot be read by this user");
        }
        try {
            PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (posix != null && !OWNER_ONLY.containsAll(posix.readAttributes().permissions())) {
                throw new IllegalArgumentException("the ssh key " + file + " is open to others ("
                        + PosixFilePermissions.toString(posix.readAttributes().permissions()) + "); run `chmod 600 "
                        + file + "`");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the ssh key " + file, e);
        }
    }
}

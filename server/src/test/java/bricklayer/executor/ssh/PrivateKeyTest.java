package bricklayer.executor.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyTest {

    @TempDir
    Path folder;

    private final JSch jsch = new JSch();

    @ParameterizedTest
    @ValueSource(strings = {"-t ed25519", "-t rsa -b 2048", "-t rsa -b 2048 -m PEM", "-t ecdsa", "-t ecdsa -m PEM"})
    void readsWhatSshKeygenWrites(String options) throws Exception {
        Path file = folder.resolve("key");
        keygen(options + " -N '' -q -f " + file);
        // a public key that does not belong to it must not matter
        Files.writeString(folder.resolve("key.pub"), "ssh-ed25519 AAAA other\n");

        PrivateKey.addTo(jsch, file);

        assertThat(jsch.getIdentityNames()).containsExactly(file.toString());
    }

    @Test
    void refusesAKeyWithAPassphrase() throws Exception {
        Path file = TestKey.in(folder, "key", KeyPair.ED25519, "secret".getBytes(StandardCharsets.UTF_8))
                .file();

        assertThatThrownBy(() -> PrivateKey.addTo(jsch, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(file.toString(), "passphrase", "ssh-keygen -p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void refusesAKeyThatOthersCanRead(String permissions) throws Exception {
        Path file = TestKey.in(folder, "key").file();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> PrivateKey.addTo(jsch, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void refusesWhatIsNoKey() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "no key\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> PrivateKey.addTo(jsch, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + " is not a private key");
    }

    @Test
    void namesAFileThatIsMissing() {
        assertThatThrownBy(() -> PrivateKey.addTo(jsch, folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no ssh key");
    }

    private static void keygen(String arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                new java.io.File("/usr/bin/ssh-keygen").canExecute(), "ssh-keygen is not installed here");
        Process process = new ProcessBuilder(List.of("/bin/sh", "-c", "/usr/bin/ssh-keygen " + arguments))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}

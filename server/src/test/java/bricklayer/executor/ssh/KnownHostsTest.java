package bricklayer.executor.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {

    private static final HostKey ONE = new HostKey("ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIAAA");
    private static final HostKey TWO = new HostKey("ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIAAB");

    @TempDir
    Path folder;

    @Test
    void findsNamesPortsAndPatterns() throws IOException {
        KnownHosts known = read("""
                # a comment

                a.example,10.0.0.1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA with a comment
                *.b.example,!c.b.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAB
                [d.example]:2222 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA
                """);

        assertThat(known.keysOf("a.example", 22)).containsExactly(ONE);
        assertThat(known.keysOf("A.Example", 22)).containsExactly(ONE);
        assertThat(known.keysOf("10.0.0.1", 22)).containsExactly(ONE);
        assertThat(known.keysOf("x.b.example", 22)).containsExactly(TWO);
        assertThat(known.keysOf("c.b.example", 22)).isEmpty();
        assertThat(known.keysOf("d.example", 2222)).containsExactly(ONE);
        assertThat(known.keysOf("d.example", 22)).isEmpty();
        assertThat(known.keysOf("aXexample", 22)).isEmpty();
    }

    @Test
    void whatIsSaidAboutAPortGoesBeforeWhatIsSaidAboutTheHost() throws IOException {
        KnownHosts known = read("""
                a.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA
                [a.example]:2222 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAB
                """);

        assertThat(known.keysOf("a.example", 2222)).containsExactly(TWO);
        assertThat(known.keysOf("a.example", 2223)).containsExactly(ONE);
    }

    /** The hashed name was made by {@code ssh-keygen -H}. */
    @Test
    void findsHashedNames() throws IOException {
        KnownHosts known = read(
                "|1|qO7yVpRxAlixS8snTMWaaqZ78Pg=|ZYrkN5YwKNgzRQNthY96LOlp6p0= ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA\n");

        assertThat(known.keysOf("a.example", 22)).containsExactly(ONE);
        assertThat(known.keysOf("b.example", 22)).isEmpty();
    }

    @Test
    void revokedKeysAreKnownForNobody() throws IOException {
        KnownHosts known = read("""
                @revoked * ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAB
                @cert-authority * ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA
                """);

        assertThat(known.revoked(TWO)).isTrue();
        assertThat(known.revoked(ONE)).isFalse();
        assertThat(known.keysOf("a.example", 22)).isEmpty();
    }

    @Test
    void passesOverLinesThatDoNotFit() throws IOException {
        KnownHosts known = read(
                "a.example\na.example ssh-ed25519\na.example ssh-ed25519 ???\n|1|x a b\n"
                        + "a.example ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAAA\na.example ssh-ed25519 AAAA\na.example ssh-ed25519 /////w==\n");

        assertThat(known.keysOf("a.example", 22)).isEmpty();
    }

    private KnownHosts read(String text) throws IOException {
        return KnownHosts.read(List.of(Files.writeString(folder.resolve("known_hosts"), text)));
    }
}

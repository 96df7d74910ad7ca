package bricklayer.executor.ssh;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides about the key of one host during one login, and remembers why it refused. JSch asks after the host has proven that it holds the
 * key.
 */
final class HostKeyCheck implements HostKeyRepository {

    private final String host;
    private final int port;
    private final HostKeys policy;
    private final KnownHosts known;
    private @Nullable String refusal;
    private @Nullable HostKey recorded;

    HostKeyCheck(String host, int port, HostKeys policy) throws CannotConnect {
        this.host = host;
        this.port = port;
        this.policy = policy;
        try {
            this.known = KnownHosts.read(files());
        } catch (IOException e) {
            throw new CannotConnect("the keys of known hosts cannot be read: " + e, e);
        }
    }

    /** Why the key was refused; empty when it was not. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The key that this login has recorded as a new one. */
    Optional<HostKey> recorded() {
        return Optional.ofNullable(recorded);
    }

    @Override
    public int check(String name, byte[] blob) {
        HostKey shown = HostKey.of(blob);
        List<HostKey> expected = known.keysOf(host, port);
        if (known.revoked(shown)) {
            return refuse("its host key " + shown.fingerprint() + " is marked as revoked in " + shownFiles());
        }
        if (expected.contains(shown)) {
            return OK;
        }
        if (!expected.isEmpty()) {
            return refuse("its host key is " + shown.fingerprint() + ", but "
                    + expected.stream().map(HostKey::fingerprint).collect(Collectors.joining(" or "))
                    + " is known. If the host was installed anew, replace the lines of " + KnownHosts.name(host, port)
                    + " in " + shownFiles() + "; if not, somebody may be listening in between");
        }
        return switch (policy) {
            case HostKeys.Pinned _ ->
                refuse("its host key " + shown.fingerprint() + " is not known. Compare it on the host (`ssh-keygen -lf"
                        + " /etc/ssh/ssh_host_ed25519_key.pub`), then add the line that `ssh-keyscan -p " + port + " "
                        + host + "` prints to " + shownFiles());
            case HostKeys.TrustOnFirstUse tofu -> record(tofu.recorded(), shown);
        };
    }

    private int record(Path file, HostKey key) {
        try {
            RecordedHostKeys.append(file, KnownHosts.name(host, port), key);
            recorded = key;
            return OK;
        } catch (IOException e) {
            return refuse("its host key cannot be recorded: " + e);
        }
    }

    private int refuse(String why) {
        refusal = why;
        return CHANGED;
    }

    private List<Path> files() {
        return switch (policy) {
            case HostKeys.Pinned pinned -> pinned.knownHosts();
            case HostKeys.TrustOnFirstUse tofu -> Files.exists(tofu.recorded()) ? List.of(tofu.recorded()) : List.of();
        };
    }

    private String shownFiles() {
        return files().stream().map(Path::toString).collect(Collectors.joining(" or "));
    }

    /** JSch asks first of all for kinds of keys that are known, so that a host with several keys shows the one to compare. */
    @Override
    public com.jcraft.jsch.HostKey[] getHostKey(String name, @Nullable String type) {
        return known.keysOf(host, port).stream()
                .filter(key -> type == null || key.type().equals(type))
                .map(key -> {
                    try {
                        return new com.jcraft.jsch.HostKey(name, key.blob());
                    } catch (JSchException e) {
                        throw new IllegalStateException(
                                "the key " + key + " of " + name + " has no kind that is known", e);
                    }
                })
                .toArray(com.jcraft.jsch.HostKey[]::new);
    }

    @Override
    public com.jcraft.jsch.HostKey[] getHostKey() {
        return getHostKey(KnownHosts.name(host, port), null);
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return shownFiles();
    }

    @Override
    public void add(com.jcraft.jsch.HostKey key, UserInfo ui) {
        throw new UnsupportedOperationException("keys are recorded by check()");
    }

    @Override
    public void remove(String name, String type) {
        throw new UnsupportedOperationException("a person removes host keys");
    }

    @Override
    public void remove(String name, String type, byte[] key) {
        throw new UnsupportedOperationException("a person removes host keys");
    }
}

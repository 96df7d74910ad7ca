package bricklayer.executor.ssh;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about the key of one host during one login, and remembers why it refused. JSch asks after the host has proven that it holds the
 * key.
 */
final class HostKeyCheck implements HostKeyRepository {

    private static final Logger log = LoggerFactory.getLogger(HostKeyCheck.class);

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

    /** From this JSch learns which kinds of keys are known, and asks the host for one of those first. */
    @Override
    public com.jcraft.jsch.HostKey[] getHostKey(String name, @Nullable String type) {
        List<com.jcraft.jsch.HostKey> keys = new ArrayList<>();
        for (HostKey key : known.keysOf(host, port)) {
            if (type == null || key.type().equals(type)) {
                try {
                    keys.add(new com.jcraft.jsch.HostKey(name, key.blob()));
                } catch (JSchException e) {
                    log.debug("host={} a known key is of a kind that is not supported: {}", host, key.type());
                }
            }
        }
        return keys.toArray(com.jcraft.jsch.HostKey[]::new);
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

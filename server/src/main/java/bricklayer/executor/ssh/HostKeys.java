package bricklayer.executor.ssh;

import java.nio.file.Path;
import java.util.List;

/** By what a host is recognised. Files are read at each new connection, so a corrected one needs no restart. */
public sealed interface HostKeys {

    /** Only keys listed in these files (format of OpenSSH's known_hosts; hashed names, patterns and {@code @revoked} are understood). */
    record Pinned(List<Path> knownHosts) implements HostKeys {
        public Pinned {
            knownHosts = List.copyOf(knownHosts);
            if (knownHosts.isEmpty()) {
                throw new IllegalArgumentException("pinned host keys need at least one known_hosts file");
            }
        }
    }

    /**
     * The key a host shows first is written to {@code recorded} (same format, created when missing); from then on the host must show
     * that key.
     */
    record TrustOnFirstUse(Path recorded) implements HostKeys {}
}

package bricklayer.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the server listens and how much a client may ask of it.
 *
 * @param bindAddress empty for all addresses
 * @param port 0 for any free one
 * @param tls given: HTTPS instead of HTTP
 * @param bodyMaxBytes larger request bodies are refused with 413
 * @param documentMaxBytes the same for files, as a dump that is imported
 * @param idleTimeout a connection on which nothing moves is closed
 * @param bodyRateMinBytesPerSecond slower request bodies are cut off; 0 for no limit
 * @param connectionsMax at most so many connections are open; more wait to be accepted
 * @param stopTimeout how long requests in flight may take when the server stops
 */
public record HttpConfig(
        Optional<InetAddress> bindAddress,
        int port,
        Optional<TlsFiles> tls,
        int bodyMaxBytes,
        int documentMaxBytes,
        Duration idleTimeout,
        int bodyRateMinBytesPerSecond,
        int connectionsMax,
        Duration stopTimeout) {

    /** PEM files: the chain of certificates with the server's own first, and its private key. */
    public record TlsFiles(Path certificates, Path key) {}
}

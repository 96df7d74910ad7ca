package bricklayer.kube;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A token in a file that somebody else renews, read for each request. While it cannot be read, the last one is used. Thread-safe. */
final class TokenFile implements OAuthTokenProvider {

    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

    private final Path file;
    private volatile String last = "";

    TokenFile(Path file) {
        this.file = file;
    }

    @Override
    public String getToken() {
        try {
            String token = Files.readString(file).strip();
            if (!token.isEmpty()) {
                last = token;
            }
        } catch (IOException e) {
            LOG.warn(
                    "the token for the API server of Kubernetes cannot be read, the last one is used: {}",
                    e.toString());
        }
        return last;
    }
}

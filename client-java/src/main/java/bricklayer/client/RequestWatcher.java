package bricklayer.client;

import java.net.URI;
import java.util.Optional;

/** Looks at each request before it is sent, for a log or to show it. Called in the thread that asks; what it throws ends the call, and nothing is sent. */
@FunctionalInterface
public interface RequestWatcher {

    /**
     * Called before each time a request is sent.
     *
     * @param body JSON
     * @param idempotencyKey empty for what only reads
     */
    void about(String method, URI target, Optional<String> body, Optional<String> idempotencyKey);
}

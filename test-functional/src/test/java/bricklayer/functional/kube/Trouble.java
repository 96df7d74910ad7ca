package bricklayer.functional.kube;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something that goes wrong, with the next requests that it is meant for.
 *
 * @param meant which requests, by method, path and query
 */
record Trouble(Predicate<String> meant, Kind kind, int status, String message, Optional<Integer> retryAfter) {

    enum Kind {
        /** An answer of the API server's own. */
        STATUS,
        /** An answer of something before it, without a word of Kubernetes. */
        FOREIGN_STATUS,
        /** The connection ends without an answer; the command begins all the same. */
        DROPPED_BEFORE_ANSWER,
        /** The connection ends in the middle of the command, which goes on. */
        DROPPED,
        /** It is there, and says nothing, not even that it lives. */
        SILENT,
        /** The stream is closed in the proper way, but nobody says how the command ended. */
        NO_STATUS,
        /** The container's runtime fails. */
        RUNTIME_FAILS,
        /** Nobody speaks the protocol. */
        OTHER_PROTOCOL
    }

    static Trouble exec(Kind kind) {
        return new Trouble(request -> request.contains("/exec?"), kind, 0, "", Optional.empty());
    }

    static Trouble exec(int status, String message) {
        return new Trouble(request -> request.contains("/exec?"), Kind.STATUS, status, message, Optional.empty());
    }

    static Trouble request(String part, int status, String message) {
        return new Trouble(request -> request.contains(part), Kind.STATUS, status, message, Optional.empty());
    }

    Trouble retryAfter(int seconds) {
        return new Trouble(meant, kind, status, message, Optional.of(seconds));
    }

    Trouble foreign() {
        return new Trouble(meant, Kind.FOREIGN_STATUS, status, message, retryAfter);
    }
}

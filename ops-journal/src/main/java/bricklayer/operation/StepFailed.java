package bricklayer.operation;

import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step (or the look at it, or a survey) did not come to its end. The operation decides what follows; the process goes on. */
final class StepFailed extends RuntimeException {

    private final @Nullable HostName host;

    StepFailed(String what, RuntimeException cause) {
        super(what + ": " + describe(cause), cause);
        this.host = null;
    }

    /** The failure of a step. Only where one host alone could take it does the failure say something about that host. */
    StepFailed(String what, Step step, RuntimeException cause) {
        super(what + ": " + describe(cause), cause);
        this.host = cause instanceof HostFailure failure && step.hosts().size() == 1 ? failure.host() : null;
    }

    Optional<HostName> failedHost() {
        return Optional.ofNullable(host);
    }

    private static String describe(RuntimeException cause) {
        return cause instanceof HostFailure ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}

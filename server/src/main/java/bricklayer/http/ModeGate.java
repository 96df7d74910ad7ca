package bricklayer.http;

import bricklayer.problem.Problem;
import java.net.InetAddress;
import java.util.Set;

/**
 * Refuses changes while the server is set to look only, or to take changes from its own machine alone. Reading is always allowed. {@code POST /admin} is a change like
 * any other: whoever shut the door remotely opens it with a signal.
 */
public final class ModeGate implements Gate {

    /** These two, and not the rest of 127.0.0.0/8. */
    private static final Set<InetAddress> LOCAL =
            Set.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private final ServingMode mode;

    public ModeGate(ServingMode mode) {
        this.mode = mode;
    }

    @Override
    public String admit(Incoming request) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        boolean allowed = switch (mode.now()) {
            case NORMAL -> true;
            case READ_ONLY -> reads;
            case LOCAL_CLIENT -> reads || LOCAL.contains(request.peer());
        };
        if (!allowed) {
            throw Problem.unavailable("Service disabled for maintenance").next(next());
        }
        return "";
    }

    private String next() {
        return mode.recordsReadOnly()
                .map(why -> "no admin mode lifts this, for the records take no changes: " + why)
                .orElseGet(() -> "the admin mode is " + mode.now().wire()
                        + "; wait, or send SIGUSR2 to the server's process, which sets it to normal");
    }
}

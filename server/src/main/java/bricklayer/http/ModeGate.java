package bricklayer.http;

import bricklayer.config.ServerConfig.AdminMode;
import bricklayer.problem.Problem;

/** Refuses changes while the server is set to look only, or to take changes from its own machine alone. Reading is always allowed. */
public final class ModeGate implements Gate {

    private final AdminMode mode;

    public ModeGate(AdminMode mode) {
        this.mode = mode;
    }

    @Override
    public String admit(Incoming request) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        boolean allowed = switch (mode) {
            case NORMAL -> true;
            case READ_ONLY -> reads;
            case LOCAL_CLIENT -> reads || request.peer().isLoopbackAddress();
        };
        if (!allowed) {
            throw Problem.unavailable("Service disabled for maintenance")
                    .next("the server's default_state or db_read_only says so; change it and restart the server");
        }
        return "";
    }
}

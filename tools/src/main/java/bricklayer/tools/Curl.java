package bricklayer.tools;

import bricklayer.client.RequestWatcher;
import bricklayer.client.RequestWithheld;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Prints requests as curl would be told them. What only asks is sent all the same, for what comes next depends on its answer; what changes something is not. */
final class Curl implements RequestWatcher {

    private final PrintWriter out;
    private final List<String> flags;
    private final Optional<String> tokenCommand;

    /**
     * @param flags of curl, for every request
     * @param tokenCommand what prints a token when method and path are added; empty where none is needed
     */
    Curl(PrintWriter out, List<String> flags, Optional<String> tokenCommand) {
        this.out = out;
        this.flags = flags;
        this.tokenCommand = tokenCommand;
    }

    /** Ends a command before its change, or a question without end, is sent. */
    static final class NotSent extends RequestWithheld {

        private static final long serialVersionUID = 1;

        private NotSent() {}
    }

    @Override
    public void about(String method, URI target, Optional<String> body, Optional<String> idempotencyKey) {
        StringBuilder line = new StringBuilder("curl");
        flags.forEach(flag -> line.append(' ').append(flag));
        boolean endless = target.getPath().endsWith("/events");
        if (endless) {
            line.append(" -N");
        }
        if (!method.equals("GET")) {
            line.append(" -X ").append(method);
        }
        tokenCommand.ifPresent(command -> line.append(" -H \"Authorization: bearer $(")
                .append(command)
                .append(' ')
                .append(method)
                .append(' ')
                .append(quoted(target.getPath()))
                .append(")\""));
        idempotencyKey.ifPresent(key -> line.append(" -H ").append(quoted("Idempotency-Key: " + key)));
        body.ifPresent(
                text -> line.append(" -H 'Content-Type: application/json' -d ").append(quoted(text)));
        out.println(line.append(' ').append(quoted(target.toString())));
        if (endless || idempotencyKey.isPresent() || !(method.equals("GET") || isDryRun(target))) {
            throw new NotSent();
        }
    }

    private static boolean isDryRun(URI target) {
        return "dryRun=true".equals(target.getQuery());
    }

    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

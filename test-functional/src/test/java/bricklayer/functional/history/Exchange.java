package bricklayer.functional.history;

/**
 * One request and what came back. Times are nanoseconds since the run began: {@code started} is before the first byte was sent, {@code ended} after the last was read.
 *
 * @param number of its own; the request's id is {@code x} and this number
 * @param server which start of the server it was sent to, from 0
 * @param key the {@code Idempotency-Key}; empty for none
 * @param status 0 when no answer came
 * @param location path that the answer names; empty for none
 * @param pending the answer says that the work goes on
 * @param echo the request id that the answer carries
 * @param broken how the connection ended when no answer came; else empty
 */
public record Exchange(
        long number,
        String client,
        int server,
        long started,
        long ended,
        String method,
        String path,
        String body,
        String key,
        int status,
        String location,
        boolean pending,
        String answer,
        String echo,
        String broken) {

    private static final int SHOWN_MAX = 300;

    public boolean answered() {
        return status != 0;
    }

    /** Whether the server says with it that it did, or will do, what was asked. */
    boolean acted() {
        return !method.equals("GET") && status >= 200 && status < 300;
    }

    boolean is(String someMethod, String pathRegex) {
        return method.equals(someMethod) && path.matches(pathRegex);
    }

    /** The last answer to a path of the queue. */
    boolean endsAJob() {
        return is("GET", "/queue/.*") && answered() && !pending;
    }

    String requestId() {
        return "x" + number;
    }

    /** All that makes one request another, beside its key. */
    String what() {
        return method + " " + path + " " + body;
    }

    @Override
    public String toString() {
        String shown = answer.strip();
        return "#%d %s at %.3f to %.3f s, server %d: %s%s -> %s"
                .formatted(
                        number,
                        client,
                        started / 1e9,
                        ended / 1e9,
                        server,
                        what(),
                        key.isEmpty() ? "" : " key " + key,
                        answered()
                                ? status + (pending ? " pending " : " ") + location + " "
                                        + shown.substring(0, Math.min(SHOWN_MAX, shown.length()))
                                : "no answer: " + broken);
    }
}

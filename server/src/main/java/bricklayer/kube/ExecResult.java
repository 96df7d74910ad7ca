package bricklayer.kube;

import java.time.Duration;

/** What is known of a command after it was given to the API server. */
public sealed interface ExecResult {

    /** It ran to its end. */
    record Ended(int status) implements ExecResult {}

    /**
     * It did not start, for certain.
     *
     * @param pause after which another attempt is welcome; zero when the server did not say
     */
    record NotStarted(Cause cause, String why, Duration pause) implements ExecResult {
        NotStarted(Cause cause, String why) {
            this(cause, why, Duration.ZERO);
        }
    }

    /** It may have run, may be running, may never run. */
    record Unknown(String why) implements ExecResult {}

    /** Whose fault it is that a command did not start. */
    enum Cause {
        /** The API server is not reached, or does not serve. */
        API_SERVER,
        /** It has too much to do. */
        BUSY,
        /** It does not let us. */
        FORBIDDEN,
        /** The kubelet of the pod's node is not reached, or the pod or the container is not there any more. */
        POD,
        /** We were told to stop. */
        CLOSED
    }
}

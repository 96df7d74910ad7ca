package bricklayer.functional.kube;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What runs the commands of a pod. */
public interface Backend {

    /** Whether the node of a pod can be reached; if not, no command begins there, and the API server says so. */
    default boolean reaches(String pod) {
        return true;
    }

    /**
     * Runs a command to its end; writes what it says while it runs. Whoever reads may go away: then writing fails, and the command goes on.
     *
     * @return the exit status
     */
    int run(String pod, List<String> argv, OutputStream out, OutputStream err) throws IOException, InterruptedException;
}

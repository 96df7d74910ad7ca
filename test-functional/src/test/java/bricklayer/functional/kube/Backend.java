package bricklayer.functional.kube;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What runs the commands of a pod. */
public interface Backend {

    /**
     * Runs a command to its end; writes what it says while it runs. Whoever reads may go away: then writing fails, and the command goes on.
     *
     * @return the exit status
     */
    int run(String pod, List<String> argv, OutputStream out, OutputStream err) throws IOException, InterruptedException;
}

package bricklayer.functional.kube;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** Runs each command as a process of this machine, which may be a way to another one. */
public final class Processes implements Backend {

    private final BiFunction<String, List<String>, List<String>> translation;
    private final AtomicInteger started = new AtomicInteger();

    /**
     * @param translation makes of a pod's name and a command what this machine runs
     */
    public Processes(BiFunction<String, List<String>, List<String>> translation) {
        this.translation = translation;
    }

    /** All pods are this machine. */
    public static Processes here() {
        return new Processes((pod, argv) -> argv);
    }

    int started() {
        return started.get();
    }

    @Override
    public int run(String pod, List<String> argv, OutputStream out, OutputStream err)
            throws IOException, InterruptedException {
        started.incrementAndGet();
        Process process = new ProcessBuilder(translation.apply(pod, argv)).start();
        process.getOutputStream().close();
        Thread outs = Thread.startVirtualThread(() -> pump(process.getInputStream(), out));
        Thread errs = Thread.startVirtualThread(() -> pump(process.getErrorStream(), err));
        int status = process.waitFor();
        outs.join();
        errs.join();
        return status;
    }

    private static void pump(InputStream from, OutputStream to) {
        try (from) {
            from.transferTo(to);
        } catch (IOException e) {
            // nobody listens any more: the process gets SIGPIPE when it writes, as in a container
        }
    }
}

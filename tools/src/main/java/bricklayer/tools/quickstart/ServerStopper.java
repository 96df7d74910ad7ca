package bricklayer.tools.quickstart;

import bricklayer.client.TimeSource;
import java.time.Duration;
import java.util.Optional;

/** Stops the server that was started in a data folder, and no other process. */
public final class ServerStopper {

    private static final Duration STOP_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final TimeSource time;

    public ServerStopper(TimeSource time) {
        this.time = time;
    }

    /**
     * Asks it to end and waits until it has.
     *
     * @return what happened, in a sentence
     */
    public String stop(DataFolder data) {
        Optional<DataFolder.StartedServer> recorded = data.server();
        if (recorded.isEmpty()) {
            return "Nothing to stop: quickstart has not started a server in " + data.root() + ".";
        }
        Optional<ProcessHandle> found = ServerProcess.find(data);
        if (found.isEmpty()) {
            data.forgetServer();
            return "The server of " + data.root() + " (process "
                    + recorded.get().pid() + ") is not running any more.";
        }
        ProcessHandle process = found.get();
        process.destroy();
        long start = time.nanoTime();
        while (process.isAlive()) {
            if (time.nanoTime() - start > STOP_MAX.toNanos()) {
                throw new QuickstartFailed(
                        "process " + process.pid() + " was asked to end " + STOP_MAX.toSeconds()
                                + " s ago and still runs; see " + data.log(),
                        null);
            }
            try {
                time.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new QuickstartFailed("interrupted while process " + process.pid() + " ended", e);
            }
        }
        data.forgetServer();
        return "Stopped the server of " + data.root() + " (process " + process.pid() + ").";
    }
}

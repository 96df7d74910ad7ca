package bricklayer.tools;

import bricklayer.api.Probe;
import bricklayer.client.BricklayerClient;
import bricklayer.client.BricklayerException;
import bricklayer.client.OperationWatcher;
import bricklayer.client.Patience;
import bricklayer.client.TimeSource;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "ready",
        description = {
            "Shows whether the server takes changes, and waits for it if told to; no key is needed.",
            "Ends with 0 when it does, 1 when it cannot be asked, 3 when it does not."
        })
final class AdminReadyCommand extends ClientCommand implements IExitCodeGenerator {

    private static final int NOT_READY = 3;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @Option(names = "--wait", paramLabel = "SECONDS", description = "Ask again until it is ready, for so long at most.")
    private int seconds;

    @Mixin
    private final Output output = new Output();

    private boolean passed = true;

    @Override
    void run(BricklayerClient patient) {
        if (seconds < 0) {
            throw misuse("--wait takes seconds, not " + seconds);
        }
        Probe probe = wait(root().client(OperationWatcher.NONE, Patience.PROBE));
        passed = probe.passed();
        show(output, probe, () -> text(probe));
    }

    private Probe wait(BricklayerClient client) {
        TimeSource time = root().surroundings().time();
        long began = time.nanoTime();
        while (true) {
            boolean last =
                    time.nanoTime() - began >= Duration.ofSeconds(seconds).toNanos();
            try {
                Probe probe = client.ready();
                if (last || probe.passed()) {
                    return probe;
                }
            } catch (BricklayerException e) {
                if (last) {
                    throw e;
                }
            }
            try {
                time.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailed("interrupted while waiting for the server");
            }
        }
    }

    private void text(Probe probe) {
        say("Ready: %s", probe.passed() ? "yes" : "no");
        for (Probe.Check check : probe.checks()) {
            say("  %-11s %-5s %s", check.name(), check.status(), check.what());
        }
    }

    @Override
    public int getExitCode() {
        return passed ? 0 : NOT_READY;
    }
}

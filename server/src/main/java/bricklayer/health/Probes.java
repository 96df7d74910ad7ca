package bricklayer.health;

import bricklayer.api.Probe;
import bricklayer.api.Probe.Check;
import bricklayer.config.ServerConfig.AdminMode;
import bricklayer.config.ServerConfig.StoreConfig;
import bricklayer.http.ServingMode;
import bricklayer.operation.Operations;
import bricklayer.store.log.LogStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What whoever watches over the process asks every few seconds: whether to start it anew, and whether it takes changes. Asks no host, reads no file and waits for nothing, so that it answers while a disk
 * or a node hangs. Says no more than what is wrong, since anybody may ask: where and why is for {@link Health}. Thread-safe.
 */
public final class Probes {

    /** So many times the log after which a checkpoint is due: checkpoints fail. */
    private static final int CHECKPOINTS_MISSED = 4;

    private static final long BYTES_PER_MIB = 1L << 20;
    private static final String MORE = "; bricklayer admin health tells more";

    private final LogStore store;
    private final StoreConfig config;
    private final Operations operations;
    private final Health health;
    private final ServingMode mode;
    private final Instant started;
    private final List<Supplier<Check>> others;

    /**
     * @param others what other parts have to say about whether all is as it should be; none of them keeps the server from being ready
     */
    public Probes(
            LogStore store,
            StoreConfig config,
            Operations operations,
            Health health,
            ServingMode mode,
            Instant started,
            List<Supplier<Check>> others) {
        this.store = store;
        this.config = config;
        this.operations = operations;
        this.health = health;
        this.mode = mode;
        this.started = started;
        this.others = List.copyOf(others);
    }

    /** Fails where a restart helps, and only there. */
    public Probe live() {
        return of(List.of(
                store.restartReason().isPresent()
                        ? fail("journal", "a write to the journal failed; a restart finds out what is on the disk")
                        : ok("journal", "nothing that a restart would mend")));
    }

    /** Fails while no change is taken though nobody decided so. */
    public Probe ready() {
        List<Check> checks = new ArrayList<>(List.of(journal(), checkpoint(), recovery(), mode(), records(), stuck()));
        others.forEach(other -> checks.add(other.get()));
        return of(checks);
    }

    private Check journal() {
        if (store.damage().isPresent()) {
            return fail(
                    "journal", "acknowledged transactions are lost, the records before the damage are shown" + MORE);
        }
        if (store.readOnlyReason().isPresent()) {
            return fail("journal", "it takes no writes, for one has failed; restart" + MORE);
        }
        Optional<Duration> running = store.flushTimes().running();
        if (running.filter(since -> since.compareTo(config.flushMax()) > 0).isPresent()) {
            return fail(
                    "journal", "a flush has not returned for " + running.get().toSeconds() + " s: the disk hangs");
        }
        return ok("journal", "it takes writes");
    }

    private Check checkpoint() {
        long bytes = store.bytesToReplay();
        String read = "the next start reads " + bytes / BYTES_PER_MIB + " MiB of log";
        return bytes / CHECKPOINTS_MISSED > config.checkpointBytes()
                ? warn("checkpoint", read + ", for no checkpoint could be taken; look at space on its disk")
                : ok("checkpoint", read);
    }

    /** Requests are served only after the records are there, so what is left is what an earlier process had begun. */
    private Check recovery() {
        long open = operations.open().stream()
                .filter(operation -> operation.begun().isBefore(started))
                .count();
        return ok("recovery", open == 0 ? "done" : open + " operations from before the start are still being ended");
    }

    private Check mode() {
        AdminMode now = mode.now();
        return now == AdminMode.NORMAL
                ? ok("mode", now.wire())
                : warn("mode", now.wire() + ": changes are refused, wholly or but for this machine");
    }

    private Check records() {
        int rows = store.quarantined().size();
        return rows == 0
                ? ok("records", "all of them can be read")
                : warn("records", rows + " rows cannot be read and take part in nothing" + MORE);
    }

    private Check stuck() {
        long count = health.stuckCount();
        return count == 0
                ? ok("operations", "none is stuck")
                : warn("operations", count + " failed three times or more" + MORE);
    }

    private static Probe of(List<Check> checks) {
        String worst = Probe.OK;
        for (Check check : checks) {
            if (check.status().equals(Probe.FAIL) || worst.equals(Probe.OK)) {
                worst = check.status();
            }
        }
        return new Probe(worst, checks);
    }

    private static Check ok(String name, String what) {
        return new Check(name, Probe.OK, what);
    }

    private static Check warn(String name, String what) {
        return new Check(name, Probe.WARN, what);
    }

    private static Check fail(String name, String what) {
        return new Check(name, Probe.FAIL, what);
    }
}

package bricklayer.health;

import bricklayer.api.OperationsHealth;
import bricklayer.operation.Operation;
import bricklayer.operation.Operations;
import bricklayer.store.QuarantinedRow;
import bricklayer.store.log.Damage;
import bricklayer.store.log.LogStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how the server is, from what each part knows of itself. Asks no host, and takes no lock. Thread-safe. */
public final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    /** An operation that failed so often needs a person, or a node that is down does. */
    private static final int STUCK_AFTER = 3;

    /** So that a thousand rows do not make the log unreadable. */
    private static final int ROWS_LOGGED_MAX = 20;

    private final LogStore store;
    private final Operations operations;
    private final Supplier<Optional<String>> readOnly;
    private final Instant started;
    private final List<Supplier<List<OperationsHealth.Finding>>> others;

    /**
     * @param readOnly why no change is taken; empty while changes are
     * @param others what other parts find that needs a person
     */
    public Health(
            LogStore store,
            Operations operations,
            Supplier<Optional<String>> readOnly,
            Instant started,
            List<Supplier<List<OperationsHealth.Finding>>> others) {
        this.store = store;
        this.operations = operations;
        this.readOnly = readOnly;
        this.started = started;
        this.others = List.copyOf(others);
    }

    public OperationsHealth now() {
        List<OperationsHealth.Quarantined> quarantined =
                store.quarantined().stream().map(Health::describe).toList();
        List<OperationsHealth.Damaged> damaged =
                store.damage().stream().map(Health::describe).toList();
        List<OperationsHealth.Stuck> stuck = failing().map(Health::describe).toList();
        List<OperationsHealth.Finding> findings =
                others.stream().flatMap(other -> other.get().stream()).toList();
        String why = readOnly.get().orElse("");
        boolean well = quarantined.isEmpty() && findings.isEmpty() && stuckCount() == 0;
        LogStore.Written written = store.written();
        return new OperationsHealth(
                why.isEmpty() ? well ? "ok" : "degraded" : "read-only",
                started.toString(),
                why,
                quarantined,
                damaged,
                stuck,
                new OperationsHealth.Records(
                        store.rows().sequence(), written.frames(), written.bytes(), store.bytesToReplay()),
                findings);
    }

    /** Open operations that failed so often that a person should look. */
    public long stuckCount() {
        return failing()
                .filter(operation -> operation.retry().failures() >= STUCK_AFTER)
                .count();
    }

    /** Says in the log what the start found, and what to do about it. */
    public void logWhatIsWrong() {
        readOnly.get()
                .ifPresent(why -> LOG.error(
                        "no change is taken, and nothing is done on nodes: {}. GET /operations/health says more", why));
        List<QuarantinedRow> rows = store.quarantined();
        rows.stream()
                .limit(ROWS_LOGGED_MAX)
                .forEach(row -> LOG.error(
                        "row {}/{} cannot be read: {}. It is kept, takes part in nothing, and what it speaks of is not changed. {}",
                        row.table(),
                        row.key(),
                        row.reason(),
                        next(row)));
        if (rows.size() > ROWS_LOGGED_MAX) {
            LOG.error(
                    "{} more rows cannot be read; GET /operations/health lists them all",
                    rows.size() - ROWS_LOGGED_MAX);
        }
    }

    private java.util.stream.Stream<Operation> failing() {
        return operations.open().stream().filter(operation -> operation.retry().failures() > 0);
    }

    private static OperationsHealth.Quarantined describe(QuarantinedRow row) {
        return new OperationsHealth.Quarantined(
                row.table(),
                row.key(),
                row.version(),
                row.reason(),
                row.written().map(Instant::toString).orElse(""),
                next(row));
    }

    private static String next(QuarantinedRow row) {
        String show = "bricklayer admin journal show --key " + row.key() + " --full shows it";
        if (row.table().equals(Operation.TABLE.name()) && !row.text().contains("\"plan\":")) {
            return "This is the answer of an operation that has ended; nothing depends on it. "
                    + "Start the release that wrote it if somebody still asks for it, or forget the row: "
                    + "bricklayer admin quarantine forget " + row.table() + " " + row.key();
        }
        if (row.table().equals(Operation.TABLE.name())) {
            return "Start the release that wrote it: it finishes or undoes the operation. Until then nothing of it is touched. "
                    + show;
        }
        return "Start the release that wrote it. Where there is none, restore a backup, or look what it speaks of ("
                + show + ") and whether that is still there, and forget the row: bricklayer admin quarantine forget "
                + row.table() + " " + row.key();
    }

    private static OperationsHealth.Damaged describe(Damage damage) {
        return new OperationsHealth.Damaged(
                damage.file().toString(),
                damage.offset(),
                damage.what(),
                damage.shownUpTo(),
                damage.shownUntil().map(Instant::toString).orElse(""),
                damage.behind().map(Damage.Behind::firstSequence).orElse(0L),
                damage.behind().map(Damage.Behind::lastSequence).orElse(0L),
                damage.behind().map(behind -> behind.from().toString()).orElse(""),
                damage.behind().map(behind -> behind.to().toString()).orElse(""),
                "Stop the server, copy its data folder away, look at the disk (dmesg, smartctl). Then restore the newest backup"
                        + " (bricklayer admin restore); volumes go on serving meanwhile");
    }

    private static OperationsHealth.Stuck describe(Operation operation) {
        String id = operation.id().value();
        return new OperationsHealth.Stuck(
                id,
                operation.kind(),
                operation.retry().failures(),
                operation.retry().obstacle().orElse(""),
                operation.begun().toString(),
                operation.retry().notBefore().map(Instant::toString).orElse(""),
                "It is tried again by itself. Remove the obstacle, then bricklayer server operations resume " + id
                        + "; or undo it; if the node never comes back, abandon it");
    }
}

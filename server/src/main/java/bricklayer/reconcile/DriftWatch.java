package bricklayer.reconcile;

import bricklayer.api.OperationsHealth;
import bricklayer.inventory.NodeId;
import bricklayer.operation.Threads;
import bricklayer.reconcile.DriftReport.Aged;
import bricklayer.reconcile.DriftReport.Gap;
import bricklayer.reconcile.Reconciler.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the records with all nodes by the clock, and tells people what was found; repairs nothing. A run that would begin while everything is compared already, by whomever, is put off until that has
 * ended, so there are never two of these.
 */
public final class DriftWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

    /** A start is busy with what was left open, and with nodes that come back. */
    private static final Duration FIRST_AFTER_MAX = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Reconciler reconciler;
    private final Standing standing;
    private final Optional<Duration> period;
    private final Threads threads;
    private final InstantSource clock;
    private volatile Optional<Instant> due = Optional.empty();
    private volatile boolean closed;

    /** @param period empty to compare nothing by itself */
    public DriftWatch(
            Reconciler reconciler, Standing standing, Optional<Duration> period, Threads threads, InstantSource clock) {
        this.reconciler = reconciler;
        this.standing = standing;
        this.period = period;
        this.threads = threads;
        this.clock = clock;
    }

    public void start() {
        period.ifPresent(every -> {
            due = Optional.of(clock.instant().plus(every.compareTo(FIRST_AFTER_MAX) < 0 ? every : FIRST_AFTER_MAX));
            threads.start("drift-watch", () -> loop(every));
        });
    }

    /** Begins no run more; one that is under way is not waited for. */
    @Override
    public void close() {
        closed = true;
    }

    /** When the next run begins; empty where none does. */
    public Optional<Instant> next() {
        return due;
    }

    private void loop(Duration every) {
        while (!closed) {
            try {
                threads.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            lookIfDue(every);
        }
    }

    private void lookIfDue(Duration every) {
        boolean ripe = due.filter(at -> !clock.instant().isBefore(at)).isPresent();
        if (closed || !ripe || reconciler.isComparingAll()) {
            return;
        }
        // counted from now: a run that takes longer than the period is not followed by one at once for each that was
        // missed
        due = Optional.of(clock.instant().plus(every));
        try {
            tell(reconciler.run(Scope.ALL, SILENT));
        } catch (RuntimeException e) {
            LOG.error("records and nodes could not be compared; it is tried again at {}", due.orElseThrow(), e);
        }
    }

    private static void tell(DriftReport report) {
        Map<String, Long> kinds = report.findings().stream()
                .filter(aged -> aged.finding().explainedBy().isEmpty())
                .collect(Collectors.groupingBy(aged -> aged.finding().kind().wire(), Collectors.counting()));
        if (kinds.isEmpty()) {
            LOG.info(
                    "records and nodes agree nodes={} unknown={} took={}",
                    report.nodes(),
                    report.unknown().size(),
                    report.took());
        } else {
            LOG.warn(
                    "records and nodes disagree: {}. nodes={} unknown={} took={}. `bricklayer admin diff` shows where, `bricklayer admin repair --plan` what would be done",
                    kinds,
                    report.nodes(),
                    report.unknown().size(),
                    report.took());
        }
    }

    /** What a person should see to. */
    public List<OperationsHealth.Finding> findings() {
        Map<String, Integer> counts = standing.counts();
        if (counts.isEmpty()) {
            return List.of();
        }
        List<String> kinds = new ArrayList<>();
        counts.forEach((kind, count) -> kinds.add(count + " " + kind));
        return List.of(new OperationsHealth.Finding(
                "records and nodes disagree: " + String.join(", ", kinds)
                        + reconciler
                                .last()
                                .map(report -> ", as of " + report.began())
                                .orElse(""),
                "bricklayer admin diff looks again, bricklayer admin repair --plan shows what would be done"));
    }

    private static final Reconciler.Listener SILENT = new Reconciler.Listener() {
        @Override
        public void looked(NodeId node, int done, int of, String trouble) {}

        @Override
        public void found(Aged finding) {}

        @Override
        public void unknown(Gap gap) {}
    };
}

package bricklayer.operation;

import bricklayer.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out an errand: begins one operation after the other until its planner has nothing left to do. A process that finds an errand half done goes on with it, whether
 * or not its caller sent a key, for what is done so far is in order at any moment.
 */
final class ErrandRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ErrandRunner.class);

    /** How long an errand waits for operations that hold a row it needs, before it is given up. */
    private static final int HELD_WAITS_MAX = 120;

    private static final Duration HELD_WAIT = Duration.ofMillis(500);

    /** A new brick that cannot be made on one node may be made on another. */
    private static final Request CHILD = Request.UNCOUNTED.withTries(3);

    private final OperationJournal journal;
    private final OperationRunner runner;
    private final ErrandPlanner planner;
    private final Threads threads;
    private final Ids ids;
    private final Driven driven;
    private final IntFunction<Instant> nextTry;

    ErrandRunner(
            OperationJournal journal,
            OperationRunner runner,
            ErrandPlanner planner,
            Threads threads,
            Ids ids,
            Driven driven,
            IntFunction<Instant> nextTry) {
        this.journal = journal;
        this.runner = runner;
        this.planner = planner;
        this.threads = threads;
        this.ids = ids;
        this.driven = driven;
        this.nextTry = nextTry;
    }

    /** Returns when the errand has ended, or must wait for another attempt. */
    Operation run(Operation errand, Progress progress) {
        int waits = 0;
        for (int done = 0; ; ) {
            progress.begin(0, errand.kind() + ": " + done + " operations done");
            Optional<Operation> left = journal.openChild(errand);
            if (left.isPresent()) {
                Operation ended = goOnWith(left.get());
                if (ended.state().open()) {
                    return waitFor(errand, ended);
                }
                continue;
            }
            OperationId id = new OperationId(ids.next());
            Progress childProgress = new Progress();
            driven.claim(id, childProgress);
            try {
                Operation next;
                try {
                    next = journal.next(id, errand, planner);
                } catch (RowHeld | StoreException e) {
                    throw e;
                } catch (RuntimeException no) {
                    LOG.info("op={} kind={} is given up", errand.id(), errand.kind(), no);
                    return journal.giveUp(errand, no.getMessage() == null ? no.toString() : no.getMessage());
                }
                if (next.id().equals(errand.id())) {
                    return next;
                }
                Operation ended = next.state().open() ? carryOut(errand, next, childProgress) : next;
                if (ended.state().open()) {
                    return waitFor(errand, ended);
                }
                if (ended.state() == OperationState.ABORTED) {
                    return journal.giveUp(errand, ended.error().orElse("operation " + ended.id() + " was undone"));
                }
                waits = 0;
                done++;
            } catch (RowHeld held) {
                if (++waits > HELD_WAITS_MAX) {
                    return journal.giveUp(errand, String.valueOf(held.getMessage()));
                }
                pause();
            } finally {
                driven.release(id);
            }
        }
    }

    private Operation carryOut(Operation errand, Operation child, Progress progress) {
        LOG.info("op={} kind={} begun for op={}", child.id(), child.kind(), errand.id());
        return runner.carryOut(
                child,
                CHILD,
                (rows, attempt) -> planner.next(rows, errand.openPlan().errand().orElseThrow(), attempt)
                        .orElseThrow(() -> new IllegalStateException("nothing is left to do")),
                progress);
    }

    /** An operation that an earlier process left, or one that could not go on. The cleaner may be at it already. */
    private Operation goOnWith(Operation left) {
        Progress progress = new Progress();
        if (!driven.claim(left.id(), progress)) {
            return left;
        }
        try {
            // read again now that nobody else drives it: it may have ended since
            Operation now = journal.find(left.id()).orElse(left);
            return now.state().open() && now.wish().isEmpty() ? runner.resume(now, progress) : now;
        } finally {
            driven.release(left.id());
        }
    }

    private Operation waitFor(Operation errand, Operation child) {
        String why = "operation " + child.id() + " (" + child.kind() + ") has not ended"
                + child.retry().obstacle().map(text -> ": " + text).orElse("");
        return journal.failedAttempt(errand, why, nextTry.apply(errand.retry().failures() + 1));
    }

    private void pause() {
        try {
            threads.sleep(HELD_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for another operation", e);
        }
    }
}

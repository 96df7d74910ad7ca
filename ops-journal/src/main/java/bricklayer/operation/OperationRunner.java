package bricklayer.operation;

import bricklayer.host.Guard;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Drives one operation at a time to its end, forward or back, whatever state it was left in.
 *
 * <p>Direction: forward while the plan runs; after a failure back, unless a step that cannot be taken back has had its effect. An operation that an earlier
 * process left is taken back, unless it is past its pivot or its caller sent a key and will come back for it. What cannot be finished either way
 * now stays open, with its rows marked, and is tried again later.
 */
final class OperationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);

    private final OperationJournal journal;
    private final LaneRun.Surroundings around;
    private final Threads threads;
    private final Ids ids;
    private final IntFunction<Instant> nextTry;

    /**
     * @param nextTry when to try again after so many failed attempts
     */
    OperationRunner(
            OperationJournal journal,
            LaneRun.Surroundings around,
            Threads threads,
            Ids ids,
            IntFunction<Instant> nextTry) {
        this.journal = journal;
        this.around = around;
        this.threads = threads;
        this.ids = ids;
        this.nextTry = nextTry;
    }

    /** Carries out an operation that has just begun; after a failed try plans anew, up to the request's number of tries. */
    Operation carryOut(Operation begun, Request request, Planner planner, Progress progress) {
        return logged(begun, () -> {
            Operation operation = begun;
            Set<HostName> failedHosts = new HashSet<>();
            for (int attempt = 1; ; attempt++) {
                Run run = new Run(operation, false, progress);
                if (run.forward()) {
                    return run.operation;
                }
                if (run.operation.state() != OperationState.ROLLING_BACK || !run.backward()) {
                    return run.operation;
                }
                if (run.failedHost != null) {
                    failedHosts.add(run.failedHost);
                }
                Operation next = attempt < request.tries() && !run.refused
                        ? replan(run.operation, planner, new Attempt(attempt + 1, failedHosts))
                        : null;
                if (next == null) {
                    return journal.abort(run.operation);
                }
                operation = next;
            }
        });
    }

    /** Goes on with an operation that an earlier process, or an earlier failed attempt, left open. */
    Operation resume(Operation left, Progress progress) {
        return logged(left, () -> {
            Run run = new Run(left, true, progress);
            if (left.state() == OperationState.RUNNING) {
                if (left.pivoted() || isAskedForAgain(left)) {
                    if (run.forward() || run.operation.state() != OperationState.ROLLING_BACK) {
                        return run.operation;
                    }
                } else {
                    run.operation = journal.rollBack(
                            left, "the server stopped while " + left.kind() + " was running; it has been undone");
                }
            }
            return run.backward() ? journal.abort(run.operation) : run.operation;
        });
    }

    /** Who named a key asks again; anybody else has lost his answer with the process, and what was not done is better taken back. */
    private static boolean isAskedForAgain(Operation left) {
        return left.request().filter(key -> !key.isImplied()).isPresent();
    }

    /** Takes an operation back because a person wants it. Where it cannot be, it stays as it was, and its obstacle says why. */
    Operation undo(Operation left, Progress progress) {
        return logged(left, () -> {
            Run run = new Run(left, true, progress);
            if (left.state() == OperationState.RUNNING && !run.turnBackByHand()) {
                return run.operation;
            }
            return run.backward() ? journal.abort(run.operation) : run.operation;
        });
    }

    /**
     * Ends an operation where it stands. Hosts are looked at, and not changed.
     *
     * <p>Its rows become as before it when it goes back, or can; as after its end when it cannot, or nobody can tell.
     */
    Operation abandon(Operation left, Occupancy occupancy, Progress progress) {
        return logged(left, () -> new Run(left, true, progress).abandon(occupancy));
    }

    private @Nullable Operation replan(Operation failed, Planner planner, Attempt attempt) {
        try {
            Operation next = journal.replan(failed, planner, attempt);
            LOG.info(
                    "attempt={} planned anew after: {}",
                    attempt.number(),
                    failed.error().orElse(""));
            return next;
        } catch (RuntimeException e) {
            // the caller shall hear why the work failed, not why it could not be tried elsewhere
            LOG.info("attempt={} cannot be planned: {}", attempt.number(), e.getMessage());
            return null;
        }
    }

    private static Operation logged(Operation operation, java.util.function.Supplier<Operation> task) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("op", operation.id().value())) {
            Operation after = task.get();
            if (after.state().open()) {
                LOG.warn(
                        "kind={} stays open after attempt {}: {}. It will be tried again at {}",
                        after.kind(),
                        after.retry().failures(),
                        after.retry().obstacle().orElse(""),
                        after.retry().notBefore().map(Instant::toString).orElse("once"));
            } else {
                LOG.info(
                        "kind={} ended state={}{}",
                        after.kind(),
                        after.state(),
                        after.error().map(why -> " because " + why).orElse(""));
            }
            return after;
        }
    }

    /** One passage through a plan. */
    private final class Run {

        private final Plan plan;
        private final Progress progress;
        private final List<List<LaneRun>> lanes;
        private Operation operation;
        private @Nullable HostName failedHost;
        private boolean refused;

        /** The stages from 0 to this one, inclusive, may have had effects. */
        private int reached;

        Run(Operation operation, boolean inherited, Progress progress) {
            this.operation = operation;
            this.plan = operation.openPlan();
            this.progress = progress;
            this.lanes = new ArrayList<>();
            Origin marks = plan.origin().orElseGet(() -> new Origin(operation.id(), 0));
            for (int s = 0; s < plan.stages().size(); s++) {
                Stage stage = plan.stages().get(s);
                List<LaneRun> runs = new ArrayList<>();
                for (int l = 0; l < stage.lanes().size(); l++) {
                    String where = plan.kind() + "/" + stage.name();
                    Guard guard = new Guard(marks.operation().value() + "-" + (marks.firstStage() + s) + "-" + l);
                    runs.add(
                            inherited
                                    ? LaneRun.inherited(
                                            stage.lanes().get(l),
                                            where,
                                            guard,
                                            around,
                                            operation.retry().failures())
                                    : LaneRun.fresh(stage.lanes().get(l), where, guard, around));
                }
                lanes.add(runs);
            }
            this.reached = inherited ? lanes.size() - 1 : -1;
        }

        /** True when the operation has ended. False when it must go back (state says so) or must wait for another attempt. */
        boolean forward() {
            progress.begin(plan.stepCount(), "starting");
            int s = 0;
            try {
                if (!operation.pivoted() && plan.pivot() > 0) {
                    ask();
                }
                for (; s < lanes.size(); s++) {
                    if (s == plan.pivot() && !operation.pivoted()) {
                        ask();
                        operation = journal.pivot(operation);
                    }
                    reached = Math.max(reached, s);
                    progress.stage(plan.stages().get(s));
                    AtomicBoolean stop = new AtomicBoolean();
                    List<LaneRun> now = lanes.get(s);
                    OperationPhase stage = OperationPhase.begun();
                    inParallel(now, lane -> {
                        try {
                            lane.forward(step -> progress.stepDone(now.indexOf(lane)), stop::get);
                        } catch (StepFailed e) {
                            stop.set(true);
                            throw e;
                        }
                    });
                    stage.ended(operation, plan.stages().get(s).name());
                }
                OperationPhase committed = OperationPhase.begun();
                List<RowChange> changes = surveyed();
                operation = journal.end(operation, changes, shortfall(changes));
                committed.ended(operation, OperationPhase.COMMITTED);
                return true;
            } catch (StepFailed why) {
                Optional<Tail> tail = plan.tail();
                if (tail.isPresent() && operation.pivoted() && s >= tail.get().firstStage()) {
                    return endWithoutTail(tail.get(), why);
                }
                failedHost = why.failedHost().orElse(null);
                turnBack(why);
                return false;
            } catch (Refused no) {
                LOG.info("kind={} refused: {}", operation.kind(), no.getMessage());
                refused = true;
                operation = journal.rollBack(operation, String.valueOf(no.getMessage()));
                return false;
            }
        }

        private void ask() {
            for (Check check : plan.checks()) {
                try {
                    check.ask(around.hosts());
                } catch (HostFailure e) {
                    throw new StepFailed("check " + plan.kind() + "/" + check.name() + " failed", e);
                }
            }
        }

        private boolean endWithoutTail(Tail tail, StepFailed why) {
            List<RowChange> changes;
            try {
                changes = surveyed();
            } catch (StepFailed blind) {
                why.addSuppressed(blind);
                waitForAnotherAttempt(why);
                return false;
            }
            OperationId rest = new OperationId(ids.next());
            LOG.warn(
                    "kind={} ends without its last part, which goes on as op={} kind={}: {}",
                    operation.kind(),
                    rest,
                    tail.kind(),
                    why.getMessage());
            operation = journal.endWithoutTail(
                    operation, changes, tail, rest, String.valueOf(why.getMessage()), nextTry.apply(1));
            return true;
        }

        /** True when nothing of the plan is left on any host. */
        boolean backward() {
            progress.begin(plan.stepCount(), "taking back");
            try {
                for (int s = reached; s >= 0; s--) {
                    progress.stage("taking back " + plan.stages().get(s).name());
                    inParallel(lanes.get(s), LaneRun::backward);
                }
                return true;
            } catch (StepFailed why) {
                waitForAnotherAttempt(why);
                return false;
            }
        }

        /** False when it cannot go back. */
        boolean turnBackByHand() {
            String why;
            if (plan.onlyForward()) {
                why = "the operation that it is the rest of has ended";
            } else {
                try {
                    Optional<Step> behind = operation.pivoted() ? pastReturn() : Optional.empty();
                    if (behind.isEmpty()) {
                        operation = journal.rollBack(operation, "it was undone on request");
                        return true;
                    }
                    why = "its step " + behind.get().name() + " is done, which cannot be taken back";
                } catch (StepFailed blind) {
                    why = "nobody can tell whether a step is done that cannot be taken back: " + blind.getMessage();
                }
            }
            operation = journal.failedAttempt(
                    operation.wishing(Optional.empty()),
                    operation.kind() + " cannot be undone: " + why,
                    nextTry.apply(operation.retry().failures() + 1));
            return false;
        }

        Operation abandon(Occupancy occupancy) {
            progress.begin(plan.stepCount(), "looking at what is left");
            boolean forward = isForwardOnly();
            List<Leftover> left = Collections.synchronizedList(new ArrayList<>());
            lanes.forEach(stage -> inParallel(stage, lane -> left.addAll(lane.leftovers(forward))));
            List<RowChange> changes = forward ? surveyedIfPossible() : plan.changes();
            operation = journal.abandon(operation, forward, changes, List.copyOf(left), occupancy);
            return operation;
        }

        private boolean isForwardOnly() {
            if (operation.state() == OperationState.ROLLING_BACK || !operation.pivoted()) {
                return false;
            }
            try {
                return plan.onlyForward() || pastReturn().isPresent();
            } catch (StepFailed blind) {
                return true;
            }
        }

        private List<RowChange> surveyedIfPossible() {
            try {
                return surveyed();
            } catch (StepFailed blind) {
                LOG.warn(
                        "kind={} is abandoned, and recorded as it was planned: {}",
                        operation.kind(),
                        blind.getMessage());
                return plan.changes();
            }
        }

        private Optional<Step> pastReturn() {
            return lanes.stream()
                    .flatMap(List::stream)
                    .flatMap(lane -> lane.pastReturn().stream())
                    .findFirst();
        }

        private void turnBack(StepFailed why) {
            LOG.info("kind={} failed: {}", operation.kind(), why.getMessage());
            try {
                if (plan.onlyForward() || (operation.pivoted() && pastReturn().isPresent())) {
                    waitForAnotherAttempt(why);
                } else {
                    operation = journal.rollBack(operation, String.valueOf(why.getMessage()));
                }
            } catch (StepFailed blind) {
                why.addSuppressed(blind);
                waitForAnotherAttempt(why);
            }
        }

        private void waitForAnotherAttempt(StepFailed why) {
            LOG.debug("kind={} cannot go on now", operation.kind(), why);
            operation = journal.failedAttempt(
                    operation,
                    String.valueOf(why.getMessage()),
                    nextTry.apply(operation.retry().failures() + 1));
        }

        private List<RowChange> surveyed() {
            List<RowChange> changes = plan.changes();
            for (Survey survey : plan.surveys()) {
                try {
                    changes = survey.complete(around.hosts(), changes);
                } catch (RuntimeException e) {
                    throw new StepFailed("survey " + plan.kind() + "/" + survey.name() + " failed", e);
                }
            }
            return changes;
        }

        private Optional<String> shortfall(List<RowChange> changes) {
            return plan.surveys().stream()
                    .flatMap(survey -> survey.shortfall(changes).stream())
                    .findFirst();
        }

        private void inParallel(List<LaneRun> runs, Consumer<LaneRun> task) {
            threads.all(runs.stream()
                    .<Runnable>map(lane -> () -> {
                        MDC.put("op", operation.id().value()); // in case the lane has a thread of its own
                        task.accept(lane);
                    })
                    .toList());
        }
    }
}

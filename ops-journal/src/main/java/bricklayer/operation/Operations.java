package bricklayer.operation;

import bricklayer.fault.Faults;
import bricklayer.host.HostWriter;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door to the engine: submits plans, answers for them, and takes up what was left open. Thread-safe.
 *
 * <p>An operation's id is given out only after its plan is durable; from then on it will reach an end, in this process or a later one.
 */
public final class Operations {

    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
    /** Attempts at the same time for one request to clean up, so that places are left for others. */
    private static final int TRIED_AT_ONCE_MAX = 4;

    private static final int FORGET_AT_ONCE_MAX = 1_000;
    private static final Duration QUIET_POLL = Duration.ofMillis(50);

    private final Store store;
    private final Threads threads;
    private final InstantSource clock;
    private final Ids ids;
    private final OperationSettings settings;
    private final Occupancy occupancy;
    private final Instant started;
    private final OperationLimiter limiter;
    private final OperationJournal journal;
    private final OperationRunner runner;
    private final ErrandPlanner errandPlanner;
    private final ErrandRunner errands;
    private final Driven driven = new Driven();

    /** How many of them were taken up from an earlier process or attempt. */
    private final AtomicInteger recovering = new AtomicInteger();

    public Operations(
            Store store,
            HostWriter hosts,
            Threads threads,
            InstantSource clock,
            Ids ids,
            Faults faults,
            OperationSettings settings,
            ErrandPlanner errandPlanner,
            Occupancy occupancy) {
        this(store, hosts, threads, clock, ids, faults, settings, errandPlanner, occupancy, PlanAmendment.NONE);
    }

    public Operations(
            Store store,
            HostWriter hosts,
            Threads threads,
            InstantSource clock,
            Ids ids,
            Faults faults,
            OperationSettings settings,
            ErrandPlanner errandPlanner,
            Occupancy occupancy,
            PlanAmendment amendment) {
        this.store = store;
        this.threads = threads;
        this.clock = clock;
        this.ids = ids;
        this.settings = settings;
        this.occupancy = occupancy;
        this.started = clock.instant();
        this.limiter = new OperationLimiter(settings.maxInFlight());
        this.journal = new OperationJournal(store, clock, faults, amendment);
        this.runner = new OperationRunner(
                journal, new LaneRun.Surroundings(hosts, faults, new Queues(), threads), threads, ids, this::nextTry);
        this.errandPlanner = errandPlanner;
        this.errands = new ErrandRunner(journal, runner, errandPlanner, threads, ids, driven, this::nextTry);
    }

    /**
     * Plans an operation and begins it. Returns when its plan is durable; the work goes on in the background.
     *
     * @return the id of the new operation, or of the one that the same request key began before
     * @throws TooManyOperations when the request counts and the limit is reached
     * @throws RowHeld when the plan needs a row that an open operation holds
     * @throws RequestKeyReused when the key came with another request before
     * @throws RuntimeException what the planner throws. In all these cases nothing is left behind
     */
    public OperationId submit(Request request, Planner planner) {
        return begin(
                request,
                id -> journal.begin(id, request, planner),
                (begun, progress) -> begun.openPlan()
                        .errand()
                        .ifPresentOrElse(
                                errand -> errands.run(begun, progress),
                                () -> runner.carryOut(begun, request, planner, progress)));
    }

    /**
     * What {@link #submit} would begin now. Nothing is recorded.
     *
     * @throws RowHeld when the plan needs a row that an open operation holds
     * @throws RuntimeException what the planner throws
     */
    public Plan plan(Planner planner) {
        return journal.plan(planner);
    }

    /** What an errand would begin with; empty when there is nothing to do, or the plan is none. */
    public Optional<Plan> firstOf(Plan plan) {
        return plan.errand().flatMap(errand -> errandPlanner.next(store.rows(), errand, Attempt.FIRST));
    }

    /**
     * Lets operations that were left by an earlier process, or failed, have their next attempt now instead of when it is due. Each takes one of the limited places for it;
     * one that finds none keeps its turn. This is an operation of its own, which ends when the attempts have ended, however they went: they all have deadlines.
     * Should the process die before, the next one takes up everything anyway, and this is done as well.
     *
     * @param which empty for all; unknown and unsuitable ones are passed over
     * @return the id of the new operation, or of the one that the same request key began before
     */
    public OperationId cleanUp(Request request, Set<OperationId> which) {
        return begin(request, id -> journal.beginByHand(id, request, "cleanup-operations"), (begun, progress) -> {
            progress.stage("trying operations that wait");
            tryNow(which);
            journal.end(begun, List.of(), Optional.empty());
        });
    }

    /**
     * Has an operation that nobody is driving now resumed, undone or abandoned. This is an operation of its own; it ends when the other has ended, or falls short when that stays open.
     * Should the process die before, the next one carries the wish out.
     *
     * @return the id of the new operation, or of the one that the same request key began before
     * @throws CannotSteer when the operation has ended, is being driven, or another must be steered first
     * @throws RowHeld when an abandoned one is resumed, and another operation is at the rows that stayed
     */
    public OperationId steer(Request request, OperationId target, Wish wish) {
        Optional<Operation> earlier = request.key().flatMap(this::find);
        if (earlier.isPresent()) {
            return earlier.get().id();
        }
        Progress progress = new Progress();
        if (!driven.claim(target, progress)) {
            throw new CannotSteer(
                    "operation " + target + " is being driven now; " + wish.verb() + " it when this attempt has ended");
        }
        AtomicBoolean handedOver = new AtomicBoolean();
        try {
            return begin(
                    request,
                    id -> {
                        Operation begun = journal.beginSteering(id, request, target, wish);
                        handedOver.set(begun.id().equals(id));
                        return begun;
                    },
                    (begun, doing) -> {
                        doing.stage(wish.verb() + " operation " + target);
                        journal.end(begun, List.of(), steered(target, progress));
                    });
        } finally {
            if (!handedOver.get()) {
                driven.release(target);
            }
        }
    }

    /** Carries out the wish that is recorded with an operation claimed before, and releases it. */
    private Optional<String> steered(OperationId target, Progress progress) {
        try {
            find(target).filter(op -> op.state().open()).ifPresent(op -> resume(op, progress));
        } catch (RuntimeException e) {
            postpone(target, e);
        } finally {
            driven.release(target);
        }
        return find(target)
                .filter(op -> op.state().open())
                .map(op -> "operation " + target + " (" + op.kind() + ") stays open: "
                        + op.retry().obstacle().orElse("it has not ended"));
    }

    private OperationId begin(
            Request request, Function<OperationId, Operation> begin, BiConsumer<Operation, Progress> carryOut) {
        if (request.counted()) {
            limiter.enter();
        }
        OperationId id = new OperationId(ids.next());
        Progress progress = new Progress();
        driven.claim(id, progress);
        boolean handedOver = false;
        try {
            OperationPhase placed = OperationPhase.begun();
            Operation begun = begin.apply(id);
            placed.ended(begun, OperationPhase.PLACED);
            if (!begun.id().equals(id) || !begun.state().open()) {
                return begun.id();
            }
            LOG.info(
                    "op={} kind={} accepted steps={}",
                    id,
                    begun.kind(),
                    begun.openPlan().stepCount());
            handedOver = true;
            threads.start("operation " + id, () -> {
                try {
                    carryOut.accept(begun, progress);
                } catch (RuntimeException e) {
                    postpone(id, e);
                } finally {
                    finished(id, request);
                }
            });
            return id;
        } finally {
            if (!handedOver) {
                finished(id, request);
            }
        }
    }

    private void tryNow(Set<OperationId> which) {
        Queue<Operation> waiting = new ConcurrentLinkedQueue<>(open().stream()
                .filter(op -> (which.isEmpty() || which.contains(op.id())) && status(op) != OpenStatus.NEW)
                .toList());
        threads.all(Collections.nCopies(Math.min(TRIED_AT_ONCE_MAX, waiting.size()), () -> {
            for (Operation next = waiting.poll(); next != null; next = waiting.poll()) {
                tryNow(next);
            }
        }));
    }

    private void tryNow(Operation waiting) {
        if (!limiter.tryEnter()) {
            LOG.info("op={} is not tried now, for as many operations as may are running", waiting.id());
            return;
        }
        try {
            drive(waiting.id(), Runnable::run);
        } finally {
            limiter.leave();
        }
    }

    /**
     * For work that comes before a counted {@link #submit} and is in vain if that is refused.
     *
     * @throws TooManyOperations when it would be refused now
     */
    public void refuseIfFull() {
        limiter.refuseIfFull();
    }

    private void finished(OperationId id, Request request) {
        driven.release(id);
        if (request.counted()) {
            limiter.leave();
        }
    }

    /** Last line of defence: whatever an operation met, it stays open for a later attempt and the process goes on. */
    private void postpone(OperationId id, RuntimeException unexpected) {
        LOG.error("op={} met a fault of this program and will be tried again", id, unexpected);
        try {
            find(id).filter(op -> op.state().open())
                    .ifPresent(op -> journal.failedAttempt(
                            op, unexpected.toString(), nextTry(op.retry().failures() + 1)));
        } catch (StoreException e) {
            LOG.error("op={} stays open, and its failure cannot be recorded: {}", id, e.getMessage());
        }
    }

    private Instant nextTry(int attempts) {
        return clock.instant().plus(settings.pauseAfter(attempts));
    }

    /** The operation, open or ended; empty when there never was one or its answer is no longer kept. */
    public Optional<Operation> find(OperationId id) {
        return store.rows().get(Operation.TABLE, id);
    }

    /**
     * The operation as {@link #find(OperationId)} has it, once it has ended or nobody drives it any more, or the time is over. An interrupt ends the wait, too.
     */
    public Optional<Operation> awaitEnd(OperationId id, Duration most) {
        try {
            driven.awaitRelease(id, most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return find(id);
    }

    /**
     * The operation that a request key began; empty for a key that was not seen, or is no longer remembered.
     *
     * @throws RequestKeyReused when it came with another request
     */
    public Optional<Operation> find(RequestKey key) {
        return journal.earlier(store.rows(), key);
    }

    /** How far an operation has come that this process is driving now. */
    public Optional<Progress> progress(OperationId id) {
        return driven.progress(id);
    }

    /** Open operations, ascending by id. */
    public List<Operation> open() {
        return Operation.open(store.rows());
    }

    /** Abandoned operations that may have left something on hosts, ascending by id. */
    public List<Operation> abandoned() {
        return store.rows().find(Operation.TABLE, Operation.BY_OPENNESS, "abandoned");
    }

    public OpenStatus status(Operation open) {
        if (open.retry().failures() > 0) {
            return OpenStatus.FAILED;
        }
        return open.begun().isBefore(started) ? OpenStatus.STALE : OpenStatus.NEW;
    }

    /** Operations that run for requests now. */
    public int inFlight() {
        return limiter.inFlight();
    }

    /**
     * Drives what is open, due, and driven by nobody: at the start of the server what the process before left, later what failed. Returns when all of
     * that is under way; at most as many as the settings allow at once, the others at a later call.
     */
    public void driveDue() {
        if (store.readOnlyReason().isPresent()) {
            return; // nothing that is done could be recorded, and what the records say may be old
        }
        Rows rows = store.rows();
        for (Operation open : Operation.open(rows)) {
            if (open.retry().due(clock.instant()) && recovering.get() < settings.maxRecovering()) {
                drive(open.id(), task -> threads.start("operation " + open.id(), task));
            }
        }
    }

    private void drive(OperationId id, Consumer<Runnable> start) {
        Progress progress = new Progress();
        if (!driven.claim(id, progress)) {
            return;
        }
        boolean handedOver = false;
        recovering.incrementAndGet();
        try {
            // read again now that nobody else drives it: the picture above may be older than its end
            Optional<Operation> open = find(id).filter(op -> op.state().open());
            if (open.isEmpty()) {
                return;
            }
            handedOver = true;
            start.accept(() -> {
                try {
                    resume(open.get(), progress);
                } catch (RuntimeException e) {
                    postpone(id, e);
                } finally {
                    driven.release(id);
                    recovering.decrementAndGet();
                }
            });
        } finally {
            if (!handedOver) {
                driven.release(id);
                recovering.decrementAndGet();
            }
        }
    }

    private void resume(Operation open, Progress progress) {
        if (open.wish().isPresent()) {
            grant(open, open.wish().get(), progress);
            return;
        }
        open.openPlan()
                .errand()
                .ifPresentOrElse(errand -> errands.run(open, progress), () -> runner.resume(open, progress));
    }

    private void grant(Operation open, Wish wish, Progress progress) {
        if (open.openPlan().errand().isPresent()) {
            journal.giveUp(open, open.kind() + " was given up on request; what it did so far stays done");
        } else if (wish == Wish.ABANDON) {
            runner.abandon(open, occupancy, progress);
        } else {
            runner.undo(open, progress);
        }
    }

    /**
     * Waits until nothing is driven any more, at most as long as said.
     *
     * @return whether nothing is
     */
    public boolean awaitQuiet(Duration most) throws InterruptedException {
        Instant end = clock.instant().plus(most);
        while (!driven.isEmpty() && clock.instant().isBefore(end)) {
            threads.sleep(QUIET_POLL);
        }
        return driven.isEmpty();
    }

    /** Forgets answers that are older than the settings keep them, and the oldest where there are too many. */
    public void forgetOldAnswers() {
        List<Operation> ended = store.rows().find(Operation.TABLE, Operation.BY_OPENNESS, "ended").stream()
                .sorted(Comparator.comparing(Operations::endOf))
                .toList();
        int tooMany = Math.max(0, ended.size() - settings.maxAnswers());
        Instant oldest = clock.instant().minus(settings.keepAnswers());
        List<Operation> old = IntStream.range(0, ended.size())
                .filter(i -> i < tooMany || endOf(ended.get(i)).isBefore(oldest))
                .mapToObj(ended::get)
                .limit(FORGET_AT_ONCE_MAX)
                .toList();
        if (!old.isEmpty()) {
            store.write(tx -> {
                old.forEach(op -> tx.delete(Operation.TABLE, op.id()));
                return old.size();
            });
        }
    }

    private static Instant endOf(Operation operation) {
        return operation.ended().orElse(operation.begun());
    }
}

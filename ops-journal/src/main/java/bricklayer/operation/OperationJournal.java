package bricklayer.operation;

import bricklayer.fault.FaultPoint;
import bricklayer.fault.FaultPoint.Moment;
import bricklayer.fault.Faults;
import bricklayer.host.HostName;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.store.WriteTx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The durable writes of an operation's life, each one transaction: begin, pivot, roll back, end, abort. Between them nothing needs to be durable.
 */
final class OperationJournal {

    private final Store store;
    private final InstantSource clock;
    private final Faults faults;
    private final Doubts doubts;
    private final PlanAmendment amendment;

    OperationJournal(Store store, InstantSource clock, Faults faults, PlanAmendment amendment) {
        this.amendment = amendment;
        this.store = store;
        this.clock = clock;
        this.faults = faults;
        this.doubts = new Doubts(store);
    }

    /**
     * Plans and begins. An operation that asks and does nothing on hosts ends in the same write.
     *
     * @return the operation begun, or the one that the request's key began before
     */
    Operation begin(OperationId id, Request request, Planner planner) {
        return durably(
                "submit",
                "begin",
                () -> store.write(tx -> {
                    Optional<Operation> earlier = request.key().flatMap(key -> earlier(tx, key));
                    if (earlier.isPresent()) {
                        return earlier.get();
                    }
                    Plan plan = amendment.amend(tx, doubts.plan(tx, planner, Attempt.FIRST));
                    Operation operation = Operation.begin(id, plan, request.key(), clock.instant());
                    return record(tx, operation, plan);
                }));
    }

    /** The plan that would begin now; nothing is recorded. */
    Plan plan(Planner planner) {
        Rows rows = store.rows();
        Plan plan = planner.plan(rows, Attempt.FIRST);
        refuseHeld(rows, plan, Optional.empty());
        return plan;
    }

    /**
     * Begins an operation that changes no row and no host by itself. Whoever begins it ends it; should the process die before, the next one ends it, as done.
     *
     * @return the operation begun, or the one that the request's key began before
     */
    Operation beginByHand(OperationId id, Request request, String kind) {
        return durably(
                "submit",
                "begin",
                () -> store.write(tx -> request.key()
                        .flatMap(key -> earlier(tx, key))
                        .orElseGet(() -> put(
                                tx,
                                Operation.begin(id, Plan.of(kind).build(), request.key(), clock.instant())
                                        .pivotedNow()))));
    }

    /**
     * Records what a person wants of an operation, together with an operation that stands for the wish, like {@link #beginByHand}. After a crash the wish is carried out
     * all the same.
     *
     * @return the operation that stands for the wish, or what the request's key began before
     * @throws CannotSteer when it cannot be so
     */
    Operation beginSteering(OperationId id, Request request, OperationId target, Wish wish) {
        return durably(
                "submit",
                "steer",
                () -> store.write(tx -> {
                    Optional<Operation> earlier = request.key().flatMap(key -> earlier(tx, key));
                    if (earlier.isPresent()) {
                        return earlier.get();
                    }
                    steer(tx, target, wish);
                    Plan plan = Plan.of(wish.kind())
                            .resource("/operations/" + target)
                            .build();
                    return put(
                            tx,
                            Operation.begin(id, plan, request.key(), clock.instant())
                                    .pivotedNow());
                }));
    }

    private static void steer(WriteTx tx, OperationId target, Wish wish) {
        Operation operation =
                tx.get(Operation.TABLE, target).orElseThrow(() -> new CannotSteer("there is no operation " + target));
        if (operation.state().open()) {
            if (wish != Wish.RESUME
                    && operation.openPlan().errand().isPresent()
                    && openChild(tx, operation).isPresent()) {
                throw new CannotSteer("operation " + target + " (" + operation.kind() + ") goes on with operation "
                        + openChild(tx, operation).get().id() + "; " + wish.verb() + " that one first");
            }
            tx.put(Operation.TABLE, operation.wishing(wish.durable()));
        } else if (wish == Wish.RESUME && operation.canBeReopened()) {
            refuseHeld(tx, operation.openPlan(), operation.parent());
            tx.put(Operation.TABLE, operation.reopened());
        } else {
            throw new CannotSteer("operation " + target + " (" + operation.kind() + ") has ended");
        }
    }

    Optional<Operation> find(OperationId id) {
        return store.rows().get(Operation.TABLE, id);
    }

    Optional<Operation> earlier(Rows rows, RequestKey asked) {
        Optional<Operation> earlier = rows.find(Operation.TABLE, Operation.BY_REQUEST_KEY, asked.key()).stream()
                .findFirst();
        earlier.filter(op -> !op.request().equals(Optional.of(asked))).ifPresent(op -> {
            throw new RequestKeyReused(asked.key(), op);
        });
        return earlier;
    }

    private Operation record(WriteTx tx, Operation operation, Plan plan) {
        doubts.refuse(plan);
        refuseHeld(tx, plan, operation.parent());
        for (RowChange change : plan.changes()) {
            if (change instanceof RowChange.Create<?, ?> create) {
                create(tx, create);
            }
        }
        Operation begun = operation;
        if (plan.refusal().isPresent()) {
            begun = operation.ended(OperationState.ABORTED, clock.instant());
        } else if (plan.isOneWrite()) {
            plan.changes().forEach(change -> perform(tx, change));
            begun = operation.ended(OperationState.DONE, clock.instant());
        }
        tx.put(Operation.TABLE, begun);
        return begun;
    }

    private static void refuseHeld(Rows rows, Plan plan, Optional<OperationId> parent) {
        for (RowChange change : plan.changes()) {
            Operation.holdingBeside(rows, change.table(), change.key(), parent).ifPresent(holder -> {
                throw new RowHeld(change.table(), change.key(), holder);
            });
        }
    }

    Operation pivot(Operation operation) {
        return durably(operation.kind(), "pivot", () -> save(operation.pivotedNow()));
    }

    Operation rollBack(Operation operation, String why) {
        return durably(operation.kind(), "roll-back", () -> save(operation.rollingBack(why)));
    }

    /**
     * Ends: the rows become what the plan (completed by its surveys) says.
     *
     * @param shortfall why that is not all that was asked; empty for success
     */
    Operation end(Operation operation, List<RowChange> changes, Optional<String> shortfall) {
        return durably(
                operation.kind(),
                "end",
                () -> store.write(tx -> {
                    changes.forEach(change -> perform(tx, change));
                    Instant now = clock.instant();
                    return put(
                            tx,
                            shortfall
                                    .map(why -> operation.fellShort(why, now))
                                    .orElseGet(() -> operation.ended(OperationState.DONE, now)));
                }));
    }

    /**
     * Ends with success but for the plan's tail, which becomes an operation of its own, open.
     *
     * @param changes of the whole plan
     * @param why the tail is put off
     */
    Operation endWithoutTail(
            Operation operation, List<RowChange> changes, Tail tail, OperationId rest, String why, Instant next) {
        return durably(
                operation.kind(),
                "end-without-tail",
                () -> store.write(tx -> {
                    changes.subList(0, tail.firstChange()).forEach(change -> perform(tx, change));
                    tx.put(
                            Operation.TABLE,
                            Operation.begin(
                                            rest,
                                            operation.openPlan().putOff(tail, operation.id()),
                                            Optional.empty(),
                                            clock.instant())
                                    .pivotedNow()
                                    .retrying(RetryState.FIRST.failed(why, next)));
                    return put(tx, operation.ended(OperationState.DONE, clock.instant()));
                }));
    }

    /** The operation of an errand that has not ended; an errand has one at most. */
    Optional<Operation> openChild(Operation errand) {
        return openChild(store.rows(), errand);
    }

    private static Optional<Operation> openChild(Rows rows, Operation errand) {
        return Operation.open(rows).stream()
                .filter(op -> op.parent().equals(Optional.of(errand.id())))
                .findFirst();
    }

    /**
     * Plans and begins an errand's next operation, or ends the errand when nothing is left to do.
     *
     * @return the operation begun, or the errand, ended
     */
    Operation next(OperationId id, Operation errand, ErrandPlanner planner) {
        return durably(
                errand.kind(),
                "next",
                () -> store.write(tx -> {
                    Plan whole = errand.openPlan();
                    Optional<Plan> plan = planner.next(tx, whole.errand().orElseThrow(), Attempt.FIRST)
                            .map(next -> amendment.amend(tx, next));
                    if (plan.isEmpty()) {
                        whole.changes().forEach(change -> perform(tx, change));
                        return put(tx, errand.ended(OperationState.DONE, clock.instant()));
                    }
                    Operation child = Operation.begin(id, plan.get(), Optional.empty(), clock.instant())
                            .partOf(errand.id());
                    return record(tx, child, plan.get());
                }));
    }

    /** Ends an errand whose next operation cannot be done. What was done before stays done; the errand's own changes are not made. */
    Operation giveUp(Operation errand, String why) {
        return abort(errand.rollingBack(why));
    }

    /** Ends without effect: the rows are as they were before. */
    Operation abort(Operation operation) {
        return durably(
                operation.kind(),
                "abort",
                () -> store.write(tx -> {
                    // the plan as it is stored: one that was made anew may have been recorded by a write that seemed to
                    // fail
                    takeBack(
                            tx,
                            tx.get(Operation.TABLE, operation.id())
                                    .orElse(operation)
                                    .openPlan()
                                    .changes());
                    return put(tx, operation.ended(OperationState.ABORTED, clock.instant()));
                }));
    }

    /**
     * Ends without anything more being done on hosts. Rows that stand for space on a host where something may be left stay, marked.
     *
     * @param forward whether the rows become as after the end; else as before the begin
     */
    Operation abandon(
            Operation operation,
            boolean forward,
            List<RowChange> changes,
            List<Leftover> leftovers,
            Occupancy occupancy) {
        return durably(
                operation.kind(),
                "abandon",
                () -> store.write(tx -> {
                    Set<HostName> hosts = leftovers.stream()
                            .flatMap(left -> left.hosts().stream())
                            .collect(Collectors.toSet());
                    List<RowChange> stay = new ArrayList<>();
                    List<RowChange> others = new ArrayList<>();
                    for (RowChange change : changes) {
                        Optional<RowChange> staying =
                                (forward ? change instanceof RowChange.Delete : change instanceof RowChange.Create)
                                        ? occupancy.staying(tx, change, changes, hosts)
                                        : Optional.empty();
                        staying.ifPresentOrElse(stay::add, () -> others.add(change));
                    }
                    if (forward) {
                        others.forEach(change -> perform(tx, change));
                        stay.forEach(change -> keep(tx, change));
                    } else {
                        takeBack(tx, others);
                    }
                    OperationState direction = forward ? OperationState.RUNNING : OperationState.ROLLING_BACK;
                    return put(
                            tx,
                            operation.abandoned(
                                    new Abandonment(direction, leftovers),
                                    leftovers.isEmpty()
                                            ? Optional.empty()
                                            : Optional.of(operation.openPlan().rest(stay, forward)),
                                    operation.kind() + " was abandoned on request"
                                            + (forward
                                                    ? ", its records are as after its end"
                                                    : ", its records are as before it"),
                                    clock.instant()));
                }));
    }

    private static void keep(WriteTx tx, RowChange change) {
        if (change instanceof RowChange.Delete<?, ?> delete) {
            put(tx, delete);
        }
    }

    private static <K extends Key, V extends Row<K>> void put(WriteTx tx, RowChange.Delete<K, V> delete) {
        tx.put(delete.table(), delete.row());
    }

    /** Takes the old plan's rows back and begins a new plan under the same id, in one write. What the planner throws leaves the old plan in place. */
    Operation replan(Operation operation, Planner planner, Attempt attempt) {
        return durably(
                operation.kind(),
                "replan",
                () -> store.write(tx -> {
                    takeBack(tx, operation.openPlan().changes());
                    tx.delete(Operation.TABLE, operation.id());
                    Plan plan = amendment.amend(tx, planner.plan(tx, attempt));
                    return record(tx, operation.replanned(plan), plan);
                }));
    }

    Operation failedAttempt(Operation operation, String why, Instant next) {
        return save(operation.retrying(operation.retry().failed(why, next)));
    }

    private static void takeBack(WriteTx tx, List<RowChange> changes) {
        for (RowChange change : changes) {
            if (change instanceof RowChange.Create<?, ?> create) {
                delete(tx, create.table(), create.key());
            }
        }
    }

    private static void perform(WriteTx tx, RowChange change) {
        switch (change) {
            case RowChange.Create<?, ?> create -> create(tx, create);
            case RowChange.Update<?, ?> update -> update(tx, update);
            case RowChange.Delete<?, ?> delete -> delete(tx, delete.table(), delete.key());
            case RowChange.Hold<?, ?> _ -> {}
        }
    }

    private static <K extends Key, V extends Row<K>> void create(WriteTx tx, RowChange.Create<K, V> change) {
        tx.put(change.table(), change.row());
    }

    private static <K extends Key, V extends Row<K>> void update(WriteTx tx, RowChange.Update<K, V> change) {
        tx.put(change.table(), change.after());
    }

    @SuppressWarnings("unchecked") // a change's key is of its table's key type
    private static <K extends Key, V extends Row<K>> void delete(
            WriteTx tx, bricklayer.store.Table<K, V> table, Key key) {
        tx.delete(table, (K) key);
    }

    private Operation save(Operation operation) {
        return store.write(tx -> put(tx, operation));
    }

    private static Operation put(WriteTx tx, Operation operation) {
        tx.put(Operation.TABLE, operation);
        return operation;
    }

    private Operation durably(String kind, String name, Supplier<Operation> write) {
        faults.reach(new FaultPoint(kind + "/" + name, Moment.BEFORE));
        Operation written = write.get();
        faults.reach(new FaultPoint(written.kind() + "/" + name, Moment.AFTER));
        return written;
    }
}

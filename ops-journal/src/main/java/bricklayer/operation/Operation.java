package bricklayer.operation;

import bricklayer.store.Index;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The journal entry of an operation, and after its end the answer to whoever asked for it.
 *
 * @param plan empty once the operation has ended; of an abandoned one, as much as is needed to take it up again
 * @param pivoted whether a step that cannot be taken back may have begun
 * @param parent the errand that it is part of; empty for one that a caller asked for
 * @param request empty when the caller sent no key
 * @param ended empty while open
 * @param answer what its caller was told at once; empty for one whose caller asks later
 * @param wish what a person wants of it that has not been done yet
 * @param abandoned how it was given up; empty unless it was
 * @param error why it is being taken back, or was: the answer's text after {@link OperationState#ABORTED} and {@link OperationState#FELL_SHORT}
 * @param resource the answer's location after {@link OperationState#DONE}; empty when there is none
 */
public record Operation(
        OperationId id,
        String kind,
        OperationState state,
        Optional<Plan> plan,
        boolean pivoted,
        Optional<OperationId> parent,
        Optional<RequestKey> request,
        Instant begun,
        Optional<Instant> ended,
        RetryState retry,
        Optional<String> error,
        Optional<String> resource,
        Optional<String> answer,
        Optional<Wish> wish,
        Optional<Abandonment> abandoned)
        implements Row<OperationId> {

    static final Index<Operation> BY_MARK = new Index<>("mark", Operation::marks);
    static final Index<Operation> BY_REQUEST_KEY = new Index<>(
            "request-key", op -> op.request.map(RequestKey::key).stream().toList());
    /** By the digest of a request that came without a key. */
    public static final Index<Operation> BY_IMPLIED_DIGEST = new Index<>(
            "implied-digest",
            op -> op.request.filter(RequestKey::isImplied).map(RequestKey::digest).stream()
                    .toList());
    /** "open"; "abandoned" for those that may have left something, and are not forgotten; or "ended" for those whose answer is kept for a while. */
    static final Index<Operation> BY_OPENNESS = new Index<>(
            "openness", op -> List.of(op.state.open() ? "open" : op.canBeReopened() ? "abandoned" : "ended"));

    public static final Table<OperationId, Operation> TABLE = Table.of(
                    "operations", 1, Operation.class, OperationId::new)
            .indexedBy(BY_MARK)
            .indexedBy(BY_REQUEST_KEY)
            .indexedBy(BY_IMPLIED_DIGEST)
            .indexedBy(BY_OPENNESS);

    static Operation begin(OperationId id, Plan plan, Optional<RequestKey> request, Instant now) {
        return new Operation(
                id,
                plan.kind(),
                OperationState.RUNNING,
                Optional.of(plan),
                false,
                Optional.empty(),
                request,
                now,
                Optional.empty(),
                RetryState.FIRST,
                plan.refusal(),
                plan.resource(),
                plan.answer(),
                Optional.empty(),
                Optional.empty());
    }

    /** Open operations, in no particular order of time. */
    public static List<Operation> open(Rows rows) {
        return rows.find(TABLE, BY_OPENNESS, "open");
    }

    /**
     * The operation that holds a row: the row's pending mark. The mark is not stored with the row but derived from the open operations, so there
     * cannot be one that nobody takes away. An abandoned operation marks the rows of what it may have left, and is in nobody's way.
     */
    public static Optional<Operation> holding(Rows rows, Table<?, ?> table, Key key) {
        return rows.find(TABLE, BY_MARK, mark(table, key)).stream().min(Comparator.comparing(op -> !op.state.open()));
    }

    /**
     * {@link #holding} for all rows of a table that are held, by key. For whoever would ask about many rows of a table of which few are held: costs what open operations change.
     */
    public static Map<String, Operation> holding(Rows rows, Table<?, ?> table) {
        Map<String, Operation> holders = new HashMap<>();
        for (String openness : List.of("open", "abandoned")) {
            for (Operation op : rows.find(TABLE, BY_OPENNESS, openness)) {
                for (RowChange change : op.openPlan().changes()) {
                    if (change.table().name().equals(table.name())) {
                        holders.putIfAbsent(change.key().value(), op);
                    }
                }
            }
        }
        return holders;
    }

    /** Whether an open operation holds a row, so that no other may change it. */
    public static boolean isHeld(Rows rows, Table<?, ?> table, Key key) {
        return holdingBeside(rows, table, key, Optional.empty()).isPresent();
    }

    /** The open operation other than {@code errand} that holds a row: what an errand holds, its operations may change. */
    static Optional<Operation> holdingBeside(Rows rows, Table<?, ?> table, Key key, Optional<OperationId> errand) {
        return rows.find(TABLE, BY_MARK, mark(table, key)).stream()
                .filter(op -> op.state.open() && !errand.equals(Optional.of(op.id())))
                .findFirst();
    }

    /** Whether the row is being created by an operation that has not ended. */
    public static boolean beingCreated(Rows rows, Table<?, ?> table, Key key) {
        return changing(rows, table, key, RowChange.Create.class);
    }

    /** Whether the row is being deleted by an operation that has not ended. */
    public static boolean beingDeleted(Rows rows, Table<?, ?> table, Key key) {
        return changing(rows, table, key, RowChange.Delete.class);
    }

    private static boolean changing(Rows rows, Table<?, ?> table, Key key, Class<? extends RowChange> how) {
        return rows.find(TABLE, BY_MARK, mark(table, key)).stream()
                .flatMap(op -> op.openPlan().changes().stream())
                .anyMatch(change -> how.isInstance(change)
                        && change.table().name().equals(table.name())
                        && change.key().equals(key));
    }

    /** The plan of an operation that is open. */
    public Plan openPlan() {
        return plan.orElseThrow(() -> new IllegalStateException("operation " + id + " has ended, its plan is gone"));
    }

    private List<String> marks() {
        return plan.stream()
                .flatMap(open -> open.changes().stream())
                .map(change -> mark(change.table(), change.key()))
                .toList();
    }

    private static String mark(Table<?, ?> table, Key key) {
        return table.name() + "/" + key.value();
    }

    Operation pivotedNow() {
        return new Operation(
                id, kind, state, plan, true, parent, request, begun, ended, retry, error, resource, answer, wish,
                abandoned);
    }

    Operation rollingBack(String why) {
        return new Operation(
                id,
                kind,
                OperationState.ROLLING_BACK,
                plan,
                pivoted,
                parent,
                request,
                begun,
                ended,
                retry,
                Optional.of(why),
                resource,
                answer,
                Optional.empty(),
                Optional.empty());
    }

    Operation retrying(RetryState next) {
        return new Operation(
                id, kind, state, plan, pivoted, parent, request, begun, ended, next, error, resource, answer, wish,
                abandoned);
    }

    Operation replanned(Plan next) {
        Operation anew = begin(id, next, request, begun);
        return parent.map(anew::partOf).orElse(anew);
    }

    Operation partOf(OperationId errand) {
        return new Operation(
                id,
                kind,
                state,
                plan,
                pivoted,
                Optional.of(errand),
                request,
                begun,
                ended,
                retry,
                error,
                resource,
                answer,
                wish,
                abandoned);
    }

    Operation fellShort(String why, Instant now) {
        return rollingBack(why).ended(OperationState.FELL_SHORT, now);
    }

    Operation ended(OperationState how, Instant now) {
        return new Operation(
                id,
                kind,
                how,
                Optional.empty(),
                pivoted,
                parent,
                request,
                begun,
                Optional.of(now),
                retry,
                error,
                resource,
                answer,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether it was given up and may have left something on hosts. It is not forgotten. */
    public boolean canBeReopened() {
        return state == OperationState.ABANDONED && plan.isPresent();
    }

    Operation wishing(Optional<Wish> next) {
        return new Operation(
                id, kind, state, plan, pivoted, parent, request, begun, ended, retry, error, resource, answer, next,
                abandoned);
    }

    /**
     * @param rest what is needed to take it up again; empty when nothing can be left
     */
    Operation abandoned(Abandonment how, Optional<Plan> rest, String why, Instant now) {
        return new Operation(
                id,
                kind,
                OperationState.ABANDONED,
                rest,
                pivoted,
                parent,
                request,
                begun,
                Optional.of(now),
                retry,
                Optional.of(why),
                resource,
                answer,
                Optional.empty(),
                Optional.of(how));
    }

    /** An abandoned one, open again in the direction that it had. */
    Operation reopened() {
        return new Operation(
                id,
                kind,
                abandoned.orElseThrow().direction(),
                plan,
                pivoted,
                parent,
                request,
                begun,
                Optional.empty(),
                retry,
                error,
                resource,
                answer,
                Optional.empty(),
                Optional.empty());
    }
}

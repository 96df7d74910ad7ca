package bricklayer.promise;

import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.OperationState;
import bricklayer.operation.Plan;
import bricklayer.operation.RowChange;
import bricklayer.store.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an onlooker writes down of the operations in a world while they run, to hold the records to it in the end: an operation that was begun has an answer, and the rows are what the
 * answer says.
 */
final class Ledger {

    private final Map<String, Plan> plans = new TreeMap<>();
    private final List<Plan> everSeen = new ArrayList<>();

    /** Looks at what is open now. */
    void note(Rows rows) {
        Operation.open(rows)
                .forEach(open -> open.plan().ifPresent(plan -> {
                    if (!plan.equals(plans.put(open.id().value(), plan))) {
                        everSeen.add(plan);
                    }
                }));
    }

    /** The plans of all operations that were ever seen open, each as it was seen last. */
    Collection<Plan> plans() {
        return plans.values();
    }

    /** Every plan that was seen, also those that were made anew. */
    List<Plan> everSeen() {
        return everSeen;
    }

    void mustBeKept(Rows rows) {
        List<Kept> kept = plans.entrySet().stream()
                .map(entry -> new Kept(
                        entry.getValue(),
                        rows.get(Operation.TABLE, new OperationId(entry.getKey()))
                                .orElseThrow(() ->
                                        new AssertionError("the answer of operation " + entry.getKey() + " is lost"))))
                .toList();
        Set<String> deleted = kept.stream()
                .filter(each -> isDone(each.ended()))
                .flatMap(each -> each.plan().changes().stream())
                .filter(RowChange.Delete.class::isInstance)
                .map(Ledger::name)
                .collect(Collectors.toSet());
        kept.forEach(each -> mustBe(rows, each.plan(), each.ended(), deleted));
    }

    private record Kept(Plan plan, Operation ended) {}

    private static boolean isDone(Operation ended) {
        return ended.state() == OperationState.DONE || ended.state() == OperationState.FELL_SHORT;
    }

    /**
     * @param deleted rows that some operation was to delete, and did
     */
    private static void mustBe(Rows rows, Plan plan, Operation ended, Set<String> deleted) {
        if (ended.state().open()) {
            throw new AssertionError("still open: " + ended);
        }
        if (ended.state() == OperationState.ABANDONED) {
            return;
        }
        for (RowChange change : plan.changes()) {
            boolean wanted = isDone(ended) == change instanceof RowChange.Create && !deleted.contains(name(change));
            boolean decided = change instanceof RowChange.Create || change instanceof RowChange.Delete;
            boolean there = there(rows, change);
            if (decided && wanted != there) {
                throw new AssertionError("operation " + ended.id() + " (" + ended.kind() + ") is " + ended.state()
                        + ", and yet " + name(change) + (there ? " is there" : " is not there"));
            }
        }
    }

    private static String name(RowChange change) {
        return change.table().name() + "/" + change.key().value();
    }

    private static boolean there(Rows rows, RowChange change) {
        for (var row : rows.all(change.table())) {
            if (row.id().equals(change.key())) {
                return true;
            }
        }
        return false;
    }

    /** Whether all that was begun was taken back, so that nothing at all may be different. */
    boolean allTakenBack(Rows rows) {
        return !plans.isEmpty()
                && plans.keySet().stream()
                        .map(id ->
                                rows.get(Operation.TABLE, new OperationId(id)).orElseThrow())
                        .allMatch(ended -> ended.state() == OperationState.ABORTED)
                && plans.values().stream().allMatch(plan -> plan.errand().isEmpty());
    }
}

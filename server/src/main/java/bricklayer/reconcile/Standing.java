package bricklayer.reconcile;

import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.OperationState;
import bricklayer.reconcile.DriftReport.Aged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is amiss as far as is known: what the latest look at each place found, but for what was repaired since. Asks no host. Thread-safe. */
public final class Standing {

    private final Reconciler reconciler;
    private final Function<OperationId, Optional<Operation>> operations;
    private final Map<String, Repair> repairs = new ConcurrentHashMap<>();

    /** @param of as it was found: when it is found again, the repair did not help */
    private record Repair(Aged of, OperationId operation) {}

    /** @param operations finds one that has begun */
    public Standing(Reconciler reconciler, Function<OperationId, Optional<Operation>> operations) {
        this.reconciler = reconciler;
        this.operations = operations;
    }

    /** Remembers what repairs a finding. */
    void repairing(Aged finding, OperationId operation) {
        repairs.put(finding.finding().id(), new Repair(finding, operation));
    }

    /** In no particular order; without what operations explain. */
    public List<Aged> findings() {
        List<Aged> standing = new ArrayList<>();
        for (Aged finding : reconciler.known()) {
            if (finding.finding().explainedBy().isEmpty() && !isRepaired(finding)) {
                standing.add(finding);
            }
        }
        return standing;
    }

    /** How many there are of each kind, by its name on the wire; kinds without any are left out. */
    public Map<String, Integer> counts() {
        return findings().stream()
                .collect(Collectors.toMap(
                        finding -> finding.finding().kind().wire(), finding -> 1, Integer::sum, TreeMap::new));
    }

    @SuppressWarnings("ReferenceEquality") // the same look at it
    private boolean isRepaired(Aged finding) {
        Repair repair = repairs.get(finding.finding().id());
        if (repair == null) {
            return false;
        }
        if (repair.of() != finding) {
            repairs.remove(finding.finding().id(), repair);
            return false;
        }
        return operations
                .apply(repair.operation())
                .filter(operation -> operation.state() == OperationState.DONE)
                .isPresent();
    }
}

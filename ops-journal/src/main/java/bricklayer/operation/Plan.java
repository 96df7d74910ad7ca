package bricklayer.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All there is to know about an operation before it begins: the rows it changes, the stages of steps it takes on hosts, and its pivot. Or, in place of stages, the errand that it is.
 *
 * @param kind stable name, such as {@code create-volume}
 * @param changes may be empty
 * @param stages may be empty: then the operation is one durable write
 * @param pivot the number of the first stage that may hold irreversible steps; the number of stages when everything can be taken back
 * @param checks questions to ask before the first stage and before the pivot
 * @param surveys questions to ask before the end is written
 * @param tail which end of it may be put off
 * @param errand the series of operations that this one stands for; such a plan has no stages of its own
 * @param refusal why there is nothing to do but to say no; empty for a plan that is to be carried out. The answer then comes as the answer of a failed
 *     operation, for callers that expect it there
 * @param resource where the result is found, such as {@code /volumes/…}; empty when there is nothing to show
 * @param answer what the caller is told at once, kept for a request that comes again; only for a plan that is one write
 * @param onlyForward whether it is the rest of an operation that has ended, so that there is nothing to go back to
 * @param origin of which operation it is the rest
 */
public record Plan(
        String kind,
        List<RowChange> changes,
        List<Stage> stages,
        int pivot,
        List<Check> checks,
        List<Survey> surveys,
        Optional<Tail> tail,
        Optional<Errand> errand,
        Optional<String> resource,
        Optional<String> answer,
        Optional<String> refusal,
        boolean onlyForward,
        Optional<Origin> origin) {

    public Plan {
        changes = List.copyOf(changes);
        stages = List.copyOf(stages);
        checks = List.copyOf(checks);
        surveys = List.copyOf(surveys);
        if (pivot < 0 || pivot > stages.size()) {
            throw new IllegalArgumentException(kind + ": pivot " + pivot + " of " + stages.size() + " stages");
        }
        if (errand.isPresent() && !stages.isEmpty()) {
            throw new IllegalArgumentException(kind + ": an errand's stages are those of its operations");
        }
        if (tail.isPresent() && tail.get().firstStage() < pivot) {
            throw new IllegalArgumentException(kind + ": what comes before the pivot cannot be put off");
        }
        for (Stage stage : stages.subList(0, pivot)) {
            for (Step step : stage.steps()) {
                if (!step.reversible()) {
                    throw new IllegalArgumentException(kind + "/" + stage.name() + "/" + step.name()
                            + " cannot be taken back, so it must come after the pivot");
                }
            }
        }
    }

    /** Whether it ends in the very write that begins it. */
    boolean isOneWrite() {
        return stages.isEmpty() && checks.isEmpty() && surveys.isEmpty() && errand.isEmpty();
    }

    /** With more changes behind its own; what follows from the tail's goes with the tail. */
    Plan amended(UnaryOperator<List<RowChange>> following) {
        int head = tail.map(Tail::firstChange).orElse(changes.size());
        List<RowChange> all = new ArrayList<>(changes.subList(0, head));
        all.addAll(following.apply(changes.subList(0, head)));
        int firstOfTail = all.size();
        all.addAll(changes.subList(head, changes.size()));
        if (head < changes.size()) {
            all.addAll(following.apply(changes.subList(head, changes.size())));
        }
        return new Plan(
                kind,
                all,
                stages,
                pivot,
                checks,
                surveys,
                tail.map(end -> new Tail(end.kind(), end.firstStage(), firstOfTail)),
                errand,
                resource,
                answer,
                refusal,
                onlyForward,
                origin);
    }

    /** The plan of the operation that goes on with the tail of one with this plan. */
    Plan putOff(Tail end, OperationId whole) {
        return new Plan(
                end.kind(),
                changes.subList(end.firstChange(), changes.size()),
                stages.subList(end.firstStage(), stages.size()),
                0,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.of(new Origin(whole, end.firstStage())));
    }

    /** What is needed to take it up again after it was abandoned: all its steps, for nobody knows which of them are left. */
    Plan rest(List<RowChange> rowsThatStay, boolean forward) {
        return new Plan(
                kind,
                rowsThatStay,
                stages,
                pivot,
                List.of(),
                List.of(),
                Optional.empty(),
                errand,
                resource,
                answer,
                Optional.empty(),
                forward,
                origin);
    }

    public boolean hasPivot() {
        return pivot < stages.size();
    }

    public int stepCount() {
        return stages.stream().mapToInt(stage -> stage.steps().size()).sum();
    }

    public static PlanBuilder of(String kind) {
        return new PlanBuilder(kind);
    }
}

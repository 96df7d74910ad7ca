package bricklayer.operation;

import java.util.List;
import java.util.Optional;

/**
 * All there is to know about an operation before it begins: the rows it changes, the stages of steps it takes on hosts, and its pivot.
 *
 * @param kind stable name, such as {@code create-volume}
 * @param changes may be empty
 * @param stages may be empty: then the operation is one durable write
 * @param pivot the number of the first stage that may hold irreversible steps; the number of stages when everything can be taken back
 * @param surveys questions to ask before the end is written
 * @param refusal why there is nothing to do but to say no; empty for a plan that is to be carried out. The answer then comes as the answer of a failed
 *     operation, for callers that expect it there
 * @param resource where the result is found, such as {@code /volumes/…}; empty when there is nothing to show
 */
public record Plan(
        String kind,
        List<RowChange> changes,
        List<Stage> stages,
        int pivot,
        List<Survey> surveys,
        Optional<String> resource,
        Optional<String> refusal) {

    public Plan {
        changes = List.copyOf(changes);
        stages = List.copyOf(stages);
        surveys = List.copyOf(surveys);
        if (pivot < 0 || pivot > stages.size()) {
            throw new IllegalArgumentException(kind + ": pivot " + pivot + " of " + stages.size() + " stages");
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

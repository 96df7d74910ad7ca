package bricklayer.operation;

import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a {@link Plan} down in the order it will happen. */
public final class PlanBuilder {

    private final String kind;
    private final List<RowChange> changes = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Survey> surveys = new ArrayList<>();
    private @Nullable Integer pivot;
    private @Nullable Tail tail;
    private @Nullable Errand errand;
    private @Nullable String resource;
    private @Nullable String answer;
    private @Nullable String refusal;

    PlanBuilder(String kind) {
        this.kind = kind;
    }

    public <K extends Key, V extends Row<K>> PlanBuilder creates(Table<K, V> table, V row) {
        changes.add(new RowChange.Create<>(table, row));
        return this;
    }

    public <K extends Key, V extends Row<K>> PlanBuilder creates(Table<K, V> table, Collection<V> rows) {
        rows.forEach(row -> creates(table, row));
        return this;
    }

    public <K extends Key, V extends Row<K>> PlanBuilder updates(Table<K, V> table, V after) {
        changes.add(new RowChange.Update<>(table, after));
        return this;
    }

    public <K extends Key, V extends Row<K>> PlanBuilder deletes(Table<K, V> table, V row) {
        changes.add(new RowChange.Delete<>(table, row));
        return this;
    }

    public <K extends Key, V extends Row<K>> PlanBuilder deletes(Table<K, V> table, Collection<V> rows) {
        rows.forEach(row -> deletes(table, row));
        return this;
    }

    public <K extends Key, V extends Row<K>> PlanBuilder holds(Table<K, V> table, V row) {
        changes.add(new RowChange.Hold<>(table, row));
        return this;
    }

    public PlanBuilder stage(String name, List<Lane> lanes) {
        if (lanes.stream().anyMatch(lane -> !lane.steps().isEmpty())) {
            stages.add(new Stage(name, lanes));
        }
        return this;
    }

    public PlanBuilder stage(String name, Lane... lanes) {
        return stage(name, List.of(lanes));
    }

    /** From here only forward. */
    public PlanBuilder pivot() {
        if (pivot != null) {
            throw new IllegalStateException(kind + " has a pivot already");
        }
        pivot = stages.size();
        return this;
    }

    public PlanBuilder check(Check check) {
        checks.add(check);
        return this;
    }

    /**
     * What is written down from here on, changes and stages, may be put off.
     *
     * @param kindWhenPutOff of the operation that then goes on with it
     */
    public PlanBuilder tail(String kindWhenPutOff) {
        if (tail != null) {
            throw new IllegalStateException(kind + " has a tail already");
        }
        tail = new Tail(kindWhenPutOff, stages.size(), changes.size());
        return this;
    }

    public PlanBuilder errand(Errand work) {
        errand = work;
        return this;
    }

    public PlanBuilder survey(Survey survey) {
        surveys.add(survey);
        return this;
    }

    public PlanBuilder resource(String path) {
        resource = path;
        return this;
    }

    /** For a plan that is one write: what its caller is told at once, and again when the request comes again. */
    public PlanBuilder answer(String text) {
        answer = text;
        return this;
    }

    /** Ends the operation at once, as failed: for a refusal that callers expect to hear as the outcome of a job. Changes and stages are dropped. */
    public PlanBuilder refused(String why) {
        refusal = why;
        return this;
    }

    public Plan build() {
        if (refusal != null) {
            return new Plan(
                    kind,
                    List.of(),
                    List.of(),
                    0,
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(refusal),
                    false,
                    Optional.empty());
        }
        return new Plan(
                kind,
                changes,
                stages,
                pivot == null ? stages.size() : pivot,
                checks,
                surveys,
                Optional.ofNullable(tail),
                Optional.ofNullable(errand),
                Optional.ofNullable(resource),
                Optional.ofNullable(answer),
                Optional.empty(),
                false,
                Optional.empty());
    }
}

package bricklayer.operation;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import java.util.List;
import java.util.Optional;

/** A step that the operation can do without: its failure is logged and passed over. */
public record Courtesy(Step step) implements Step {

    @Override
    public String name() {
        return step.name();
    }

    @Override
    public List<HostName> hosts() {
        return step.hosts();
    }

    @Override
    public Query<Effect> observe() {
        return step.observe();
    }

    @Override
    public List<Command> apply() {
        return step.apply();
    }

    @Override
    public List<Command> undo() {
        return step.undo();
    }

    @Override
    public boolean reversible() {
        return step.reversible();
    }

    @Override
    public boolean restorable() {
        return step.restorable();
    }

    @Override
    public boolean optional() {
        return true;
    }

    @Override
    public boolean looksFirst() {
        return step.looksFirst();
    }

    @Override
    public boolean transientRefusal(Exited refusal) {
        return step.transientRefusal(refusal);
    }

    @Override
    public String failure(String where) {
        return step.failure(where);
    }

    @Override
    public Optional<String> queue() {
        return step.queue();
    }
}

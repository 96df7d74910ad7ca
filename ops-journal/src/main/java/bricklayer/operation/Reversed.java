package bricklayer.operation;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import java.util.List;
import java.util.Optional;

/**
 * Removes what another step makes. What was removed does not come back with its contents, so it is not reversible, unless the step it reverses says
 * that making it again is harmless.
 */
public record Reversed(Step step) implements Step {

    @Override
    public String name() {
        return "reverse-" + step.name();
    }

    @Override
    public List<HostName> hosts() {
        return step.hosts();
    }

    @Override
    public Query<Effect> observe() {
        return step.observe().map(Effect::opposite);
    }

    @Override
    public List<Command> apply() {
        return step.undo();
    }

    @Override
    public List<Command> undo() {
        return reversible() ? step.apply() : List.of();
    }

    @Override
    public boolean reversible() {
        return step.restorable();
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
    public Optional<String> queue() {
        return step.queue();
    }

    @Override
    public Step reversed() {
        return step;
    }
}

package bricklayer.volume;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;
import java.util.Optional;

/** A snapshot of a volume, made to be cloned and then deleted. Its name was chosen by us, so there is no other of that name. */
record CreateSnapshot(Target target, String snapshot) implements GlusterStep {

    @Override
    public String name() {
        return "create-snapshot";
    }

    @Override
    public Query<Effect> observe() {
        return target().gluster().snapshot(snapshot).map(Optional::isPresent).map(Effect::presentIf);
    }

    @Override
    public List<Command> apply() {
        return List.of(target().gluster().createSnapshot(snapshot, target().volume()));
    }

    @Override
    public List<Command> undo() {
        return List.of(target().gluster().deleteSnapshot(snapshot));
    }
}

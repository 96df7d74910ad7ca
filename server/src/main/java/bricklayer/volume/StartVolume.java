package bricklayer.volume;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;

/** Starts a gluster volume; its reverse stops it, which a start makes good again. */
record StartVolume(Target target) implements GlusterStep {

    @Override
    public String name() {
        return "start-volume";
    }

    @Override
    public Query<Effect> observe() {
        return target().presentIf(info -> info.isStarted());
    }

    @Override
    public List<Command> apply() {
        return List.of(target().gluster().start(target().volume()));
    }

    @Override
    public List<Command> undo() {
        return List.of(target().gluster().stop(target().volume()));
    }

    @Override
    public boolean restorable() {
        return true;
    }
}

package bricklayer.volume;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;

/**
 * Starts a gluster volume; its reverse stops it, which a start makes good again.
 *
 * @param bricks {@code host:path} of all its bricks, so that a volume of somebody else that has the name is not stopped; empty where they are not known yet
 */
record StartVolume(Target target, List<String> bricks) implements GlusterStep {

    StartVolume {
        bricks = List.copyOf(bricks);
    }

    @Override
    public String name() {
        return "start-volume";
    }

    @Override
    public Query<Effect> observe() {
        return target().presentIf(info -> info.isStarted() && (bricks.isEmpty() || info.hasAnyOf(bricks)));
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

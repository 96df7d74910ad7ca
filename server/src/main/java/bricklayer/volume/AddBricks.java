package bricklayer.volume;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;

/**
 * Adds brick sets to a gluster volume.
 *
 * @param bricks {@code host:path}, in gluster's order
 * @param volumeIsNew the volume was made by the same operation, so it has no data yet, and taking the volume back takes these bricks back. Otherwise
 *     gluster may have put files on them and only forward is left
 */
record AddBricks(Target target, List<String> bricks, boolean volumeIsNew) implements GlusterStep {

    AddBricks {
        bricks = List.copyOf(bricks);
    }

    @Override
    public String name() {
        return "add-bricks";
    }

    @Override
    public Query<Effect> observe() {
        return target().presentIf(info -> info.brickNames().containsAll(bricks));
    }

    @Override
    public List<Command> apply() {
        return List.of(target().gluster().addBricks(target().volume(), bricks));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }

    @Override
    public boolean reversible() {
        return volumeIsNew;
    }
}

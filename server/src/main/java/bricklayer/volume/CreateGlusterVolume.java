package bricklayer.volume;

import bricklayer.gluster.VolumeType;
import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;

/**
 * Builds a gluster volume from its first brick sets. Deleting it deletes the definition only; what lies in the bricks stays until they are removed.
 *
 * @param bricks {@code host:path}, in gluster's order
 */
record CreateGlusterVolume(Target target, VolumeType type, List<String> bricks) implements GlusterStep {

    CreateGlusterVolume {
        bricks = List.copyOf(bricks);
    }

    @Override
    public String name() {
        return "create-gluster-volume";
    }

    @Override
    public Query<Effect> observe() {
        return target().presentIf(info -> info.hasAnyOf(bricks));
    }

    @Override
    public List<Command> apply() {
        return List.of(target().gluster().createVolume(target().volume(), type, bricks));
    }

    @Override
    public List<Command> undo() {
        return List.of(target().gluster().delete(target().volume()));
    }
}

package bricklayer.volume;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;

/**
 * Lets a volume that was there before say whose it is, or that it is nobody's any more. It cannot be taken back: gluster keeps options of these names, so once they are set the records must follow.
 *
 * @param options {@code "key value"}
 */
record TellVolume(Target target, List<String> options) implements GlusterStep {

    TellVolume {
        options = List.copyOf(options);
    }

    @Override
    public String name() {
        return "tell-volume";
    }

    @Override
    public Query<Effect> observe() {
        return set().observe();
    }

    @Override
    public List<Command> apply() {
        return set().apply();
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }

    @Override
    public boolean reversible() {
        return false;
    }

    private SetVolumeOptions set() {
        return new SetVolumeOptions(target, options);
    }
}

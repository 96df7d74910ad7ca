package bricklayer.volume;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Effect;
import java.util.List;
import java.util.Set;

/**
 * A volume made of a snapshot, under the target's name. Gluster draws the names of its logical volumes, so once it is deleted nobody can tell which they were: it cannot be
 * taken back, only gone on with.
 *
 * @param originId carried by the clone in its options at first, as it was by its origin
 * @param cloneId carried later
 */
record CloneSnapshot(Target target, String snapshot, VolumeId originId, VolumeId cloneId) implements GlusterStep {

    @Override
    public String name() {
        return "clone-snapshot";
    }

    /** A volume of that name that somebody else made is not it. */
    @Override
    public Query<Effect> observe() {
        Set<String> ids = Set.of(originId.value(), cloneId.value());
        return target().presentIf(info -> ids.contains(info.options().getOrDefault(VolumeOptions.ID, "")));
    }

    @Override
    public List<Command> apply() {
        return List.of(target().gluster().cloneSnapshot(target().volume(), snapshot));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }

    @Override
    public boolean reversible() {
        return false;
    }
}

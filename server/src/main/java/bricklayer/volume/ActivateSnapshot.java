package bricklayer.volume;

import bricklayer.gluster.SnapshotInfo;
import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;

/** Gets a snapshot mounted: gluster clones no other. */
record ActivateSnapshot(Target target, String snapshot) implements GlusterStep {

    @Override
    public String name() {
        return "activate-snapshot";
    }

    @Override
    public Query<Effect> observe() {
        return target().gluster()
                .snapshot(snapshot)
                .map(info -> Effect.presentIf(info.filter(SnapshotInfo::active).isPresent()));
    }

    @Override
    public List<Command> apply() {
        return List.of(target().gluster().activateSnapshot(snapshot));
    }

    @Override
    public List<Command> undo() {
        return List.of(target().gluster().deactivateSnapshot(snapshot));
    }
}

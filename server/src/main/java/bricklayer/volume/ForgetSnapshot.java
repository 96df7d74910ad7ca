package bricklayer.volume;

import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;
import java.util.Optional;

/**
 * That a snapshot is gone from one node. A node that is away when a snapshot is deleted brings it back, for all, when it returns. So an operation that is taken back looks
 * for the snapshot on each node, and is not through before it has. Going forward there is nothing to do before it is used; when it was, the reverse of this
 * sees to it that it is gone from all.
 */
record ForgetSnapshot(Target target, HostName host, String snapshot) implements GlusterStep {

    @Override
    public String name() {
        return "forget-snapshot";
    }

    /** This one only: what another node knows is not the question. */
    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return target().gluster().snapshot(snapshot).map(Optional::isPresent).map(Effect::presentIf);
    }

    /** Not doing anything can be repeated. */
    @Override
    public boolean restorable() {
        return true;
    }

    @Override
    public boolean looksFirst() {
        return true;
    }

    @Override
    public List<Command> apply() {
        return List.of();
    }

    @Override
    public List<Command> undo() {
        return List.of(target().gluster().deleteSnapshot(snapshot));
    }
}

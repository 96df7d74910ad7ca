package bricklayer.brick;

import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;

/** The group that may write to the brick, which files and folders made in it inherit. */
record SetGroup(HostName host, MountSettings mount, String path, long gid) implements Step {

    @Override
    public String name() {
        return "set-group";
    }

    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return new Mounts(mount).groupOf(path).map(group -> Effect.presentIf(group == gid));
    }

    @Override
    public List<Command> apply() {
        return new Mounts(mount).setGroup(path, gid);
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }
}

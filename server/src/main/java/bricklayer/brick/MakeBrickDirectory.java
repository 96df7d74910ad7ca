package bricklayer.brick;

import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;

/** The folder that gluster is given. Not the mount point itself, so that gluster notices when the file system is not mounted. It goes with its file system. */
record MakeBrickDirectory(HostName host, MountSettings mount, String path) implements Step {

    @Override
    public String name() {
        return "make-brick-directory";
    }

    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return new Mounts(mount).directoryExists(path).map(Effect::presentIf);
    }

    @Override
    public List<Command> apply() {
        return List.of(new Mounts(mount).makeBrickDirectory(path));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }
}

package bricklayer.brick;

import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;

/** The folder a brick is mounted on. */
record MakeMountPoint(HostName host, MountSettings mount, String path) implements Step {

    @Override
    public String name() {
        return "make-mount-point";
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
        return List.of(new Mounts(mount).mkdir(path));
    }

    @Override
    public List<Command> undo() {
        return List.of(new Mounts(mount).rmdir(path));
    }
}

package bricklayer.brick;

import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;

/** The mounted file system of a brick. Another one at its place is not it, and is never unmounted in its stead. */
record MountBrick(HostName host, MountSettings mount, String device, String path) implements Step {

    @Override
    public String name() {
        return "mount-brick";
    }

    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return new Mounts(mount).isAt(device, path).map(Effect::presentIf);
    }

    @Override
    public List<Command> apply() {
        return List.of(new Mounts(mount).mount(device, path));
    }

    @Override
    public List<Command> undo() {
        return List.of(new Mounts(mount).unmount(path));
    }
}

package bricklayer.brick;

import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;

/** An XFS file system. It goes with the logical volume it is on. */
record MakeFileSystem(HostName host, MountSettings mount, String device, boolean arbiter) implements Step {

    @Override
    public String name() {
        return "make-file-system";
    }

    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return new Mounts(mount).fileSystemOn(device).map(type -> Effect.presentIf(type.isPresent()));
    }

    @Override
    public List<Command> apply() {
        return List.of(new Mounts(mount).makeXfs(device, arbiter));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }
}

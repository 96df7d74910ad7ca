package bricklayer.brick;

import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;

/** The line that mounts the brick when its node boots. */
record AddFstabEntry(HostName host, MountSettings mount, String device, String path) implements Step {

    @Override
    public String name() {
        return "add-fstab-entry";
    }

    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return new Mounts(mount).fstabHas(device).map(Effect::presentIf);
    }

    @Override
    public List<Command> apply() {
        return List.of(new Mounts(mount).addFstabEntry(device, path));
    }

    @Override
    public List<Command> undo() {
        return List.of(new Mounts(mount).removeFstabEntry(device));
    }
}

package bricklayer.reconcile;

import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;

/** That a device is not mounted at a path; whatever else is mounted there is left alone. */
record UnmountOther(HostName host, MountSettings mount, String device, String path) implements Step {

    @Override
    public String name() {
        return "unmount-other";
    }

    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return new Mounts(mount)
                .deviceAt(path)
                .map(there -> Effect.presentIf(!there.map(device::equals).orElse(false)));
    }

    @Override
    public List<Command> apply() {
        return List.of(new Mounts(mount).unmount(path));
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

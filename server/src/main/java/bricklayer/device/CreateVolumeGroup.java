package bricklayer.device;

import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;

/**
 * The volume group that a device is. Removing it is refused by LVM while anything is in it.
 *
 * @param tags say whose it is, for whoever finds only the node
 */
record CreateVolumeGroup(HostName host, LvmSettings lvm, String group, String device, List<String> tags)
        implements Step {

    CreateVolumeGroup {
        tags = List.copyOf(tags);
    }

    @Override
    public String name() {
        return "create-volume-group";
    }

    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return new Lvm(lvm).vgExists(group).map(Effect::presentIf);
    }

    @Override
    public List<Command> apply() {
        return List.of(new Lvm(lvm).vgcreate(group, device, tags));
    }

    @Override
    public List<Command> undo() {
        return List.of(new Lvm(lvm).vgremove(group));
    }

    /** An empty volume group is as good made again. */
    @Override
    public boolean restorable() {
        return true;
    }
}

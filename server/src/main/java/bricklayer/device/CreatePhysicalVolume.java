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
 * Makes a device LVM's. Refused by LVM when the device carries a signature of something else.
 *
 * @param uuid ours: a physical volume with another id was there before and belongs to somebody else, so it is never touched
 */
record CreatePhysicalVolume(HostName host, LvmSettings lvm, String device, String uuid) implements Step {

    @Override
    public String name() {
        return "create-physical-volume";
    }

    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return new Lvm(lvm)
                .pvOf(device)
                .map(pv -> Effect.presentIf(
                        pv.filter(found -> found.uuid().equals(uuid)).isPresent()));
    }

    @Override
    public List<Command> apply() {
        return List.of(new Lvm(lvm).pvcreate(device, uuid));
    }

    @Override
    public List<Command> undo() {
        return List.of(new Lvm(lvm).pvremove(device));
    }

    /** Heketi's words. It tells a physical volume of somebody else apart from other data; LVM's own words, which follow, do that here. */
    @Override
    public String failure(String where) {
        return "Initializing device " + device + " failed (already initialized or contains data?)";
    }

    /** An empty physical volume is as good made again. */
    @Override
    public boolean restorable() {
        return true;
    }
}

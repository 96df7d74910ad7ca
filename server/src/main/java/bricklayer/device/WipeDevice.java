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
 * Erases the signatures of whatever a device held, on the caller's explicit word ({@code destroydata}). There is nothing to take back: what is lost was given up.
 *
 * @param uuid of the physical volume that the next step makes; once that is there, nothing is left to erase
 */
record WipeDevice(HostName host, LvmSettings lvm, String device, String uuid) implements Step {

    @Override
    public String name() {
        return "wipe-device";
    }

    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return new Lvm(lvm).signatures(device).map(found -> Effect.presentIf(found.isEmpty() || found.contains(uuid)));
    }

    @Override
    public List<Command> apply() {
        return List.of(new Lvm(lvm).wipefs(device));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }
}

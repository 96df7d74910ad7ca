package bricklayer.brick;

import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.ThinLv;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;

/**
 * A thin pool and the one logical volume in it. LVM makes the pool first, so a command that dies half way leaves a pool without a volume: that is seen as a part. Taking back removes the
 * pool only while no other volume (a clone) lives in it.
 */
record CreateThinVolume(HostName host, LvmSettings lvm, ThinLv lv) implements Step {

    @Override
    public String name() {
        return "create-thin-volume";
    }

    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return new Lvm(lvm)
                .thinLv(lv)
                .map(seen -> seen.volume() ? Effect.PRESENT : seen.emptyPool() ? Effect.PARTIAL : Effect.ABSENT);
    }

    @Override
    public List<Command> apply() {
        return List.of(new Lvm(lvm).lvcreateThin(lv));
    }

    @Override
    public List<Command> undo() {
        return List.of(new Lvm(lvm).lvremove(lv), new Lvm(lvm).lvremoveEmptyPool(lv));
    }
}

package bricklayer.reconcile;

import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.lvm.LvSeen;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.operation.RowChange;
import bricklayer.operation.Survey;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds out how large a brick and its pool are now. What is not there keeps the size it had. */
record MeasureBrick(HostName host, LvmSettings lvm, BrickId brick) implements Survey {

    @Override
    public String name() {
        return "measure-brick";
    }

    @Override
    public List<RowChange> complete(HostReader hosts, List<RowChange> planned) {
        return planned.stream().map(change -> measured(hosts, change)).toList();
    }

    private RowChange measured(HostReader hosts, RowChange change) {
        if (change instanceof RowChange.Update<?, ?> update
                && update.after() instanceof Brick row
                && row.id().equals(brick)) {
            Map<String, LvSeen> seen = hosts.query(host, new Lvm(lvm).everyVolume()).stream()
                    .filter(lv -> lv.group().equals("vg_" + row.device().value()))
                    .collect(Collectors.toMap(LvSeen::name, Function.identity()));
            LvSeen volume = seen.get(row.lv());
            LvSeen pool = seen.get(row.pool());
            Brick sized = volume == null ? row : row.sized(volume.sizeKiB());
            return new RowChange.Update<>(
                    Brick.TABLE,
                    pool == null || row.poolKiB() == 0 ? sized : sized.holding(pool.sizeKiB(), pool.metadataKiB()));
        }
        return change;
    }
}

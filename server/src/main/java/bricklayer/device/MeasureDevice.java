package bricklayer.device;

import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.VolumeGroupSize;
import bricklayer.operation.RowChange;
import bricklayer.operation.Survey;
import java.util.List;

/** Finds out how large the new volume group has become: less than the device, by what LVM keeps for itself. */
record MeasureDevice(HostName host, LvmSettings lvm, DeviceId device) implements Survey {

    @Override
    public String name() {
        return "measure-device";
    }

    @Override
    public List<RowChange> complete(HostReader hosts, List<RowChange> planned) {
        return planned.stream().map(change -> measured(hosts, change)).toList();
    }

    private RowChange measured(HostReader hosts, RowChange change) {
        if (change instanceof RowChange.Create<?, ?> create
                && create.row() instanceof Device row
                && row.id().equals(device)) {
            VolumeGroupSize size = hosts.query(host, new Lvm(lvm).vgSize(row.volumeGroup()));
            return new RowChange.Create<>(Device.TABLE, row.withSize(size.totalKiB(), size.extentKiB()));
        }
        return change;
    }
}

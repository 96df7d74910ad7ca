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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out how large a volume group is now, and whether something lies in it that is not ours.
 *
 * @param expectedKiB what our bricks take, LVM's spare for their metadata included
 */
record ResyncDevice(HostName host, LvmSettings lvm, DeviceId device, long expectedKiB) implements Survey {

    private static final Logger LOG = LoggerFactory.getLogger(ResyncDevice.class);

    @Override
    public String name() {
        return "resync-device";
    }

    @Override
    public List<RowChange> complete(HostReader hosts, List<RowChange> planned) {
        return planned.stream().map(change -> measured(hosts, change)).toList();
    }

    private RowChange measured(HostReader hosts, RowChange change) {
        if (change instanceof RowChange.Update<?, ?> update
                && update.after() instanceof Device row
                && row.id().equals(device)) {
            VolumeGroupSize size = hosts.query(host, new Lvm(lvm).vgSize(row.volumeGroup()));
            long foreignKiB = size.totalKiB() - size.freeKiB() - expectedKiB;
            if (foreignKiB != 0) {
                LOG.warn(
                        "device={} host={} group={}: {} KiB are allocated, but our bricks take {} KiB. Look at what else is in the group",
                        device,
                        host,
                        row.volumeGroup(),
                        size.totalKiB() - size.freeKiB(),
                        expectedKiB);
            }
            return new RowChange.Update<>(
                    Device.TABLE,
                    row.withSize(size.totalKiB(), size.extentKiB()).withForeign(foreignKiB));
        }
        return change;
    }
}

package bricklayer.reconcile;

import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.inventory.Device;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.LvSeen;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.mount.MountsSeen;
import bricklayer.operation.Check;
import bricklayer.operation.Refused;
import java.util.Optional;

/**
 * That a logical volume which is to be removed is the one that was found, and holds no files. One with a file system that is not mounted cannot be looked into, so it counts as holding some.
 *
 * @param uuid LVM's, for a volume of the same name may be another one
 * @param withFiles whether a person has said that its files may go
 */
record HoldsNoFiles(
        HostName host,
        LvmSettings lvm,
        MountSettings mount,
        String group,
        String volume,
        String uuid,
        boolean withFiles)
        implements Check {

    @Override
    public String name() {
        return "holds-no-files";
    }

    @Override
    public void ask(HostReader hosts) {
        Optional<LvSeen> seen = hosts.query(host, new Lvm(lvm).everyVolume()).stream()
                .filter(lv -> lv.group().equals(group) && lv.name().equals(volume))
                .findFirst();
        String what = group + "/" + volume;
        if (seen.isEmpty()) {
            throw new Refused("Nothing to repair: there is no " + what + " any more");
        }
        if (!seen.get().uuid().equals(uuid)) {
            throw new Refused("Cannot remove " + what + ": it is another logical volume than the one that was found");
        }
        if (withFiles || seen.get().isThinPool()) {
            return;
        }
        Mounts mounts = new Mounts(mount);
        String device = DeviceMapper.path(group, volume);
        MountsSeen all = hosts.query(host, mounts.look(Device.MOUNT_ROOT));
        Optional<MountsSeen.Mounted> mounted = all.mounts().stream()
                .filter(there -> there.device().equals(device))
                .findFirst();
        String size = seen.get().sizeKiB() + " KiB, " + seen.get().dataPercent() + " % used";
        if (mounted.isEmpty()) {
            if (hosts.query(host, mounts.fileSystemOn(device)).isPresent()) {
                throw new Refused("Cannot remove " + what + " (" + size
                        + "): it has a file system that is not mounted, so nobody can tell whether it holds files. Mount it"
                        + " and look, or name it together with the flag that its files may go");
            }
            return;
        }
        hosts.query(host, mounts.firstIn(mounted.get().path())).ifPresent(file -> {
            throw new Refused("Cannot remove " + what + " (" + size + "): it holds files, such as " + file.path() + " ("
                    + file.bytes() + " bytes, changed " + file.changed()
                    + "). Name it together with the flag that its files may go");
        });
    }
}

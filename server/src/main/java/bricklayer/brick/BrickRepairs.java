package bricklayer.brick;

import bricklayer.host.HostName;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Node;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.ThinLv;
import bricklayer.mount.MountSettings;
import bricklayer.operation.Step;
import bricklayer.store.Rows;
import java.util.List;

/** The steps that put one brick right, and those whose reverse removes what is nobody's: those that make bricks. */
public final class BrickRepairs {

    private final LvmSettings lvm;
    private final MountSettings mount;

    public BrickRepairs(LvmSettings lvm, MountSettings mount) {
        this.lvm = lvm;
        this.mount = mount;
    }

    /** The logical volume of a brick. */
    public Step volume(Rows rows, Brick brick) {
        return volume(host(rows, brick), "vg_" + brick.device().value(), brick.pool(), brick.lv());
    }

    /** Any logical volume in a pool; made to be looked for, or reversed. */
    public Step volume(HostName host, String group, String pool, String lv) {
        return new CreateThinVolume(host, lvm, new ThinLv(group, pool, lv, 0, 0, 0, false, List.of()));
    }

    public Step mounted(Rows rows, Brick brick) {
        return new MountBrick(host(rows, brick), mount, device(brick), brick.mountPoint());
    }

    public Step fstabEntry(Rows rows, Brick brick) {
        return new AddFstabEntry(host(rows, brick), mount, device(brick), brick.mountPoint());
    }

    /** The lines of fstab for a device; made to be reversed. */
    public Step fstabEntry(HostName host, String device, String path) {
        return new AddFstabEntry(host, mount, device, path);
    }

    public Step folder(HostName host, String path) {
        return new MakeMountPoint(host, mount, path);
    }

    public Step group(Rows rows, Brick brick, long gid) {
        return new SetGroup(host(rows, brick), mount, brick.path(), gid);
    }

    private static String device(Brick brick) {
        return DeviceMapper.path("vg_" + brick.device().value(), brick.lv());
    }

    private static HostName host(Rows rows, Brick brick) {
        return rows.get(Node.TABLE, brick.node())
                .orElseThrow(() -> new IllegalStateException("no node " + brick.node()))
                .host();
    }
}

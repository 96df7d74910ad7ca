package bricklayer.brick;

import bricklayer.host.HostName;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.LvmTags;
import bricklayer.lvm.ThinLv;
import bricklayer.mount.MountSettings;
import bricklayer.operation.Lane;
import bricklayer.operation.Step;
import bricklayer.store.Rows;
import java.util.ArrayList;
import java.util.List;

/**
 * The lane of steps that makes a brick, and reversed the one that removes it.
 *
 * <p>The fstab entry is made before the first mount and, in reverse, removed before the logical volume: a node whose fstab names a device that is gone may not boot.
 */
public final class BrickLanes {

    private final LvmSettings lvm;
    private final MountSettings mount;

    public BrickLanes(LvmSettings lvm, MountSettings mount) {
        this.lvm = lvm;
        this.mount = mount;
    }

    /**
     * One lane a brick, in the order given.
     *
     * @param gid group that may write, 0 for none
     */
    public List<Lane> create(Rows rows, List<Brick> bricks, long gid) {
        return bricks.stream().map(brick -> create(rows, brick, gid)).toList();
    }

    private Lane create(Rows rows, Brick brick, long gid) {
        HostName host = rows.get(Node.TABLE, brick.node())
                .orElseThrow(() -> new IllegalStateException("no node " + brick.node()))
                .host();
        Device device = rows.get(Device.TABLE, brick.device())
                .orElseThrow(() -> new IllegalStateException("no device " + brick.device()));
        ThinLv lv = new ThinLv(
                device.volumeGroup(),
                brick.pool(),
                brick.lv(),
                brick.poolKiB(),
                brick.metadataKiB(),
                brick.sizeKiB(),
                brick.arbiter(),
                List.of(
                        LvmTags.tag("bricklayer.volume", brick.volume().value()),
                        LvmTags.tag("bricklayer.brick", brick.id().value()),
                        LvmTags.tag("bricklayer.position", String.valueOf(brick.position()))));
        String node = "/dev/mapper/" + mapperName(lv.vg()) + "-" + mapperName(lv.lv());
        List<Step> steps = new ArrayList<>(List.of(
                new CreateThinVolume(host, lvm, lv),
                new MakeFileSystem(host, mount, node, brick.arbiter()),
                new MakeMountPoint(host, mount, brick.mountPoint()),
                new AddFstabEntry(host, mount, node, brick.mountPoint()),
                new MountBrick(host, mount, node, brick.mountPoint()),
                new MakeBrickDirectory(host, mount, brick.path())));
        if (gid != 0) {
            steps.add(new SetGroup(host, mount, brick.path(), gid));
        }
        return new Lane(steps);
    }

    /** Device-mapper separates group and volume by a dash, so it doubles the dashes inside them. */
    private static String mapperName(String name) {
        return name.replace("-", "--");
    }
}

package bricklayer.brick;

import bricklayer.host.HostName;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.lvm.DeviceMapper;
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
 * The lane of steps that makes a brick, and the one that removes it: the first reversed, but for bricks that gluster made.
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
        HostName host = host(rows, brick);
        ThinLv lv = thinLv(rows, brick);
        String node = DeviceMapper.path(lv.vg(), lv.lv());
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

    /** One lane a brick, in the order given. A thin pool goes with the last brick in it. */
    public List<Lane> remove(Rows rows, List<Brick> bricks) {
        return bricks.stream()
                .map(brick -> brick.isMountedByGluster() ? madeByGluster(rows, brick) : create(rows, brick, 0))
                .map(Lane::reversed)
                .toList();
    }

    /** Read backwards only: gluster makes these. No line of fstab mounts them, gluster does when it starts. */
    private Lane madeByGluster(Rows rows, Brick brick) {
        HostName host = host(rows, brick);
        ThinLv lv = thinLv(rows, brick);
        return Lane.of(
                new CreateThinVolume(host, lvm, lv),
                new MakeMountPoint(host, mount, brick.mountPoint()),
                new MountBrick(host, mount, DeviceMapper.path(lv.vg(), lv.lv()), brick.mountPoint()));
    }

    /**
     * Lanes for what gluster leaves of a clone once bricks of it are removed: on each node where no other brick stays in it a folder, empty then. The next boot would take it
     * away, too.
     */
    public List<Lane> removeFoldersOfGluster(Rows rows, List<Brick> bricks) {
        return bricks.stream()
                .filter(Brick::isMountedByGluster)
                .filter(brick -> Inventory.bricksOf(rows, brick.volume()).stream()
                        .noneMatch(other -> !bricks.contains(other)
                                && other.node().equals(brick.node())
                                && parent(other.mountPoint()).equals(parent(brick.mountPoint()))))
                .map(brick -> new MakeMountPoint(host(rows, brick), mount, parent(brick.mountPoint())))
                .distinct()
                .map(folder -> Lane.of(folder.reversed()))
                .toList();
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static HostName host(Rows rows, Brick brick) {
        return rows.get(Node.TABLE, brick.node())
                .orElseThrow(() -> new IllegalStateException("no node " + brick.node()))
                .host();
    }

    private static ThinLv thinLv(Rows rows, Brick brick) {
        Device device = rows.get(Device.TABLE, brick.device())
                .orElseThrow(() -> new IllegalStateException("no device " + brick.device()));
        return thinLv(device.volumeGroup(), brick);
    }

    /** What a brick lies on, with the tags that tell whose it is. */
    public static ThinLv thinLv(String volumeGroup, Brick brick) {
        return new ThinLv(
                volumeGroup,
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
    }
}

package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Brick;
import bricklayer.executor.simulated.Facts.Directory;
import bricklayer.executor.simulated.Facts.Disk;
import bricklayer.executor.simulated.Facts.FstabLine;
import bricklayer.executor.simulated.Facts.GlusterVolume;
import bricklayer.executor.simulated.Facts.Group;
import bricklayer.executor.simulated.Facts.Layout;
import bricklayer.executor.simulated.Facts.Lv;
import bricklayer.executor.simulated.Facts.Mount;
import bricklayer.executor.simulated.Facts.Status;
import bricklayer.host.HostName;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.ThinLv;
import java.util.List;
import java.util.Map;

/**
 * What the commands of many operations would have left on simulated nodes, put there at once: for worlds too large to be made by commands. Refuses nothing, so whoever uses it compares the nodes with
 * the records afterwards. Not for nodes that are asked meanwhile.
 */
public final class ReadyMade {

    private final SimulatedNodes nodes;

    public ReadyMade(SimulatedNodes nodes) {
        this.nodes = nodes;
    }

    /** Puts a node into the trusted pool of another, or of its own. */
    public void member(HostName host, String storage, HostName poolOf) {
        nodes.nameNode(host, storage);
        if (!host.equals(poolOf)) {
            nodes.exclusively(host, (node, changes) -> {
                nodes.pools().join(changes, nodes.node(poolOf.value()), node);
                return node;
            });
        }
    }

    /** A disk that is the only one of a volume group. */
    public void group(
            HostName host,
            String device,
            String group,
            String pvUuid,
            long extents,
            long extentKiB,
            String mountRoot,
            List<String> tags) {
        nodes.exclusively(host, (node, changes) -> {
            changes.put(node.disks, device, new Disk(extents * extentKiB, pvUuid, 0, group, ""));
            String uuid = VolumeGroups.lvmId(node.name() + group + pvUuid);
            changes.put(node.groups, group, new Group(device, uuid, extents, extentKiB, tags));
            node.setDirectory(changes, mountRoot, Directory.PLAIN);
            return node;
        });
    }

    /**
     * A logical volume in a pool of its own with a file system, mounted now. Its group is there.
     *
     * @param listed whether fstab has a line for it
     */
    public void brick(HostName host, ThinLv lv, String chunk, String mountPoint, String options, boolean listed) {
        nodes.onNode(host, (node, changes) -> {
            String key = lv.vg() + "/" + lv.lv();
            long extentKiB = node.groups.find(lv.vg()).orElseThrow().extentKiB();
            changes.put(
                    node.lvs,
                    lv.vg() + "/" + lv.pool(),
                    new Lv("", lv.poolKiB() / extentKiB, lv.metadataKiB() / extentKiB, 0, chunk, "", lv.tags()));
            changes.put(node.lvs, key, new Lv(lv.pool(), 0, 0, lv.sizeKiB(), "0", "xfs", List.of()));
            String device = DeviceMapper.path(lv.vg(), lv.lv());
            node.setDirectory(changes, mountPoint, Directory.PLAIN);
            changes.put(node.mounts, mountPoint, new Mount(device, key, options));
            if (!listed) {
                return node;
            }
            long line = 1 + node.fstab.lastKey().map(Long::parseLong).orElse(0L);
            changes.put(
                    node.fstab,
                    "%012d".formatted(line),
                    new FstabLine(String.join(" ", device, mountPoint, "xfs", options, "1", "2")));
            return node;
        });
    }

    /** A started volume of replicas on bricks that are there, with gluster's own options and these. */
    public void volume(
            HostName member, String name, int replica, List<String> bricks, long gid, Map<String, String> options) {
        nodes.exclusively(member, (node, changes) -> {
            Layout layout = new Layout(replica, 0, 0, 0);
            List<Brick> parsed = new GlusterBricks(node, nodes.pools(), changes).parse(bricks);
            String id = nodes.pools().nextId(changes, name);
            for (Brick brick : parsed) {
                Node host = nodes.pools().byHost(brick.host());
                host.setDirectory(changes, brick.path(), new Directory(gid, "2775", id));
            }
            Map<String, String> all = GlusterOptions.defaults(layout);
            all.putAll(options);
            nodes.pools()
                    .put(
                            changes,
                            Pools.key(node, name),
                            new GlusterVolume(id, layout, Status.STARTED, parsed, all, List.of()));
            return node;
        });
    }
}

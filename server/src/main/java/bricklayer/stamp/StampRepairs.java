package bricklayer.stamp;

import bricklayer.gluster.GlusterSettings;
import bricklayer.host.HostName;
import bricklayer.identity.GroupTags;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.lvm.LvmSettings;
import bricklayer.operation.Ids;
import bricklayer.operation.PlanBuilder;
import bricklayer.operation.Step;
import bricklayer.store.Rows;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lets one volume group, or one gluster volume, say what is true now. */
public final class StampRepairs {

    private final Ids ids;
    private final LvmSettings lvm;
    private final GlusterSettings gluster;

    public StampRepairs(Ids ids, LvmSettings lvm, GlusterSettings gluster) {
        this.ids = ids;
        this.lvm = lvm;
        this.gluster = gluster;
    }

    /** @param seen tags of ours that were found; those that are not true any more are taken away */
    public Step group(Rows rows, Node node, Device device, List<String> seen) {
        Cluster cluster = rows.get(Cluster.TABLE, node.cluster()).orElseThrow();
        List<String> wanted = GroupTags.of(cluster, node, device);
        Set<String> kept = new HashSet<>(wanted);
        return new TagVolumeGroup(
                node.host(),
                lvm,
                device.volumeGroup(),
                wanted,
                GroupTags.ours(seen).stream().filter(tag -> !kept.contains(tag)).toList());
    }

    public Step volume(Rows rows, Volume volume) {
        List<HostName> hosts = Inventory.bricksOf(rows, volume.id()).stream()
                .map(Brick::node)
                .distinct()
                .flatMap(id -> rows.get(Node.TABLE, id).stream())
                .map(Node::host)
                .toList();
        return new StampVolume(volume.cluster(), hosts, gluster, volume.name(), Difference.wanted(rows, volume));
    }

    /** What changes while the device's group is told is told afterwards. */
    public PlanBuilder afterwards(PlanBuilder plan, Device device) {
        return afterwards(plan, Unstamped.Kind.DEVICE, device.id().value());
    }

    /** What changes while the volume is told is told afterwards. */
    public PlanBuilder afterwards(PlanBuilder plan, Volume volume) {
        return afterwards(plan, Unstamped.Kind.VOLUME, volume.id().value());
    }

    private PlanBuilder afterwards(PlanBuilder plan, Unstamped.Kind kind, String object) {
        return plan.creates(Unstamped.TABLE, new Unstamped(new Unstamped.Id(ids.next()), kind, object));
    }
}

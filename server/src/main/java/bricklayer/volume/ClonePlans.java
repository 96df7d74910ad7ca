package bricklayer.volume;

import bricklayer.identity.VolumeStamp;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.mount.MountSettings;
import bricklayer.operation.Ids;
import bricklayer.operation.Lane;
import bricklayer.operation.Plan;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import java.util.List;

/**
 * What cloning a volume does: gluster clones snapshots only, so one is made for it and deleted afterwards. The clone's bricks lie in the thin pools of their origin's and take
 * no space of their own. Pure but for the ids it draws.
 */
public final class ClonePlans {

    /** Begins the names of the snapshots that are made for clones, and of no others. */
    public static final String SNAPSHOT_PREFIX = "tmpsnap_";

    private final Ids ids;
    private final MountSettings mount;
    private final VolumeLimits limits;
    private final VolumePlans volumes;

    public ClonePlans(Ids ids, MountSettings mount, VolumeLimits limits, VolumePlans volumes) {
        this.ids = ids;
        this.mount = mount;
        this.limits = limits;
        this.volumes = volumes;
    }

    /**
     * Making the clone of the snapshot is the pivot.
     *
     * @param name empty for one made of the clone's id
     * @throws NoPlan when the volume cannot be cloned, or not under that name
     */
    public Plan clone(Rows rows, VolumeId id, String name) {
        Volume origin = rows.get(Volume.TABLE, id).orElseThrow(Problem::notFound);
        ReadOnlyVolumes.refuse(origin, "clone");
        if (origin.blockHosting()) {
            throw new NoPlan(
                    "not-clonable",
                    "Cloning of block hosting volumes is not supported",
                    "create a volume and copy what you need");
        }
        VolumeId cloneId = new VolumeId(ids.next());
        Volume clone = origin.clonedAs(cloneId, name.isEmpty() ? "vol_" + cloneId : name);
        ClusterChoice.objection(rows, clone.cluster(), clone.name(), limits).ifPresent(why -> {
            throw new NoPlan("no-cluster", why, "choose another name, or delete volumes");
        });
        List<Brick> from = Inventory.bricksOf(rows, id);
        List<Brick> bricks = from.stream()
                .map(brick -> brick.clonedAs(new BrickId(ids.next()), cloneId))
                .toList();
        GlusterStep.Target originTarget = volumes.target(rows, origin, from);
        GlusterStep.Target cloneTarget = volumes.target(rows, clone, from);
        String snapshot = SNAPSHOT_PREFIX + ids.next();
        Lane active = Lane.of(new CreateSnapshot(originTarget, snapshot), new ActivateSnapshot(originTarget, snapshot));
        // each node of the pool knows the snapshot, also those without a brick
        List<ForgetSnapshot> everywhere = Inventory.nodes(rows, origin.cluster()).stream()
                .filter(node -> node.state() != State.FAILED)
                .map(node -> new ForgetSnapshot(originTarget, node.host(), snapshot))
                .toList();
        var plan = Plan.of("clone-volume").holds(Volume.TABLE, origin);
        from.forEach(brick -> plan.holds(Brick.TABLE, brick));
        return plan.creates(Volume.TABLE, clone)
                .creates(Brick.TABLE, bricks)
                .stage(
                        "nodes",
                        everywhere.stream().<Lane>map(step -> Lane.of(step)).toList())
                .stage("snapshot", active)
                .pivot()
                .stage(
                        "clone",
                        Lane.of(
                                new CloneSnapshot(cloneTarget, snapshot, id, cloneId),
                                // gluster refuses to set options of a clone that was never started
                                new StartVolume(cloneTarget, List.of()),
                                new SetVolumeOptions(cloneTarget, VolumeStamp.words(clone, bricks))))
                .stage("tidy", active.reversed())
                // nobody waits for a node that went away meanwhile, but it may bring the snapshot back
                .tail("forget-snapshot")
                .stage(
                        "everywhere",
                        everywhere.stream()
                                .map(step -> Lane.of(step.reversed()))
                                .toList())
                .survey(new FindCloneBricks(cloneTarget, mount, snapshot, places(rows, bricks)))
                .resource("/volumes/" + cloneId)
                .build();
    }

    private static List<FindCloneBricks.Place> places(Rows rows, List<Brick> bricks) {
        return bricks.stream()
                .map(brick -> new FindCloneBricks.Place(
                        brick.id(),
                        VolumePlans.node(rows, brick.node()).host(),
                        VolumePlans.node(rows, brick.node()).storageHost(),
                        rows.get(Device.TABLE, brick.device()).orElseThrow().volumeGroup()))
                .toList();
    }
}

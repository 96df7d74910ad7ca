package bricklayer.adopt;

import bricklayer.brick.SharedPools;
import bricklayer.gluster.GlusterSettings;
import bricklayer.identity.VolumeStamp;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Courtesy;
import bricklayer.operation.Ids;
import bricklayer.operation.Lane;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanBuilder;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import bricklayer.volume.VolumeRepairs;
import java.util.List;

/** What taking a volume over, managing it, and forgetting it does. Nothing of its storage is touched; the gluster volume is told whose it is. Pure but for the ids it draws. */
public final class AdoptionPlans {

    private final Ids ids;
    private final GlusterSettings gluster;
    private final KnownDown down;
    private final VolumeRepairs volumes;

    public AdoptionPlans(Ids ids, GlusterSettings gluster, KnownDown down, VolumeRepairs volumes) {
        this.ids = ids;
        this.gluster = gluster;
        this.down = down;
        this.volumes = volumes;
    }

    Candidate assess(Rows rows, Sighting seen) {
        return Assessment.of(rows, seen, ids);
    }

    /**
     * Adopts a volume, or manages one that was adopted for reading only.
     *
     * @param managed whether it becomes a volume like those made here
     * @throws Problem 409 when it cannot be done, with all that stands against it
     */
    Plan adopt(Rows rows, Sighting seen, boolean managed) {
        Candidate found = assess(rows, seen);
        refuse(found, found.obstacles(), "Cannot adopt volume ", "put that right, or leave the volume to gluster");
        if (managed) {
            refuse(
                    found,
                    found.unmanageable(),
                    "Cannot manage volume ",
                    "adopt it for reading only; or create a volume, copy the files, and delete this one");
        } else if (found.recorded()) {
            throw Problem.conflict("Volume " + found.volume().name() + " is adopted for reading only already")
                    .about("volume " + found.volume().id())
                    .next("manage it, or forget it");
        }
        Volume volume = managed ? found.volume().restricted("", 0) : found.volume();
        List<Node> nodes = nodes(rows, found.bricks());
        PlanBuilder plan;
        if (found.recorded()) {
            plan = Plan.of("manage-volume").updates(Volume.TABLE, volume);
            found.bricks().forEach(brick -> plan.updates(Brick.TABLE, brick));
        } else {
            plan = Plan.of("adopt-volume").creates(Volume.TABLE, volume).creates(Brick.TABLE, found.bricks());
        }
        // forward only: gluster cannot take options of these names away again
        return plan.check(
                        new StillThere(nodes.stream().map(Node::host).toList(), gluster, volume.name(), found.names()))
                .pivot()
                .stage("identity", Lane.of(volumes.tell(volume, nodes, VolumeStamp.words(volume, found.bricks()))))
                .resource("/volumes/" + volume.id())
                .build();
    }

    /**
     * Deletes the records of a volume that was adopted for reading only. The volume stays as it is, and says that it was forgotten, if gluster still has it.
     *
     * @throws Problem 409 for any other volume
     */
    Plan forget(Rows rows, VolumeId id) {
        Volume volume = rows.get(Volume.TABLE, id).orElseThrow(Problem::notFound);
        if (!volume.isReadOnly()) {
            throw Problem.conflict("Cannot forget volume " + volume.name() + ": it is not adopted for reading only")
                    .about("volume " + id)
                    .next("delete it, if its storage may go as well");
        }
        List<Brick> bricks = Inventory.bricksOf(rows, id);
        PlanBuilder plan =
                Plan.of("forget-volume").deletes(Volume.TABLE, volume).deletes(Brick.TABLE, bricks);
        SharedPools.heirs(rows, bricks).forEach(heir -> plan.updates(Brick.TABLE, heir));
        List<Node> nodes = nodes(rows, bricks);
        return plan.pivot()
                .stage("identity", Lane.of(new Courtesy(volumes.tell(volume, nodes, List.of(VolumeStamp.forgotten())))))
                .build();
    }

    private List<Node> nodes(Rows rows, List<Brick> bricks) {
        return down.upFirst(bricks.stream()
                .map(Brick::node)
                .distinct()
                .flatMap(id -> rows.get(Node.TABLE, id).stream())
                .toList());
    }

    private static void refuse(Candidate found, List<String> reasons, String what, String next) {
        if (!reasons.isEmpty()) {
            throw Problem.conflict(what + found.volume().name() + ": " + String.join("; ", reasons))
                    .about("volume " + found.volume().name())
                    .detail("reasons", reasons)
                    .next(next);
        }
    }
}

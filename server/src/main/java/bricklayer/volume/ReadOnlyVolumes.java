package bricklayer.volume;

import bricklayer.inventory.Brick;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanAmendment;
import bricklayer.operation.RowChange;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets no plan touch a volume that was adopted for reading only, whoever made it: its bricks may lie where nothing here has been before. Planners refuse it themselves, in words that fit; this is what no planner can
 * forget.
 */
public final class ReadOnlyVolumes implements PlanAmendment {

    /** Those that end being read-only. */
    private static final Set<String> ALLOWED = Set.of("manage-volume", "forget-volume");

    private final PlanAmendment next;

    public ReadOnlyVolumes(PlanAmendment next) {
        this.next = next;
    }

    /**
     * Refuses what would touch its storage.
     *
     * @param what is to be done, as {@code expand}
     * @throws Problem 409 for a volume that was adopted for reading only
     */
    public static void refuse(Volume volume, String what) {
        if (volume.isReadOnly()) {
            throw Problem.conflict("Cannot " + what + " volume " + volume.name()
                            + ": it was adopted for reading only, so nothing is done to its storage")
                    .about("volume " + volume.id())
                    .next("manage it first, if its bricks lie where that is possible (bricklayer admin adopt "
                            + volume.name()
                            + " --managed), do it with gluster by hand, or forget its record (bricklayer admin forget "
                            + volume.name() + ")");
        }
    }

    @Override
    public List<RowChange> following(Rows rows, Plan plan, List<RowChange> changes) {
        if (!ALLOWED.contains(plan.kind())) {
            for (RowChange change : changes) {
                volumeOf(rows, change).ifPresent(volume -> refuse(volume, "do " + plan.kind() + " with"));
            }
        }
        return next.following(rows, plan, changes);
    }

    private static Optional<Volume> volumeOf(Rows rows, RowChange change) {
        return switch (change) {
            // an heir of a pool's space is only told so
            case RowChange.Update<?, ?> update when update.after() instanceof Brick -> Optional.empty();
            case RowChange.Create<?, ?> create
            when create.row() instanceof Brick brick -> rows.get(Volume.TABLE, brick.volume());
            default -> {
                if (change.key() instanceof VolumeId id) {
                    yield rows.get(Volume.TABLE, id);
                }
                yield rows.get(
                                Brick.TABLE,
                                new bricklayer.inventory.BrickId(change.key().value()))
                        .filter(_ -> change.table().name().equals(Brick.TABLE.name()))
                        .flatMap(brick -> rows.get(Volume.TABLE, brick.volume()));
            }
        };
    }
}

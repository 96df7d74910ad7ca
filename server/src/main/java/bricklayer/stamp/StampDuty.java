package bricklayer.stamp;

import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.operation.Ids;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanAmendment;
import bricklayer.operation.RowChange;
import bricklayer.store.Rows;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets no plan change a row without the nodes being told, whatever the plan is. What a plan makes tells of itself from the start, but for clones, whose bricks gluster names later, and
 * for what was there already and is only recorded, as by an import. */
public final class StampDuty implements PlanAmendment {

    private final Ids ids;

    public StampDuty(Ids ids) {
        this.ids = ids;
    }

    @Override
    public List<RowChange> following(Rows rows, Plan plan, List<RowChange> changes) {
        Set<String> made = plan.stages().isEmpty() ? Set.of() : volumes(changes, RowChange.Create.class);
        Set<String> deleted = volumes(changes, RowChange.Delete.class);
        Set<Due> due = new LinkedHashSet<>();
        for (RowChange change : changes) {
            due(change, made, plan.stages().isEmpty())
                    .filter(found -> found.kind() != Unstamped.Kind.VOLUME || !deleted.contains(found.object()))
                    .ifPresent(due::add);
        }
        return due.stream().<RowChange>map(this::row).toList();
    }

    private record Due(Unstamped.Kind kind, String object) {}

    private RowChange row(Due due) {
        return new RowChange.Create<>(
                Unstamped.TABLE, new Unstamped(new Unstamped.Id(ids.next()), due.kind(), due.object()));
    }

    private static Set<String> volumes(List<RowChange> changes, Class<? extends RowChange> how) {
        return changes.stream()
                .filter(change ->
                        how.isInstance(change) && change.table().name().equals(Volume.TABLE.name()))
                .map(change -> change.key().value())
                .collect(Collectors.toSet());
    }

    private static Optional<Due> due(RowChange change, Set<String> made, boolean onlyRecorded) {
        return switch (change) {
            case RowChange.Create<?, ?> create ->
                onlyRecorded && (create.row() instanceof Device || create.row() instanceof Volume)
                        ? ofUpdated(create.row())
                        : ofCreated(create.row(), made);
            case RowChange.Update<?, ?> update -> ofUpdated(update.after());
            case RowChange.Delete<?, ?> delete -> ofDeleted(delete.row());
            case RowChange.Hold<?, ?> _ -> Optional.empty();
        };
    }

    private static Optional<Due> ofCreated(Object row, Set<String> made) {
        return switch (row) {
            case Brick brick
            when !made.contains(brick.volume().value()) || brick.isMountedByGluster() ->
                volume(brick.volume().value());
            case BlockVolume block -> volume(block.hostingVolume().value());
            default -> Optional.empty();
        };
    }

    private static Optional<Due> ofUpdated(Object row) {
        return switch (row) {
            case Cluster cluster ->
                Optional.of(new Due(Unstamped.Kind.CLUSTER, cluster.id().value()));
            case Node node -> Optional.of(new Due(Unstamped.Kind.NODE, node.id().value()));
            case Device device ->
                Optional.of(new Due(Unstamped.Kind.DEVICE, device.id().value()));
            case Volume volume -> volume(volume.id().value());
            case Brick brick -> volume(brick.volume().value());
            case BlockVolume block -> volume(block.hostingVolume().value());
            default -> Optional.empty();
        };
    }

    private static Optional<Due> ofDeleted(Object row) {
        return switch (row) {
            case Brick brick -> volume(brick.volume().value());
            case BlockVolume block -> volume(block.hostingVolume().value());
            default -> Optional.empty();
        };
    }

    private static Optional<Due> volume(String id) {
        return Optional.of(new Due(Unstamped.Kind.VOLUME, id));
    }
}

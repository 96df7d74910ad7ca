package bricklayer.inventory;

import bricklayer.host.HostName;
import bricklayer.operation.Occupancy;
import bricklayer.operation.Operation;
import bricklayer.operation.RowChange;
import bricklayer.store.Rows;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A brick may lie on its device, and a block volume in its hosting volume, as long as these are there themselves. */
public final class OccupiedSpace implements Occupancy {

    @Override
    public Optional<RowChange> staying(Rows rows, RowChange change, List<RowChange> all, Set<HostName> hosts) {
        return switch (change) {
            case RowChange.Create<?, ?> create when takesSpace(rows, create.row(), hosts) -> Optional.of(create);
            case RowChange.Delete<?, ?> delete
            when takesSpace(rows, delete.row(), hosts) ->
                Optional.of(delete.row() instanceof Brick brick ? deletionOf(brick, all) : delete);
            default -> Optional.empty();
        };
    }

    /** A brick whose pool others share has handed the pool over: what is left of it takes room in the pool only. */
    private static RowChange deletionOf(Brick brick, List<RowChange> all) {
        boolean handedOver = all.stream()
                .anyMatch(change -> change instanceof RowChange.Update<?, ?> update
                        && update.after() instanceof Brick heir
                        && heir.poolKiB() > 0
                        && Brick.poolOn(heir.device(), heir.pool()).equals(Brick.poolOn(brick.device(), brick.pool())));
        return new RowChange.Delete<>(Brick.TABLE, handedOver ? brick.holding(0, 0) : brick);
    }

    private static boolean takesSpace(Rows rows, Object row, Set<HostName> hosts) {
        return switch (row) {
            case Brick brick ->
                rows.get(Device.TABLE, brick.device()).isPresent()
                        && rows.get(Node.TABLE, brick.node())
                                .filter(node -> hosts.contains(node.host()))
                                .isPresent();
            case BlockVolume block ->
                !hosts.isEmpty()
                        && rows.get(Volume.TABLE, block.hostingVolume()).isPresent()
                        && !Operation.beingCreated(rows, Volume.TABLE, block.hostingVolume())
                        && !Operation.beingDeleted(rows, Volume.TABLE, block.hostingVolume());
            default -> false;
        };
    }
}

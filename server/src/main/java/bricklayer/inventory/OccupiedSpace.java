package bricklayer.inventory;

import bricklayer.host.HostName;
import bricklayer.operation.Occupancy;
import bricklayer.operation.Operation;
import bricklayer.operation.RowChange;
import bricklayer.store.Rows;
import java.util.Set;

/** A brick may lie on its device, and a block volume in its hosting volume, as long as these are there themselves. */
public final class OccupiedSpace implements Occupancy {

    @Override
    public boolean stays(Rows rows, RowChange change, Set<HostName> hosts) {
        return switch (change) {
            case RowChange.Create<?, ?> create -> takesSpace(rows, create.row(), hosts);
            case RowChange.Delete<?, ?> delete -> takesSpace(rows, delete.row(), hosts);
            case RowChange.Update<?, ?> _, RowChange.Hold<?, ?> _ -> false;
        };
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

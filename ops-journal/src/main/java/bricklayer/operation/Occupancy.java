package bricklayer.operation;

import bricklayer.host.HostName;
import bricklayer.store.Rows;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Knows which rows stand for space on hosts. When their operation is abandoned these stay, so that the space is not given away while it may be taken. */
@FunctionalInterface
public interface Occupancy {

    /** For a server whose rows stand for no space. */
    Occupancy NONE = (rows, change, all, hosts) -> Optional.empty();

    /**
     * What is left to do about a row that must stay and would be deleted otherwise. Runs inside a write transaction, before anything is changed.
     *
     * @param change that made the row, or would delete it
     * @param all the operation's changes; the others are performed, or taken back, as if it had ended
     * @param hosts where something may be left
     * @return the change to make when it is taken up again, of the same kind and row. The row stays as it is in there, which is not as it was where another of the changes took over some of its space.
     *     Empty when the row need not stay
     */
    Optional<RowChange> staying(Rows rows, RowChange change, List<RowChange> all, Set<HostName> hosts);
}

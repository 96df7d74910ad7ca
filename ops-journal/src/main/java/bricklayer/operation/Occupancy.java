package bricklayer.operation;

import bricklayer.host.HostName;
import bricklayer.store.Rows;
import java.util.Set;

/** Knows which rows stand for space on hosts. When their operation is abandoned these stay, so that the space is not given away while it may be taken. */
@FunctionalInterface
public interface Occupancy {

    /** For a server whose rows stand for no space. */
    Occupancy NONE = (rows, change, hosts) -> false;

    /**
     * Whether a row must stay that would be deleted otherwise. Runs inside a write transaction, before anything is changed.
     *
     * @param change that made the row, or would delete it
     * @param hosts where something may be left
     */
    boolean stays(Rows rows, RowChange change, Set<HostName> hosts);
}

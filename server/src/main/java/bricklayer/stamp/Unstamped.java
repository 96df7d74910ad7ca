package bricklayer.stamp;

import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Table;

/**
 * Something changed, and the nodes have not been told yet. Made in the write that changes it, deleted in the one that ends the telling. There may be several of one thing: a new change never waits for the telling of an
 * earlier one.
 *
 * @param kind of the row that changed
 * @param object its id
 */
public record Unstamped(Id id, Kind kind, String object) implements Row<Unstamped.Id> {

    /** 32 lower-case hex digits. */
    public record Id(String value) implements Key {}

    /** What is told of each: a cluster and a node on their volume groups, a device on its own, a volume, with its bricks and block volumes, on the gluster volume. */
    public enum Kind {
        CLUSTER,
        NODE,
        DEVICE,
        VOLUME
    }

    public static final Table<Id, Unstamped> TABLE = Table.of("unstamped", 1, Unstamped.class, Id::new);
}

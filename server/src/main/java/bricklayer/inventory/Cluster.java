package bricklayer.inventory;

import bricklayer.store.Row;
import bricklayer.store.Table;

/**
 * A set of nodes that one gluster trusted pool spans.
 *
 * @param file whether volumes for files may be made in it
 * @param block whether volumes that host block volumes may be made in it
 */
public record Cluster(ClusterId id, boolean file, boolean block) implements Row<ClusterId> {

    public static final Table<ClusterId, Cluster> TABLE = Table.of("clusters", 1, Cluster.class, ClusterId::new);
}

/**
 * What exists: the rows of clusters, nodes, devices, bricks, volumes and block volumes, and what follows from them (free space, who sees what). No row lists others: who
 * belongs to whom is found by index.
 *
 * <p>May import {@code store}, {@code operation} (for pending marks) and the wire's records. Start at {@link bricklayer.inventory.Inventory}.
 */
@NullMarked
package bricklayer.inventory;

import org.jspecify.annotations.NullMarked;

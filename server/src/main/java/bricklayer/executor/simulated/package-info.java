/**
 * Storage nodes that exist only here: interprets the commands that real nodes are sent, keeps what they change, and refuses what real nodes refuse, in their
 * words. For a first try without machines, for proofs under faults and for large clusters. Start at {@link bricklayer.executor.simulated.SimulatedExecutor};
 * tests reach into the nodes through {@link bricklayer.executor.simulated.SimulatedNodes}. May import {@code host} and the renderers whose scripts it
 * recognises; Jackson in {@code StateLog} only.
 */
@NullMarked
package bricklayer.executor.simulated;

import org.jspecify.annotations.NullMarked;

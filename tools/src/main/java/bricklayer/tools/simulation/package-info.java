/**
 * The whole server except HTTP on virtual time: one seeded scheduler decides what runs next, and nodes, network and disk are models. The same seed gives the same run, to the byte.
 *
 * <p>Start reading at {@link bricklayer.tools.simulation.Simulation}, then {@link bricklayer.tools.simulation.Run}. The server's own code runs unchanged: each of its threads is a virtual thread
 * whose scheduler is {@link bricklayer.tools.simulation.Scheduler}.
 */
@NullMarked
package bricklayer.tools.simulation;

import org.jspecify.annotations.NullMarked;

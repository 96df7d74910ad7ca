/**
 * The service as a whole: a real server process, asked over HTTP, with simulated nodes or the nodes of the lab behind it. Each scenario is written once
 * and run on both: {@code *Test} on simulated nodes in every build, {@code *LabIT} on the lab with {@code -Dlab=true}.
 *
 * <p>Start reading at {@link bricklayer.functional.Scenario}. May import the server's wire and main packages, the client, and the simulated nodes.
 */
@NullMarked
package bricklayer.functional;

import org.jspecify.annotations.NullMarked;

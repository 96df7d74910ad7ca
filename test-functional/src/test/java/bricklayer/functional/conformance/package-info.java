/**
 * The wire contract: what a client of Heketi sends and gets, byte for byte, asked from a real server process with simulated nodes. Requests are bytes on a socket and
 * tokens are put together here, so that a mistake shared by our server and our client shows.
 *
 * <p>One class for each area of the interface; start reading at {@link bricklayer.functional.conformance.Conformance}.
 */
@NullMarked
package bricklayer.functional.conformance;

import org.jspecify.annotations.NullMarked;

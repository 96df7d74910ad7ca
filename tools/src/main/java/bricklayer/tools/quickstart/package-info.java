/**
 * From nothing to a volume in one command: a data folder, a server in the background on simulated nodes, a sample topology, a volume.
 *
 * <p>Start reading at {@link bricklayer.tools.quickstart.Quickstart}. Imports the client and the JDK; knows no command line.
 */
@NullMarked
package bricklayer.tools.quickstart;

import org.jspecify.annotations.NullMarked;

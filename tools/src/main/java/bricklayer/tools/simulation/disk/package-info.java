/**
 * A disk in memory, as a {@link java.nio.file.FileSystem}: what is written and not flushed is lost or torn when the power goes, a flush can fail, space can run out. It knows as much of
 * {@code java.nio.file} as a store needs, and refuses the rest.
 */
@NullMarked
package bricklayer.tools.simulation.disk;

import org.jspecify.annotations.NullMarked;

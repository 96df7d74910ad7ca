/**
 * A disk in memory, as a {@link java.nio.file.FileSystem}: what is written and not flushed is lost or torn when the power goes, a flush can fail, space can run out. It knows as much of
 * {@code java.nio.file} as a store needs. The rest throws {@link java.lang.UnsupportedOperationException}, and must: a call that quietly did nothing (a write that gathers, a lock, a mapping) would let a
 * simulation pass whose disk was never asked for what the store has come to rely on.
 */
@NullMarked
package bricklayer.tools.simulation.disk;

import org.jspecify.annotations.NullMarked;

/**
 * Checkpoints: all rows at one sequence number in one immutable MapDB file, and the manifest that names the two newest.
 *
 * <p>The only package that imports MapDB, and it uses it without transactions: MapDB 3.1.0 never replays its own write-ahead log, so
 * a MapDB file is trusted only when it was closed, flushed and renamed, and its checksum holds. Start reading at
 * {@link bricklayer.store.checkpoint.Checkpoints}.
 */
@NullMarked
package bricklayer.store.checkpoint;

import org.jspecify.annotations.NullMarked;

/**
 * The store on disk. The log is the truth: segments of frames, each frame a batch of write transactions and one flush. Everything else (the image in the
 * heap, checkpoints) is derived from it.
 *
 * <p>Start reading at {@link bricklayer.store.log.LogStore}; then {@code Frame} and {@code SegmentHeader} for the format, {@code LogWriter} for the way in and
 * {@code Recovery} for the way back.
 */
@NullMarked
package bricklayer.store.log;

import org.jspecify.annotations.NullMarked;

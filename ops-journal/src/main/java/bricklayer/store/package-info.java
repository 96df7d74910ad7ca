/**
 * Rows that survive: two doors ({@link bricklayer.store.Store#rows()} and {@link bricklayer.store.Store#write}), typed tables, and an
 * immutable image in the heap that readers look at without waiting.
 *
 * <p>Start reading at {@link bricklayer.store.Store}. The log on disk is in {@code store.log}, checkpoints in
 * {@code store.checkpoint} (the only package that imports MapDB). Imports no feature: the journal outlives them all.
 */
@NullMarked
package bricklayer.store;

import org.jspecify.annotations.NullMarked;

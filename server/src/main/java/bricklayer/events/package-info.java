/**
 * {@code GET /events}: every change of objects and operations as server-sent events, told from the log, so that a reader that comes again goes on where it was.
 *
 * <p>Start reading at {@link bricklayer.events.Happenings}, which says what happened in a write, and {@link bricklayer.events.Reader}, which sends it. May import {@code inventory}, {@code dump} and {@code http}.
 */
@NullMarked
package bricklayer.events;

import org.jspecify.annotations.NullMarked;

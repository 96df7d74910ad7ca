/**
 * The rows in the heap: an immutable {@link bricklayer.store.image.Image} with its indexes and totals, and the
 * {@link bricklayer.store.image.Transaction} that makes the next one from it. Each store keeps one and publishes it.
 *
 * <p>The only package that imports pcollections, whose sorted maps share all but a path of nodes with the map they were made from.
 */
@NullMarked
package bricklayer.store.image;

import org.jspecify.annotations.NullMarked;

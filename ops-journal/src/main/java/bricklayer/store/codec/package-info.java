/**
 * Rows to bytes and back: {@link bricklayer.store.codec.JsonCodec}. Names and versions of all stored types are registered in one place by
 * whoever opens the store. The only package of this module that imports Jackson.
 */
@NullMarked
package bricklayer.store.codec;

import org.jspecify.annotations.NullMarked;

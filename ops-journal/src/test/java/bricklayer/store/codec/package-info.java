/** What is written is read back, also years later. */
@NullMarked
package bricklayer.store.codec;

import org.jspecify.annotations.NullMarked;

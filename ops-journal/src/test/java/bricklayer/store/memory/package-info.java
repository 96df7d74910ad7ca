/** The contract on the store without a disk. */
@NullMarked
package bricklayer.store.memory;

import org.jspecify.annotations.NullMarked;

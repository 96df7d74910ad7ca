/** A folder whose names and files outlive a power cut, as far as the disk tells the truth. Used by the log and its checkpoints. */
@NullMarked
package bricklayer.store.disk;

import org.jspecify.annotations.NullMarked;

/** Counts what is asked of hosts. */
@NullMarked
package bricklayer.executor.counting;

import org.jspecify.annotations.NullMarked;

/** An executor that lets an operator's faults happen on the way to another. */
@NullMarked
package bricklayer.executor.injecting;

import org.jspecify.annotations.NullMarked;

/** Tests of the engine, and the means by which other modules put their own plans through the same tests ({@link FailingStepLoop}). */
@NullMarked
package bricklayer.operation;

import org.jspecify.annotations.NullMarked;

/** A test of the tests: breakages of the engine, each of which some test must notice. */
@NullMarked
package bricklayer.promise.mutation;

import org.jspecify.annotations.NullMarked;

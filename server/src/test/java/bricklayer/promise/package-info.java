/** The promise, put to the test on simulated nodes: every kind of operation, a fault at every point, a second one at every point of the recovery. */
@NullMarked
package bricklayer.promise;

import org.jspecify.annotations.NullMarked;

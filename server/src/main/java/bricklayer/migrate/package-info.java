/** The records of another service taken over, and given back: Heketi's database as it dumps it. */
@NullMarked
package bricklayer.migrate;

import org.jspecify.annotations.NullMarked;

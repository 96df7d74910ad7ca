/** The records as a whole: shown as Heketi's dump, checked against themselves, copied and brought back. */
@NullMarked
package bricklayer.dump;

import org.jspecify.annotations.NullMarked;

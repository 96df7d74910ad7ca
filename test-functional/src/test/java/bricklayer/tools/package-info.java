/** The command line as a whole, against a server process; in this package for the sake of what it is handed of the world. */
@NullMarked
package bricklayer.tools;

import org.jspecify.annotations.NullMarked;

/** Real answers of nodes, ways to damage them, and the commands as they were decided. Test help for the packages that render and parse. */
@NullMarked
package bricklayer.captured;

import org.jspecify.annotations.NullMarked;

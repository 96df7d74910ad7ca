/** Care for nodes: what is wrong with one and how to mend it, and whether one can be restarted now. Asks, and changes nothing. */
@NullMarked
package bricklayer.care;

import org.jspecify.annotations.NullMarked;

@NullMarked
package bricklayer.tools.output;

import org.jspecify.annotations.NullMarked;

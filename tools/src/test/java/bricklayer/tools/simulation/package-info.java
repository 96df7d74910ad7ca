@NullMarked
package bricklayer.tools.simulation;

import org.jspecify.annotations.NullMarked;

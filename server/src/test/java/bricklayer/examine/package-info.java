@NullMarked
package bricklayer.examine;

import org.jspecify.annotations.NullMarked;

@NullMarked
package bricklayer.dump;

import org.jspecify.annotations.NullMarked;

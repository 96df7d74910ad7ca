@NullMarked
package bricklayer.backup;

import org.jspecify.annotations.NullMarked;

@NullMarked
package bricklayer.care;

import org.jspecify.annotations.NullMarked;

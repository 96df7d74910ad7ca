@NullMarked
package bricklayer.tools.bench.load;

import org.jspecify.annotations.NullMarked;

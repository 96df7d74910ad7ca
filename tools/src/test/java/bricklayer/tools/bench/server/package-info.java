@NullMarked
package bricklayer.tools.bench.server;

import org.jspecify.annotations.NullMarked;

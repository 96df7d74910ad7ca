@NullMarked
package bricklayer.tools.bench.report;

import org.jspecify.annotations.NullMarked;

/** What was measured, as JSON, as a page, as text. */
@NullMarked
package bricklayer.tools.bench.report;

import org.jspecify.annotations.NullMarked;

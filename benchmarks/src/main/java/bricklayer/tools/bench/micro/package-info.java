/** What parts cost by themselves: for whoever changes one and wants to know what came of it. What users wait for is measured by {@code bench run}. */
@NullMarked
package bricklayer.tools.bench.micro;

import org.jspecify.annotations.NullMarked;

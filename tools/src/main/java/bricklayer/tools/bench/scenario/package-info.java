/** What is done to a server to measure it, one class a scenario. */
@NullMarked
package bricklayer.tools.bench.scenario;

import org.jspecify.annotations.NullMarked;

/** How fast it is, as ratios that hold on any machine. May import what it measures. */
@NullMarked
package bricklayer.tools.bench;

import org.jspecify.annotations.NullMarked;

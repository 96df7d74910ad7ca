/**
 * The way in. {@link bricklayer.main.Main} reads the configuration; {@link bricklayer.main.BricklayerServer} wires everything by hand, top to bottom. Only
 * this package reads the clock, chance and the environment.
 */
@NullMarked
package bricklayer.main;

import org.jspecify.annotations.NullMarked;

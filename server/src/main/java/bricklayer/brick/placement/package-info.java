/**
 * Where the bricks of a volume go.
 *
 * <p>Pure: a request, a picture of the devices and a seed in; bricks on devices, or reasons, out. Imports
 * {@code brick} and the JDK; sees no store, no host and no clock. Start reading at
 * {@link bricklayer.brick.placement.BrickPlacer}.
 */
@NullMarked
package bricklayer.brick.placement;

import org.jspecify.annotations.NullMarked;

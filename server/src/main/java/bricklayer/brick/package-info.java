/**
 * How large a brick is and what it takes on a device: durability, the sizes that a volume may be cut into, LVM's
 * rounding.
 *
 * <p>Pure arithmetic; imports nothing but the JDK. Start reading at {@link bricklayer.brick.BrickSetSizes}.
 * Where the bricks go is decided in {@code placement}.
 */
@NullMarked
package bricklayer.brick;

import org.jspecify.annotations.NullMarked;

/** File systems of bricks: making, mounting, fstab, folders. Rendering and parsing, pure. Start at {@link bricklayer.mount.Mounts}. May import {@code host}. */
@NullMarked
package bricklayer.mount;

import org.jspecify.annotations.NullMarked;

/**
 * gluster-block's commands and answers: rendering and parsing, pure. Start at {@link bricklayer.glusterblock.GlusterBlock}. May import {@code host}.
 */
@NullMarked
package bricklayer.glusterblock;

import org.jspecify.annotations.NullMarked;

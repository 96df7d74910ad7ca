/**
 * gluster's commands and answers: rendering and parsing, pure. Start at {@link bricklayer.gluster.Gluster}. May import {@code host}.
 */
@NullMarked
package bricklayer.gluster;

import org.jspecify.annotations.NullMarked;

/**
 * What rows look like where they are written on the nodes, so that all of them can be read back from there: tags of volume groups ({@link bricklayer.identity.GroupTags}) and options of gluster
 * volumes ({@link bricklayer.identity.VolumeStamp}). Pure: renders and parses, asks nobody.
 *
 * <p>The forms are for ever, like those of stored rows: a server must read what any earlier one wrote.
 */
@NullMarked
package bricklayer.identity;

import org.jspecify.annotations.NullMarked;

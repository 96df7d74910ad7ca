/**
 * LVM's commands and answers: rendering and parsing, pure. Start at {@link bricklayer.lvm.Lvm}. May import {@code host}; Jackson, for LVM's JSON reports, is
 * imported by one class of it.
 */
@NullMarked
package bricklayer.lvm;

import org.jspecify.annotations.NullMarked;

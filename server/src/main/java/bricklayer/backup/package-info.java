/** Copies of the records in a folder, made by the clock, each verified after it was written. Start at {@link bricklayer.backup.Backups}. */
@NullMarked
package bricklayer.backup;

import org.jspecify.annotations.NullMarked;

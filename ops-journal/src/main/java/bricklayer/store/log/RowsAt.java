package bricklayer.store.log;

import bricklayer.store.image.StoredRow;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * All rows after one transaction, as they lie on the disk.
 *
 * @param sequence of the last transaction that is in them
 * @param time when that was written; empty when it lies before the log that is there
 * @param rows ascending by table, then key
 * @param hash of the last frame that is in them as a whole, in hexadecimal
 * @param damage why what comes after is not there although it was written; empty when nothing is missing
 */
public record RowsAt(
        long sequence, Optional<Instant> time, Collection<StoredRow> rows, String hash, Optional<Damage> damage) {}

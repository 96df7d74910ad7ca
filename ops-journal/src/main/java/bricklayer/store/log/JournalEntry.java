package bricklayer.store.log;

import bricklayer.store.image.StoredRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One write transaction as it lies in the log.
 *
 * @param offset of the frame that it is in; several may share one
 * @param changes in the order in which they were made
 */
public record JournalEntry(Path file, int offset, long sequence, Instant time, List<RowWrite> changes) {

    public JournalEntry {
        changes = List.copyOf(changes);
    }

    /**
     * What became of one key.
     *
     * @param row empty when the row was deleted
     */
    public record RowWrite(String table, String key, Optional<StoredRow> row) {}

    static JournalEntry of(Path file, Frame frame, int number, LoggedTransaction transaction) {
        return new JournalEntry(
                file,
                frame.offset(),
                frame.firstSequence() + number,
                transaction.time(),
                transaction.entries().stream()
                        .map(entry -> switch (entry) {
                            case LoggedTransaction.Put put ->
                                new RowWrite(put.row().table(), put.row().key(), Optional.of(put.row()));
                            case LoggedTransaction.Delete delete ->
                                new RowWrite(delete.table(), delete.key(), Optional.empty());
                        })
                        .toList());
    }
}

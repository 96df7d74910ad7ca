package bricklayer.operation;

import bricklayer.store.QuarantinedRow;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Keeps new operations away from what rows speak of that cannot be read. An operation whose record cannot be read goes on holding its rows that way, and a volume whose brick's record cannot be
 * read is not deleted without that brick. Ids are long and drawn at random, so a text that has one speaks of it.
 */
record Doubts(Store store) {

    private static final int SURELY_AN_ID = 16;

    Plan plan(Rows rows, Planner planner, Attempt attempt) {
        try {
            return planner.plan(rows, attempt);
        } catch (IllegalStateException | NoSuchElementException e) { // a row that others name is not there
            throw explained(e);
        }
    }

    private RuntimeException explained(RuntimeException fault) {
        return store.quarantined().stream()
                .filter(Doubts::matters)
                .findFirst()
                .<RuntimeException>map(row -> new RowInDoubt(fault, row))
                .orElse(fault);
    }

    void refuse(Plan plan) {
        for (QuarantinedRow row : store.quarantined()) {
            if (matters(row)) {
                for (RowChange change : plan.changes()) {
                    refuse(change, row);
                }
            }
        }
    }

    private static void refuse(RowChange change, QuarantinedRow row) {
        Optional<Row<?>> changed = switch (change) {
            case RowChange.Create<?, ?> _ -> Optional.empty();
            case RowChange.Update<?, ?> update -> Optional.of(update.after());
            case RowChange.Delete<?, ?> delete -> Optional.of(delete.row());
            case RowChange.Hold<?, ?> hold -> Optional.of(hold.row());
        };
        String key = change.key().value();
        if (changed.isPresent() && (row.text().contains('"' + key + '"') || speaksOf(changed.get(), row.key()))) {
            throw new RowInDoubt(change.table() + "/" + key, row);
        }
    }

    private static boolean speaksOf(Row<?> row, String key) {
        return key.length() >= SURELY_AN_ID && row.toString().contains(key);
    }

    /** An operation that has ended holds nothing any more; its row is only an answer. */
    private static boolean matters(QuarantinedRow row) {
        return !row.table().equals(Operation.TABLE.name()) || row.text().contains("\"plan\":");
    }
}

package bricklayer.store.log;

import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Table;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.codec.UndecodableRow;
import bricklayer.store.image.StoredRow;
import bricklayer.store.image.Transaction;
import bricklayer.store.image.UnreadRow;
import java.time.Instant;
import java.util.Optional;

/** Puts stored rows into a transaction. One that cannot be decoded is quarantined; it never keeps the others from being read. */
record RowLoader(JsonCodec codec) {

    void load(StoredRow stored, Optional<Instant> written, Transaction into) {
        Optional<Table<?, ?>> table = codec.schema().find(stored.table());
        if (table.isEmpty()) {
            into.quarantine(new UnreadRow(stored, "this release has no table " + stored.table(), written));
        } else {
            load(table.get(), stored, written, into);
        }
    }

    private <K extends Key, V extends Row<K>> void load(
            Table<K, V> table, StoredRow stored, Optional<Instant> written, Transaction into) {
        try {
            V row = codec.decode(table, stored.version(), stored.json());
            if (row.id().value().equals(stored.key())) {
                into.put(table, row);
            } else {
                into.quarantine(new UnreadRow(
                        stored, "the row says its key is " + row.id().value(), written));
            }
        } catch (UndecodableRow e) {
            into.quarantine(new UnreadRow(stored, String.valueOf(e.getMessage()), written));
        } catch (
                RuntimeException
                        e) { // an index or total of this release, or id(), cannot cope with what an older one wrote
            into.quarantine(new UnreadRow(stored, "cannot be indexed: " + e, written));
        }
    }
}

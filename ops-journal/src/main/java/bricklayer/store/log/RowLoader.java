package bricklayer.store.log;

import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Table;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.codec.UndecodableRow;
import bricklayer.store.image.ImageLoad;
import bricklayer.store.image.StoredRow;
import bricklayer.store.image.Transaction;
import bricklayer.store.image.UnreadRow;
import java.time.Instant;
import java.util.Optional;

/** Reads stored rows. One that cannot be decoded is quarantined; it never keeps the others from being read. Thread-safe. */
record RowLoader(JsonCodec codec) {

    /** What became of a stored row. */
    sealed interface Read {

        void into(Transaction transaction);

        /** Returns false when it cannot be told in the order of keys, see {@link ImageLoad#add}. */
        boolean into(ImageLoad load);
    }

    private record Good<K extends Key, V extends Row<K>>(Table<K, V> table, V row) implements Read {
        @Override
        public void into(Transaction transaction) {
            transaction.put(table, row);
        }

        @Override
        public boolean into(ImageLoad load) {
            return load.add(table, row);
        }
    }

    private record Bad(UnreadRow row) implements Read {
        @Override
        public void into(Transaction transaction) {
            transaction.quarantine(row);
        }

        @Override
        public boolean into(ImageLoad load) {
            return false;
        }
    }

    void load(StoredRow stored, Optional<Instant> written, Transaction into) {
        try {
            read(stored, written).into(into);
        } catch (RuntimeException e) { // a total of many rows overflows
            into.quarantine(new UnreadRow(stored, "cannot be indexed: " + e, written));
        }
    }

    Read read(StoredRow stored, Optional<Instant> written) {
        Optional<Table<?, ?>> table = codec.schema().find(stored.table());
        return table.isEmpty()
                ? new Bad(new UnreadRow(stored, "this release has no table " + stored.table(), written))
                : read(table.get(), stored, written);
    }

    private <K extends Key, V extends Row<K>> Read read(
            Table<K, V> table, StoredRow stored, Optional<Instant> written) {
        try {
            V row = codec.decode(table, stored.version(), stored.json());
            if (!row.id().value().equals(stored.key())) {
                return new Bad(new UnreadRow(
                        stored, "the row says its key is " + row.id().value(), written));
            }
            ImageLoad.check(table, row);
            return new Good<>(table, row);
        } catch (UndecodableRow e) {
            return new Bad(new UnreadRow(stored, String.valueOf(e.getMessage()), written));
        } catch (
                RuntimeException
                        e) { // an index or total of this release, or id(), cannot cope with what an older one wrote
            return new Bad(new UnreadRow(stored, "cannot be indexed: " + e, written));
        }
    }
}

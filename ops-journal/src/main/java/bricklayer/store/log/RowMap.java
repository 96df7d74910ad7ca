package bricklayer.store.log;

import bricklayer.store.image.StoredRow;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Rows as they lie on the disk, read or not, by table and key. */
final class RowMap {

    private final TreeMap<String, StoredRow> rows = new TreeMap<>();

    void put(StoredRow row) {
        rows.put(key(row.table(), row.key()), row);
    }

    void apply(LoggedTransaction transaction) {
        for (LoggedTransaction.Entry entry : transaction.entries()) {
            switch (entry) {
                case LoggedTransaction.Put put -> put(put.row());
                case LoggedTransaction.Delete delete -> rows.remove(key(delete.table(), delete.key()));
            }
        }
    }

    /** Ascending by table, then key. */
    Collection<StoredRow> all() {
        return rows.values();
    }

    /** How many keys have other rows than here. A row that was brought to another version may look otherwise. */
    long differences(RowMap other) {
        long differences = rows.keySet().stream()
                .filter(key -> !other.rows.containsKey(key))
                .count();
        for (Map.Entry<String, StoredRow> theirs : other.rows.entrySet()) {
            StoredRow ours = rows.get(theirs.getKey());
            if (ours == null
                    || (ours.version() == theirs.getValue().version()
                            && !Arrays.equals(ours.json(), theirs.getValue().json()))) {
                differences++;
            }
        }
        return differences;
    }

    /** NUL sorts before all that names and keys may hold, so the order is that of tables, then keys. */
    private static String key(String table, String key) {
        return table + '\0' + key;
    }
}

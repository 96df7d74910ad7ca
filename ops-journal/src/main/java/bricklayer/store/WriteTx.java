package bricklayer.store;

/** The rows as they are inside one write transaction: reads see what this transaction has changed so far. Not thread-safe. */
public interface WriteTx extends Rows {

    /** Creates the row, or replaces the one with its key. */
    <K extends Key, V extends Row<K>> void put(Table<K, V> table, V row);

    /** Deletes the row with this key; nothing happens when there is none. */
    <K extends Key, V extends Row<K>> void delete(Table<K, V> table, K key);
}

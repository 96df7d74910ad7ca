package bricklayer.store;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.StreamSupport;

/** A consistent picture of all rows at one moment. No method waits; a picture that was handed out never changes. */
public interface Rows {

    /** The number of the write transaction that made this picture; 0 when nothing was ever written. */
    long sequence();

    <K extends Key, V extends Row<K>> Optional<V> get(Table<K, V> table, K key);

    /** All rows of a table, ascending by key; may be empty. A lazy view: asking for it costs nothing, walking it does. */
    <K extends Key, V extends Row<K>> Iterable<V> all(Table<K, V> table);

    /** The rows whose keys come after one that need not be there, as {@link #all}. */
    default <K extends Key, V extends Row<K>> Iterable<V> after(Table<K, V> table, String key) {
        return () -> StreamSupport.stream(all(table).spliterator(), false)
                .filter(row -> row.id().value().compareTo(key) > 0)
                .iterator();
    }

    <K extends Key, V extends Row<K>> int count(Table<K, V> table);

    /** The rows found under a value, ascending by key; may be empty. Costs what it returns, not what the table holds. */
    <K extends Key, V extends Row<K>> List<V> find(Table<K, V> table, Index<V> index, String value);

    /** How many rows are found under a value. */
    <K extends Key, V extends Row<K>> int count(Table<K, V> table, Index<V> index, String value);

    /** The sum for a group; 0 for a group without rows. Does not depend on the number of rows. */
    <K extends Key, V extends Row<K>> long total(Table<K, V> table, Total<V> total, String group);

    /** {@link #total} for whoever asks for many groups: what it takes to find the total is done once. */
    <K extends Key, V extends Row<K>> ToLongFunction<String> totals(Table<K, V> table, Total<V> total);

    /** Stands for the rows of a table. Where two pictures give the same object, they have the same rows of it, so what was made from them need not be made again. */
    Object state(Table<?, ?> table);
}

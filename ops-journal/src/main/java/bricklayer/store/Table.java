package bricklayer.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of row: its name on disk, its type, how its key is read, and what the image keeps about it.
 *
 * <p>Name and version are written with every row and are for ever: a changed row type gets the next version, and the codec goes on reading
 * the old ones. Declared as a constant beside the row type; a {@link Store} is opened with all tables it may meet.
 *
 * @param name lower case, stable
 * @param version of the row format, from 1
 * @param rowType a record that the codec can write and read
 */
public record Table<K extends Key, V extends Row<K>>(
        String name,
        int version,
        Class<V> rowType,
        Function<String, K> keyOf,
        List<Index<V>> indexes,
        List<Total<V>> totals) {

    public Table {
        indexes = List.copyOf(indexes);
        totals = List.copyOf(totals);
    }

    public static <K extends Key, V extends Row<K>> Table<K, V> of(
            String name, int version, Class<V> rowType, Function<String, K> keyOf) {
        return new Table<>(name, version, rowType, keyOf, List.of(), List.of());
    }

    public Table<K, V> indexedBy(Index<V> index) {
        List<Index<V>> more = new ArrayList<>(indexes);
        more.add(index);
        return new Table<>(name, version, rowType, keyOf, more, totals);
    }

    public Table<K, V> totalling(Total<V> total) {
        List<Total<V>> more = new ArrayList<>(totals);
        more.add(total);
        return new Table<>(name, version, rowType, keyOf, indexes, more);
    }

    @Override
    public String toString() {
        return name;
    }
}

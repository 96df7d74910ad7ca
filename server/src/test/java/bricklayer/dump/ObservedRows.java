package bricklayer.dump;

import bricklayer.store.Index;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import bricklayer.store.Total;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** A picture that notes, each time the next row of a table is taken, whether something was passed on since the one before. */
final class ObservedRows implements Rows {

    private final Rows rows;
    private final LongSupplier passedOn;
    private long seen;
    private long before;
    private int silence;
    private int longestSilence;

    ObservedRows(Rows rows, LongSupplier passedOn) {
        this.rows = rows;
        this.passedOn = passedOn;
    }

    long seen() {
        return seen;
    }

    int longestSilence() {
        return longestSilence;
    }

    private <V> V noted(V row) {
        seen++;
        long now = passedOn.getAsLong();
        silence = now == before ? silence + 1 : 0;
        longestSilence = Math.max(longestSilence, silence);
        before = now;
        return row;
    }

    @Override
    public <K extends Key, V extends Row<K>> Iterable<V> all(Table<K, V> table) {
        Iterator<V> all = rows.all(table).iterator();
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public V next() {
                return noted(all.next());
            }
        };
    }

    @Override
    public long sequence() {
        return rows.sequence();
    }

    @Override
    public <K extends Key, V extends Row<K>> Optional<V> get(Table<K, V> table, K key) {
        return rows.get(table, key);
    }

    @Override
    public <K extends Key, V extends Row<K>> int count(Table<K, V> table) {
        return rows.count(table);
    }

    @Override
    public <K extends Key, V extends Row<K>> List<V> find(Table<K, V> table, Index<V> index, String value) {
        return rows.find(table, index, value);
    }

    @Override
    public <K extends Key, V extends Row<K>> int count(Table<K, V> table, Index<V> index, String value) {
        return rows.count(table, index, value);
    }

    @Override
    public <K extends Key, V extends Row<K>> long total(Table<K, V> table, Total<V> total, String group) {
        return rows.total(table, total, group);
    }

    @Override
    public <K extends Key, V extends Row<K>> ToLongFunction<String> totals(Table<K, V> table, Total<V> total) {
        return rows.totals(table, total);
    }

    @Override
    public Object state(Table<?, ?> table) {
        return rows.state(table);
    }
}

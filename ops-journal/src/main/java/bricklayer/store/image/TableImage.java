package bricklayer.store.image;

import bricklayer.store.Index;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Table;
import bricklayer.store.Total;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * One table: rows by key, and for each index and total of the table what is derived from the rows. Immutable; a change costs a path in
 * each tree it touches.
 *
 * <p>INVARIANT: {@code indexes} and {@code totals} are what a walk over {@code rows} would give, without empty groups.
 *
 * @param indexes in the order of {@link Table#indexes()}: value, then key, then row
 * @param totals in the order of {@link Table#totals()}: group, then sum
 */
record TableImage<K extends Key, V extends Row<K>>(
        Table<K, V> table,
        TreePMap<String, V> rows,
        List<TreePMap<String, TreePMap<String, V>>> indexes,
        List<TreePMap<String, Long>> totals) {

    static <K extends Key, V extends Row<K>> TableImage<K, V> empty(Table<K, V> table) {
        List<TreePMap<String, TreePMap<String, V>>> indexes = new ArrayList<>();
        table.indexes().forEach(index -> indexes.add(TreePMap.empty()));
        List<TreePMap<String, Long>> totals = new ArrayList<>();
        table.totals().forEach(total -> totals.add(TreePMap.empty()));
        return new TableImage<>(table, TreePMap.empty(), indexes, totals);
    }

    TableImage<K, V> with(String key, V row) {
        return replaced(key, rows.get(key), row, rows.plus(key, row));
    }

    TableImage<K, V> without(String key) {
        V old = rows.get(key);
        return old == null ? this : replaced(key, old, null, rows.minus(key));
    }

    /** The rows under a value of an index, by key. */
    TreePMap<String, V> bucket(Index<V> index, String value) {
        TreePMap<String, V> bucket = indexes.get(position(index)).get(value);
        return bucket == null ? TreePMap.empty() : bucket;
    }

    long sum(Total<V> total, String group) {
        return sums(total).applyAsLong(group);
    }

    ToLongFunction<String> sums(Total<V> total) {
        TreePMap<String, Long> sums = totals.get(position(total));
        return group -> {
            Long sum = sums.get(group);
            return sum == null ? 0 : sum;
        };
    }

    private TableImage<K, V> replaced(String key, @Nullable V before, @Nullable V after, TreePMap<String, V> newRows) {
        List<TreePMap<String, TreePMap<String, V>>> newIndexes = new ArrayList<>(indexes.size());
        for (int i = 0; i < indexes.size(); i++) {
            newIndexes.add(reindexed(table.indexes().get(i), indexes.get(i), key, before, after));
        }
        List<TreePMap<String, Long>> newTotals = new ArrayList<>(totals.size());
        for (int i = 0; i < totals.size(); i++) {
            newTotals.add(recounted(table.totals().get(i), totals.get(i), before, after));
        }
        return new TableImage<>(table, newRows, newIndexes, newTotals);
    }

    private TreePMap<String, TreePMap<String, V>> reindexed(
            Index<V> index,
            TreePMap<String, TreePMap<String, V>> tree,
            String key,
            @Nullable V before,
            @Nullable V after) {
        Collection<String> newValues =
                after == null ? Set.of() : distinct(index.valuesOf().apply(after));
        TreePMap<String, TreePMap<String, V>> result = tree;
        if (before != null) {
            for (String value : index.valuesOf().apply(before)) {
                TreePMap<String, V> bucket = result.get(value);
                if (bucket != null && !newValues.contains(value)) {
                    TreePMap<String, V> less = bucket.minus(key);
                    result = less.isEmpty() ? result.minus(value) : result.plus(value, less);
                }
            }
        }
        if (after != null) {
            for (String value : newValues) {
                TreePMap<String, V> bucket = result.get(value);
                result = result.plus(value, bucket == null ? TreePMap.singleton(key, after) : bucket.plus(key, after));
            }
        }
        return result;
    }

    static Collection<String> distinct(Collection<String> values) {
        return values.size() < 2 ? values : new HashSet<>(values);
    }

    private TreePMap<String, Long> recounted(
            Total<V> total, TreePMap<String, Long> sums, @Nullable V before, @Nullable V after) {
        TreePMap<String, Long> result = sums;
        if (before != null) {
            long taken = Math.negateExact(total.amountOf().applyAsLong(before));
            result = added(result, total.groupOf().apply(before), taken);
        }
        if (after != null) {
            result =
                    added(result, total.groupOf().apply(after), total.amountOf().applyAsLong(after));
        }
        return result;
    }

    private static TreePMap<String, Long> added(TreePMap<String, Long> sums, String group, long amount) {
        Long sum = sums.get(group);
        long now = Math.addExact(sum == null ? 0 : sum, amount);
        return now == 0 ? sums.minus(group) : sums.plus(group, now);
    }

    private int position(Index<V> index) {
        for (int i = 0; i < table.indexes().size(); i++) {
            if (table.indexes().get(i).name().equals(index.name())) {
                return i;
            }
        }
        throw new IllegalArgumentException("table " + table.name() + " has no index " + index.name());
    }

    private int position(Total<V> total) {
        for (int i = 0; i < table.totals().size(); i++) {
            if (table.totals().get(i).name().equals(total.name())) {
                return i;
            }
        }
        throw new IllegalArgumentException("table " + table.name() + " has no total " + total.name());
    }
}

package bricklayer.store.image;

import bricklayer.store.Index;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Table;
import bricklayer.store.Total;
import bricklayer.store.WriteTx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A write transaction on top of an image, which it leaves as it is. Collects changes and yields the next image. Used by one thread.
 *
 * <p>{@link #sequence()} is that of the image it began with until something is changed, then the number this transaction will get.
 */
public final class Transaction implements WriteTx {

    private final Image before;
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private Image now;
    private boolean ended;

    Transaction(Image before) {
        this.before = before;
        this.now = before;
    }

    /** In the order in which the keys were first changed; each key once. */
    public List<Change> changes() {
        return new ArrayList<>(changes.values());
    }

    public boolean changedNothing() {
        return now == before;
    }

    /** The image after this transaction, which takes no changes from now on; the one before when nothing was changed. */
    public Image end() {
        return endAs(changedNothing() ? before.sequence() : before.sequence() + 1);
    }

    /** For recovery: the image with the number it had when it was written. */
    public Image endAs(long sequence) {
        ended = true;
        return now.sequence() == sequence ? now : now.numbered(sequence);
    }

    /** For recovery: keeps a row that could not be decoded, in the place of the one with its key. */
    public void quarantine(UnreadRow row) {
        refuseWhenEnded();
        now = now.withUnread(row);
    }

    /** For recovery: forgets what lies under a key, be it decoded or not, also of a table that the schema does not have. */
    public void erase(String table, String key) {
        refuseWhenEnded();
        now = now.erased(table, key);
    }

    @Override
    public <K extends Key, V extends Row<K>> void put(Table<K, V> table, V row) {
        refuseWhenEnded();
        Table<K, V> known = now.schema().require(table);
        String key = checked(known, row.id().value());
        now = now.with(known, key, row);
        changes.put(changeKey(known, key), new Change.Put(known, key, row));
    }

    @Override
    public <K extends Key, V extends Row<K>> void delete(Table<K, V> table, K key) {
        refuseWhenEnded();
        Table<K, V> known = now.schema().require(table);
        String value = key.value();
        Image without = now.without(known, value);
        if (without != now) {
            now = without;
            changes.put(changeKey(known, value), new Change.Delete(known, value));
        }
    }

    @Override
    public long sequence() {
        return changedNothing() ? before.sequence() : before.sequence() + 1;
    }

    @Override
    public <K extends Key, V extends Row<K>> Optional<V> get(Table<K, V> table, K key) {
        return now.get(table, key);
    }

    @Override
    public <K extends Key, V extends Row<K>> Iterable<V> all(Table<K, V> table) {
        return now.all(table);
    }

    @Override
    public <K extends Key, V extends Row<K>> int count(Table<K, V> table) {
        return now.count(table);
    }

    @Override
    public <K extends Key, V extends Row<K>> List<V> find(Table<K, V> table, Index<V> index, String value) {
        return now.find(table, index, value);
    }

    @Override
    public <K extends Key, V extends Row<K>> int count(Table<K, V> table, Index<V> index, String value) {
        return now.count(table, index, value);
    }

    @Override
    public <K extends Key, V extends Row<K>> long total(Table<K, V> table, Total<V> total, String group) {
        return now.total(table, total, group);
    }

    @Override
    public <K extends Key, V extends Row<K>> ToLongFunction<String> totals(Table<K, V> table, Total<V> total) {
        return now.totals(table, total);
    }

    @Override
    public Object state(Table<?, ?> table) {
        return now.state(table);
    }

    private void refuseWhenEnded() {
        if (ended) {
            throw new IllegalStateException("this write transaction has ended; do all changes inside Store.write");
        }
    }

    static String checked(Table<?, ?> table, String key) {
        if (key.isEmpty() || key.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("table " + table.name()
                    + " cannot take a row whose key is empty or holds control characters: \"" + key + '"');
        }
        return key;
    }

    private static String changeKey(Table<?, ?> table, String key) {
        return table.name() + '\0' + key;
    }
}

package bricklayer.store.image;

import static java.util.Objects.requireNonNull;

import bricklayer.store.Index;
import bricklayer.store.Key;
import bricklayer.store.QuarantinedRow;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Schema;
import bricklayer.store.Table;
import bricklayer.store.Total;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.pcollections.TreePMap;

/**
 * All rows after one write transaction. Immutable: whoever holds it may look as long as it likes, on any thread.
 *
 * <p>Made from the image before by a {@link Transaction}; both share what did not change. Reading or changing a row costs log n, finding
 * by an index costs what it returns.
 */
public final class Image implements Rows {

    private final Schema schema;
    private final long sequence;
    private final TreePMap<String, TableImage<?, ?>> tables;
    private final TreePMap<String, UnreadRow> unread;

    private Image(
            Schema schema,
            long sequence,
            TreePMap<String, TableImage<?, ?>> tables,
            TreePMap<String, UnreadRow> unread) {
        this.schema = schema;
        this.sequence = sequence;
        this.tables = tables;
        this.unread = unread;
    }

    public static Image empty(Schema schema) {
        TreePMap<String, TableImage<?, ?>> tables = TreePMap.empty();
        for (Table<?, ?> table : schema.tables()) {
            tables = tables.plus(table.name(), TableImage.empty(table));
        }
        return new Image(schema, 0, tables, TreePMap.empty());
    }

    /** @param tables one for each of the schema */
    static Image of(Schema schema, long sequence, TreePMap<String, TableImage<?, ?>> tables) {
        return new Image(schema, sequence, tables, TreePMap.empty());
    }

    public Schema schema() {
        return schema;
    }

    public Transaction begin() {
        return new Transaction(this);
    }

    /** The rows that could not be decoded, ascending by table and key. */
    public Collection<UnreadRow> unread() {
        return unread.values();
    }

    public List<QuarantinedRow> quarantined() {
        return unread.values().stream().map(UnreadRow::shown).toList();
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public <K extends Key, V extends Row<K>> Optional<V> get(Table<K, V> table, K key) {
        return Optional.ofNullable(of(table).rows().get(key.value()));
    }

    @Override
    public <K extends Key, V extends Row<K>> Iterable<V> all(Table<K, V> table) {
        return of(table).rows().values();
    }

    @Override
    public <K extends Key, V extends Row<K>> Iterable<V> after(Table<K, V> table, String key) {
        return of(table).rows().tailMap(key, false).values();
    }

    @Override
    public <K extends Key, V extends Row<K>> int count(Table<K, V> table) {
        return of(table).rows().size();
    }

    @Override
    public <K extends Key, V extends Row<K>> List<V> find(Table<K, V> table, Index<V> index, String value) {
        return List.copyOf(of(table).bucket(index, value).values());
    }

    @Override
    public <K extends Key, V extends Row<K>> int count(Table<K, V> table, Index<V> index, String value) {
        return of(table).bucket(index, value).size();
    }

    @Override
    public <K extends Key, V extends Row<K>> long total(Table<K, V> table, Total<V> total, String group) {
        return of(table).sum(total, group);
    }

    @Override
    public <K extends Key, V extends Row<K>> ToLongFunction<String> totals(Table<K, V> table, Total<V> total) {
        return of(table).sums(total);
    }

    @Override
    public Object state(Table<?, ?> table) {
        return requireNonNull(tables.get(schema.require(table).name())).rows();
    }

    <K extends Key, V extends Row<K>> Image with(Table<K, V> table, String key, V row) {
        return new Image(
                schema,
                sequence,
                tables.plus(table.name(), of(table).with(key, row)),
                unread.minus(unreadKey(table.name(), key)));
    }

    /** This image when there is nothing under the key. */
    <K extends Key, V extends Row<K>> Image without(Table<K, V> table, String key) {
        String unreadKey = unreadKey(table.name(), key);
        TableImage<K, V> rows = of(table);
        if (!rows.rows().containsKey(key) && !unread.containsKey(unreadKey)) {
            return this;
        }
        return new Image(schema, sequence, tables.plus(table.name(), rows.without(key)), unread.minus(unreadKey));
    }

    Image withUnread(UnreadRow row) {
        String table = row.stored().table();
        String key = row.stored().key();
        return erased(table, key).with(unreadKey(table, key), row);
    }

    /** This image without what lies under a key, be it decoded or not, also of a table that the schema does not have. */
    Image erased(String table, String key) {
        TableImage<?, ?> rows = tables.get(table);
        return new Image(
                schema,
                sequence,
                rows == null ? tables : tables.plus(table, rows.without(key)),
                unread.minus(unreadKey(table, key)));
    }

    private Image with(String unreadKey, UnreadRow row) {
        return new Image(schema, sequence, tables, unread.plus(unreadKey, row));
    }

    Image numbered(long number) {
        return new Image(schema, number, tables, unread);
    }

    @SuppressWarnings("unchecked") // a table's image is made from the table itself
    private <K extends Key, V extends Row<K>> TableImage<K, V> of(Table<K, V> table) {
        return (TableImage<K, V>)
                requireNonNull(tables.get(schema.require(table).name()));
    }

    /** NUL sorts before all that names and keys may hold, so the order is that of tables, then keys. */
    private static String unreadKey(String table, String key) {
        return table + '\0' + key;
    }
}

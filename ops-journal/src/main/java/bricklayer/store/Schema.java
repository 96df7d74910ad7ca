package bricklayer.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tables a {@link Store} is opened with, each name once. */
public final class Schema {

    private final Map<String, Table<?, ?>> byName;

    private Schema(Map<String, Table<?, ?>> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    public static Schema of(Table<?, ?>... tables) {
        return of(Arrays.asList(tables));
    }

    public static Schema of(Collection<? extends Table<?, ?>> tables) {
        Map<String, Table<?, ?>> byName = new LinkedHashMap<>();
        for (Table<?, ?> table : tables) {
            if (byName.put(table.name(), table) != null) {
                throw new IllegalArgumentException("two tables are called " + table.name());
            }
        }
        return new Schema(byName);
    }

    /** In the order given. */
    public Collection<Table<?, ?>> tables() {
        return byName.values();
    }

    public Optional<Table<?, ?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The table as this schema knows it. Tables are the same when name, version and row type are: indexes are functions, which Java cannot
     * compare.
     *
     * @throws IllegalArgumentException when the schema does not have it
     */
    @SuppressWarnings("unchecked") // the row type decides both type parameters
    public <K extends Key, V extends Row<K>> Table<K, V> require(Table<K, V> table) {
        Table<?, ?> known = byName.get(table.name());
        if (known == null) {
            throw new IllegalArgumentException(
                    "table " + table.name() + " is not among those the store was opened with: " + byName.keySet());
        }
        if (known.rowType() != table.rowType() || known.version() != table.version()) {
            throw new IllegalArgumentException(
                    "table " + table.name() + " holds " + known.rowType().getName()
                            + " in version " + known.version() + ", not "
                            + table.rowType().getName() + " in version "
                            + table.version());
        }
        return (Table<K, V>) known;
    }
}

package bricklayer.executor.simulated;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Facts of one kind, by name, sorted. Changed through {@link Changes} only, so that nothing changes that the log does not get. Guarded by the lock of the node that
 * it belongs to.
 */
final class Shelf<V extends Record> {

    private final String owner;
    private final Kind kind;
    private final Class<V> type;
    private final NavigableMap<String, V> entries = new TreeMap<>();

    /** @param owner name of the node; empty for what all nodes share */
    Shelf(String owner, Kind kind, Class<V> type) {
        if (kind.type() != type) {
            throw new IllegalArgumentException("a shelf of " + kind + " cannot hold " + type);
        }
        this.owner = owner;
        this.kind = kind;
        this.type = type;
    }

    String owner() {
        return owner;
    }

    Kind kind() {
        return kind;
    }

    Optional<V> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    SortedMap<String, V> all() {
        return Collections.unmodifiableSortedMap(entries);
    }

    /** Entries whose name begins so. A view: copy it before changing the shelf. */
    SortedMap<String, V> startingWith(String prefix) {
        return Collections.unmodifiableSortedMap(entries.subMap(prefix, prefix + Character.MAX_VALUE));
    }

    Optional<String> lastKey() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.lastKey());
    }

    void set(String key, Record value) {
        entries.put(key, type.cast(value));
    }

    void drop(String key) {
        entries.remove(key);
    }
}

package bricklayer.executor.simulated;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Facts of one kind, by name, sorted. Changed through {@link Changes} only, so that nothing changes that the log does not get. Guarded by the lock of the node that
 * it belongs to.
 */
final class Shelf<V extends Record> {

    private final String owner;
    private final Kind kind;
    private final Class<V> type;
    private final Function<V, String> label;
    private final NavigableMap<String, V> entries = new TreeMap<>();
    /** How many entries have a label; empty ones are not counted. */
    private final Map<String, Integer> labels = new HashMap<>();

    /** @param owner name of the node; empty for what all nodes share */
    Shelf(String owner, Kind kind, Class<V> type) {
        this(owner, kind, type, value -> "");
    }

    /** @param label by which {@link #hasLabelled} finds entries; empty for none */
    Shelf(String owner, Kind kind, Class<V> type, Function<V, String> label) {
        if (kind.type() != type) {
            throw new IllegalArgumentException("a shelf of " + kind + " cannot hold " + type);
        }
        this.owner = owner;
        this.kind = kind;
        this.type = type;
        this.label = label;
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

    boolean hasLabelled(String wanted) {
        return labels.containsKey(wanted);
    }

    void set(String key, Record value) {
        V now = type.cast(value);
        uncount(entries.put(key, now));
        String counted = label.apply(now);
        if (!counted.isEmpty()) {
            labels.merge(counted, 1, Integer::sum);
        }
    }

    void drop(String key) {
        uncount(entries.remove(key));
    }

    private void uncount(@Nullable V gone) {
        if (gone != null) {
            labels.computeIfPresent(label.apply(gone), (counted, times) -> times == 1 ? null : times - 1);
        }
    }
}

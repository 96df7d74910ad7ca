package bricklayer.executor.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one command changes: made at once in memory, and gathered for the log, which takes all of it or nothing. Owned by the command's thread. */
final class Changes {

    /** @param value empty for what was removed */
    record Entry(String owner, Kind kind, String key, Optional<Record> value) {}

    private final List<Entry> entries = new ArrayList<>();

    <V extends Record> void put(Shelf<V> shelf, String key, V value) {
        shelf.set(key, value);
        entries.add(new Entry(shelf.owner(), shelf.kind(), key, Optional.of(value)));
    }

    void remove(Shelf<?> shelf, String key) {
        shelf.drop(key);
        entries.add(new Entry(shelf.owner(), shelf.kind(), key, Optional.empty()));
    }

    List<Entry> entries() {
        return entries;
    }
}

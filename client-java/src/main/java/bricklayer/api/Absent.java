package bricklayer.api;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns what the JSON did not say into its zero value, in the compact constructors of this package. */
final class Absent {

    private Absent() {}

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    /** A null among the strings counts as an empty one. */
    static List<String> texts(@Nullable List<String> values) {
        return values == null ? List.of() : values.stream().map(Absent::text).toList();
    }

    /** Sorted by key. */
    static <T> Map<String, T> map(@Nullable Map<String, T> values) {
        return values == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** Sorted by key, for that is how they are written. */
    static Map<String, String> tags(@Nullable Map<String, String> values) {
        Map<String, String> sorted = new TreeMap<>();
        if (values != null) {
            values.forEach((key, value) -> sorted.put(key, text(value)));
        }
        return Collections.unmodifiableMap(sorted);
    }
}

package bricklayer.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted: those that fit all that is said.
 *
 * @param after the position of the last event that was seen, or the number of a write; empty to begin with what happens next
 * @param kinds such as {@code volume} and {@code operation}; empty for all
 * @param ids of objects and operations; empty for all
 * @param clusters ids; empty for all
 * @param operations ids of operations that did it; empty for all
 * @param endless false: only what has happened by now
 */
public record EventQuery(
        String after,
        List<String> kinds,
        List<String> ids,
        List<String> clusters,
        List<String> operations,
        boolean endless) {

    /** Everything, from now on. */
    public static final EventQuery ALL = new EventQuery("", List.of(), List.of(), List.of(), List.of(), true);

    public EventQuery {
        after = after == null ? "" : after;
        kinds = copy(kinds);
        ids = copy(ids);
        clusters = copy(clusters);
        operations = copy(operations);
    }

    private static List<String> copy(@Nullable List<String> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    /** The same, from after a position on. */
    public EventQuery after(String position) {
        return new EventQuery(position, kinds, ids, clusters, operations, endless);
    }

    /** The same, of these kinds only. */
    public EventQuery ofKinds(String... wanted) {
        return new EventQuery(after, List.of(wanted), ids, clusters, operations, endless);
    }

    /** The same, and only what has happened by now. */
    public EventQuery untilNow() {
        return new EventQuery(after, kinds, ids, clusters, operations, false);
    }

    /** Path and query, without the position. */
    String path() {
        List<String> query = new ArrayList<>();
        add(query, "kind", kinds);
        add(query, "id", ids);
        add(query, "cluster", clusters);
        add(query, "operation", operations);
        if (!endless) {
            query.add("follow=false");
        }
        return "/events" + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    private static void add(List<String> query, String name, List<String> values) {
        if (!values.isEmpty()) {
            query.add(name + "=" + URLEncoder.encode(String.join(",", values), StandardCharsets.UTF_8));
        }
    }
}

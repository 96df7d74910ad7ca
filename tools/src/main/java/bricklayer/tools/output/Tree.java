package bricklayer.tools.output;

import bricklayer.api.WireJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An answer as maps, lists, texts, numbers and booleans, with the member names of the wire. */
public final class Tree {

    private Tree() {}

    /**
     * Reads an answer.
     *
     * @param json as the server gave it, or as {@link WireJson} writes it
     */
    public static Object of(String json) {
        return WireJson.read(json, Object.class);
    }

    /** A table of what nobody has designed one for: a list becomes rows, anything else a row for each member. */
    public static Table table(Object tree) {
        Object shown = tree instanceof Map<?, ?> map && map.size() == 1 ? onlyList(map) : tree;
        if (shown instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            return rows(list);
        }
        if (shown instanceof List<?> list) {
            Table table = new Table(Column.text("VALUE"));
            list.forEach(value -> table.row(text(value)));
            return table;
        }
        Table table = new Table(Column.text("FIELD"), Column.text("VALUE"));
        flatten("", shown, table);
        return table;
    }

    private static Object onlyList(Map<?, ?> map) {
        Object only = map.values().iterator().next();
        return only instanceof List<?> ? only : map;
    }

    /** Columns are the members that are no lists and no objects, in the order in which they turn up. */
    private static Table rows(List<?> list) {
        Set<String> names = new LinkedHashSet<>();
        for (Object row : list) {
            ((Map<?, ?>) row).forEach((name, value) -> {
                if (!(value instanceof Map<?, ?>) && !(value instanceof List<?>)) {
                    names.add(String.valueOf(name));
                }
            });
        }
        List<Column> columns = new ArrayList<>();
        names.forEach(name -> columns.add(Column.text(name.toUpperCase(java.util.Locale.ROOT))));
        Table table = new Table(columns);
        for (Object row : list) {
            table.row(names.stream()
                    .map(name -> text(((Map<?, ?>) row).get(name)))
                    .toArray());
        }
        return table;
    }

    private static void flatten(String path, @Nullable Object value, Table table) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((name, member) -> flatten(path.isEmpty() ? "" + name : path + "." + name, member, table));
        } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), table);
            }
        } else {
            table.row(path, text(value));
        }
    }

    /** On one line: lists with commas, objects as {@code name=value}. */
    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case List<?> list -> list.stream().map(Tree::text).collect(Collectors.joining(","));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                        .collect(Collectors.joining(","));
            default -> value.toString();
        };
    }

    /** For answers that are put together here. */
    public static Map<String, Object> object(String name, Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(name, value);
        return object;
    }
}

package bricklayer.http.description;

import bricklayer.api.WireShape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * JSON schemas of all that operations send and answer. Members and their types come from the records, meaning and bounds from the areas' notes.
 *
 * <p>A member of an answer is required when it is always written. What a request needs is what its notes say: the records read what is left out as empty or zero.
 */
final class Schemas {

    static final String REF = "#/components/schemas/";

    private final Map<String, Area.Notes> notes = new TreeMap<>();
    private final SortedSet<String> sent = new TreeSet<>();
    private final Map<String, Map<String, Object>> byName = new TreeMap<>();

    private Schemas() {}

    /** By name, sorted. */
    static Map<String, Map<String, Object>> of(List<Area> areas) {
        Schemas schemas = new Schemas();
        areas.forEach(area -> schemas.notes.putAll(area.schemas()));
        for (Area area : areas) {
            for (Area.Operation operation : area.operations().values()) {
                schemas.markSent(operation.body());
            }
        }
        for (Area area : areas) {
            for (Area.Operation operation : area.operations().values()) {
                schemas.include(operation.body());
                operation.answers().values().forEach(answer -> schemas.include(answer.schema()));
            }
        }
        schemas.include("Problem");
        return schemas.byName;
    }

    /** The record that a schema describes; one inside another is named {@code Outer.Inner}. */
    static Class<?> record(String name) {
        try {
            return Class.forName("bricklayer.api." + name.replace('.', '$'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no record of the wire is named " + name, e);
        }
    }

    private static String name(Class<?> record) {
        Class<?> outer = record.getEnclosingClass();
        return outer == null ? record.getSimpleName() : outer.getSimpleName() + "." + record.getSimpleName();
    }

    private Area.Notes notesOf(String name) {
        return notes.getOrDefault(name, new Area.Notes("", List.of(), Map.of(), Map.of()));
    }

    private void markSent(String name) {
        if (name.isEmpty() || !notesOf(name).whole().isEmpty() || !sent.add(name)) {
            return;
        }
        WireShape.of(record(name)).members().forEach(member -> {
            if (member.type() instanceof Class<?> type && type.isRecord()) {
                markSent(name(type));
            }
        });
    }

    private void include(String name) {
        if (name.isEmpty() || byName.containsKey(name)) {
            return;
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        byName.put(name, schema);
        Area.Notes said = notesOf(name);
        if (!said.about().isEmpty()) {
            schema.put("description", said.about());
        }
        if (!said.whole().isEmpty()) {
            schema.putAll(said.whole());
            return;
        }
        WireShape shape = WireShape.of(record(name));
        schema.put("type", "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        for (WireShape.Member member : shape.members()) {
            Map<String, Object> property = new LinkedHashMap<>(typeOf(member.type()));
            property.putAll(said.members().getOrDefault(member.name(), Map.of()));
            properties.put(member.name(), property);
        }
        schema.put("properties", properties);
        List<String> required = sent.contains(name)
                ? said.required()
                : shape.members().stream()
                        .filter(WireShape.Member::always)
                        .map(WireShape.Member::name)
                        .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
    }

    private Map<String, Object> typeOf(Type type) {
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == long.class) {
            return ordered("type", "integer", "format", type == int.class ? "int32" : "int64");
        }
        if (type == float.class) {
            return ordered("type", "number", "format", "float");
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return ordered("type", "array", "items", typeOf(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return ordered("type", "object", "additionalProperties", typeOf(generic.getActualTypeArguments()[1]));
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            include(name(record));
            return Map.of("$ref", REF + name(record));
        }
        throw new IllegalStateException("a member of type " + type + " has no schema yet");
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put(first, one);
        both.put(second, two);
        return both;
    }
}

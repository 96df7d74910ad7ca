package bricklayer.config;

import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The object of a configuration file, found by keys in any case. What follows the object is ignored, as Heketi does. */
final class JsonFile {

    private final Map<String, Object> values = new TreeMap<>();
    private final List<String> objects = new ArrayList<>();

    /**
     * @throws UnreadableJson when there is no JSON object at the start
     */
    static JsonFile parse(String text) {
        JsonFile file = new JsonFile();
        file.flatten("", WireJson.read(firstObject(text), Map.class));
        return file;
    }

    /** Keys in lower case, joined by dots; of keys that differ in case only the last counts. */
    private void flatten(String prefix, Map<?, ?> object) {
        object.forEach((key, value) -> {
            String path = prefix + String.valueOf(key).toLowerCase(Locale.ROOT);
            if (value instanceof Map<?, ?> inner) {
                objects.add(path);
                flatten(path + ".", inner);
            } else if (value != null) {
                values.put(path, value);
            }
        });
    }

    /** The value; empty when there is none, or null. */
    Optional<Object> at(String key) {
        return Optional.ofNullable(values.get(key.toLowerCase(Locale.ROOT)));
    }

    boolean hasObject(String key) {
        return objects.contains(key);
    }

    /** Paths that are not in {@code known}, without comments: keys that begin with an underscore, and all inside them. */
    List<String> unknown(Collection<String> known) {
        return values.keySet().stream()
                .filter(path -> !known.contains(path) && !path.startsWith("_") && !path.contains("._"))
                .toList();
    }

    /** Up to the brace that closes the first one; all of the text when none does, for the parser to complain about. */
    private static String firstObject(String text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return text.substring(0, i + 1);
            }
        }
        return text;
    }
}

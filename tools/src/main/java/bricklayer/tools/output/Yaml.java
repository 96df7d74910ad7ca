package bricklayer.tools.output;

import bricklayer.api.WireJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link Tree} as YAML: blocks for what has members, and texts in the quotes of JSON, which YAML reads, wherever they could be taken for something
 * else.
 */
public final class Yaml {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./+-]*");

    /** What YAML 1.1 reads as booleans or nothing. */
    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

    private final StringBuilder text = new StringBuilder();

    private Yaml() {}

    /** Ends with a newline. */
    public static String write(@Nullable Object tree) {
        Yaml yaml = new Yaml();
        if (isBlock(tree)) {
            yaml.block(tree, 0);
        } else {
            yaml.text.append(inline(tree)).append('\n');
        }
        return yaml.text.toString();
    }

    private static boolean isBlock(@Nullable Object value) {
        return (value instanceof Map<?, ?> map && !map.isEmpty()) || (value instanceof List<?> list && !list.isEmpty());
    }

    /** The first line has its indentation already when it stands behind a dash. */
    private void block(@Nullable Object value, int depth) {
        boolean first = true;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                indent(first ? 0 : depth);
                first = false;
                text.append(scalar(String.valueOf(entry.getKey()))).append(':');
                member(entry.getValue(), depth);
            }
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                indent(first ? 0 : depth);
                first = false;
                text.append("- ");
                if (isBlock(item)) {
                    block(item, depth + 1);
                } else {
                    text.append(inline(item)).append('\n');
                }
            }
        }
    }

    private void member(@Nullable Object value, int depth) {
        if (!isBlock(value)) {
            text.append(' ').append(inline(value)).append('\n');
            return;
        }
        text.append('\n');
        // dashes stand below the name, as kubectl has it
        int inner = value instanceof List<?> ? depth : depth + 1;
        indent(inner);
        block(value, inner);
    }

    private void indent(int depth) {
        text.append("  ".repeat(depth));
    }

    private static String inline(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> _ -> "{}";
            case List<?> _ -> "[]";
            case String string -> scalar(string);
            default -> value.toString();
        };
    }

    private static String scalar(String string) {
        boolean plain = SAFE.matcher(string).matches() && !WORDS.contains(string.toLowerCase(java.util.Locale.ROOT));
        return plain ? string : WireJson.write(string);
    }
}

package bricklayer.tools.context;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All of them.
 *
 * @param current the name of the one that is used where nothing else is said; null when there is none
 */
public record Contexts(@Nullable String current, @Nullable Map<String, Context> contexts) {

    static final Contexts NONE = new Contexts(null, Map.of());

    public Contexts {
        contexts = contexts == null ? Map.of() : Map.copyOf(contexts);
    }

    public SortedMap<String, Context> byName() {
        return new TreeMap<>(contexts == null ? Map.of() : contexts);
    }

    public Optional<Context> named(String name) {
        return Optional.ofNullable(byName().get(name));
    }

    public Optional<Context> inUse() {
        return Optional.ofNullable(current).flatMap(this::named);
    }

    /** The first one is used at once. */
    public Contexts with(String name, Context context) {
        SortedMap<String, Context> all = byName();
        all.put(name, context);
        return new Contexts(current == null ? name : current, all);
    }

    public Contexts without(String name) {
        SortedMap<String, Context> all = byName();
        all.remove(name);
        return new Contexts(name.equals(current) ? null : current, all);
    }

    public Contexts using(String name) {
        return new Contexts(name, byName());
    }

    boolean holdKeys() {
        return byName().values().stream().anyMatch(context -> context.secret() != null);
    }

    Map<String, Object> members() {
        Map<String, Object> all = new LinkedHashMap<>();
        if (current != null) {
            all.put("current", current);
        }
        Map<String, Object> named = new LinkedHashMap<>();
        byName().forEach((name, context) -> named.put(name, context.members()));
        all.put("contexts", named);
        return all;
    }
}

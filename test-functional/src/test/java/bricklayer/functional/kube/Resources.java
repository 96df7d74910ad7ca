package bricklayer.functional.kube;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What the API server remembers: objects by kind, namespace and name, the order of their changes, and who watches. Thread-safe. */
final class Resources {

    /** So many changes can be caught up with; who is further behind has to list again. */
    private static final int HISTORY_MAX = 1000;

    private final ObjectMapper json;
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Event> history = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private long version = 100;
    private long oldest = 100;
    private long uids;

    /** A change. */
    record Event(String key, long version, String type, ObjectNode object) {}

    private record Watcher(String prefix, Predicate<ObjectNode> wanted, Consumer<Event> told) {}

    /** The one who asks has to list again. */
    static final class Gone extends Exception {}

    /** The object is newer than the one that was to be replaced. */
    static final class Conflict extends Exception {}

    Resources(ObjectMapper json) {
        this.json = json;
    }

    private static String prefix(String kind, String namespace) {
        return kind + "/" + namespace + "/";
    }

    synchronized long version() {
        return version;
    }

    synchronized List<ObjectNode> list(String kind, String namespace, Predicate<ObjectNode> wanted) {
        String prefix = prefix(kind, namespace);
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .filter(wanted)
                .map(ObjectNode::deepCopy)
                .toList();
    }

    synchronized Optional<ObjectNode> get(String kind, String namespace, String name) {
        return Optional.ofNullable(objects.get(prefix(kind, namespace) + name)).map(ObjectNode::deepCopy);
    }

    /** Makes or replaces it. A version in the object must be the one that is there. */
    synchronized ObjectNode put(String kind, String namespace, ObjectNode object) throws Conflict {
        ObjectNode mine = object.deepCopy();
        ObjectNode meta = mine.withObjectProperty("metadata");
        String key = prefix(kind, namespace) + meta.path("name").asText();
        ObjectNode before = objects.get(key);
        String expected = meta.path("resourceVersion").asText("");
        if (!expected.isEmpty()
                && (before == null
                        || !expected.equals(
                                before.path("metadata").path("resourceVersion").asText()))) {
            throw new Conflict();
        }
        meta.put("namespace", namespace);
        if (before != null) {
            meta.set("uid", before.path("metadata").path("uid"));
        } else if (meta.path("uid").asText("").isEmpty()) {
            meta.put("uid", "uid-" + ++uids);
        }
        meta.put("resourceVersion", Long.toString(++version));
        objects.put(key, mine);
        tell(new Event(key, version, before == null ? "ADDED" : "MODIFIED", mine));
        return mine.deepCopy();
    }

    synchronized Optional<ObjectNode> delete(String kind, String namespace, String name) {
        ObjectNode gone = objects.remove(prefix(kind, namespace) + name);
        if (gone != null) {
            gone.withObjectProperty("metadata").put("resourceVersion", Long.toString(++version));
            tell(new Event(prefix(kind, namespace) + name, version, "DELETED", gone));
        }
        return Optional.ofNullable(gone);
    }

    /**
     * Tells what has changed since a version, and goes on until the returned is run.
     *
     * @throws Gone when nobody remembers so far back
     */
    synchronized Runnable watch(
            String kind, String namespace, long since, Predicate<ObjectNode> wanted, Consumer<Event> told) throws Gone {
        if (since < oldest) {
            throw new Gone();
        }
        Watcher watcher = new Watcher(prefix(kind, namespace), wanted, told);
        history.stream().filter(event -> event.version() > since).forEach(event -> pass(event, watcher));
        watchers.add(watcher);
        return () -> {
            synchronized (this) {
                watchers.remove(watcher);
            }
        };
    }

    synchronized int watchers() {
        return watchers.size();
    }

    /** As a real one does from time to time. */
    synchronized void forgetHistory() {
        history.clear();
        oldest = ++version;
    }

    private void tell(Event event) {
        history.add(event);
        if (history.size() > HISTORY_MAX) {
            oldest = history.removeFirst().version();
        }
        List.copyOf(watchers).forEach(watcher -> pass(event, watcher));
    }

    private static void pass(Event event, Watcher watcher) {
        if (event.key().startsWith(watcher.prefix()) && watcher.wanted().test(event.object())) {
            watcher.told().accept(event);
        }
    }

    ObjectNode object() {
        return json.createObjectNode();
    }
}

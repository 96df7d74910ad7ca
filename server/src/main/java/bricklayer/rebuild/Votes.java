package bricklayer.rebuild;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What several places say of the same row. */
final class Votes<V> {

    private final Map<V, List<String>> saidBy = new LinkedHashMap<>();

    void add(V value, String where) {
        saidBy.computeIfAbsent(value, none -> new ArrayList<>()).add(where);
    }

    /** What most say; of two that as many say, what was heard first. Whoever disagrees is reported. */
    V decide(String object, Findings findings, Function<V, Object> shown) {
        Map.Entry<V, List<String>> most = saidBy.entrySet().iterator().next();
        for (Map.Entry<V, List<String>> entry : saidBy.entrySet()) {
            if (entry.getValue().size() > most.getValue().size()) {
                most = entry;
            }
        }
        for (Map.Entry<V, List<String>> entry : saidBy.entrySet()) {
            if (!entry.getKey().equals(most.getKey())) {
                findings.contradiction(
                        object,
                        most.getValue().size() + " say " + shown.apply(most.getKey()) + ", which was taken; "
                                + String.join(", ", entry.getValue()) + " "
                                + (entry.getValue().size() == 1 ? "says " : "say ")
                                + shown.apply(entry.getKey()) + ". Correct it if it is wrong");
            }
        }
        return most.getKey();
    }
}

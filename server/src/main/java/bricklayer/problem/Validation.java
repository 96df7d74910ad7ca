package bricklayer.problem;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Collects what is wrong with the fields of one request, so that the caller learns all of it at once.
 *
 * <p>The text is Heketi's: {@code validation failed: <key>: <reason>; <key>: <reason>.}, keys sorted, a nested object as
 * {@code hostnames: (manage: cannot be blank.).}. One thread, one request.
 */
public final class Validation {

    private final Map<String, String> reasons = new TreeMap<>();

    /**
     * One field.
     *
     * @param key the JSON name of the field
     * @param rules what {@link Rules} say about its value, in the order of importance; the first that says anything counts
     */
    @SafeVarargs
    public final Validation field(String key, Optional<String>... rules) {
        for (Optional<String> rule : rules) {
            if (rule.isPresent()) {
                reasons.putIfAbsent(key, rule.get());
                break;
            }
        }
        return this;
    }

    /** Fields inside the object {@code key}. */
    public Validation nested(String key, Validation fields) {
        return fields.reasons.isEmpty() ? this : field(key, Optional.of("(" + fields.sentence() + ")"));
    }

    /**
     * Returns when nothing is wrong.
     *
     * @throws Problem 400 when a field has something wrong
     */
    public void orThrow() {
        if (!reasons.isEmpty()) {
            throw Problem.of(400, "invalid", "validation failed: " + sentence())
                    .detail("fields", new TreeMap<>(reasons))
                    .next("correct the fields named and send the request again");
        }
    }

    private String sentence() {
        return reasons.entrySet().stream()
                        .map(reason -> reason.getKey() + ": " + reason.getValue())
                        .collect(Collectors.joining("; "))
                + ".";
    }
}

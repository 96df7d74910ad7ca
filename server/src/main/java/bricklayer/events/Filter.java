package bricklayer.events;

import java.util.Set;

/**
 * Which events a reader wants: those that fit everything it named.
 *
 * @param kinds empty for all
 * @param ids of objects or operations; empty for all
 * @param clusters empty for all
 * @param operations those that did it; empty for all
 */
record Filter(Set<EventKind> kinds, Set<String> ids, Set<String> clusters, Set<String> operations) {

    static final Filter ALL = new Filter(Set.of(), Set.of(), Set.of(), Set.of());

    Filter {
        kinds = Set.copyOf(kinds);
        ids = Set.copyOf(ids);
        clusters = Set.copyOf(clusters);
        operations = Set.copyOf(operations);
    }

    boolean fits(Happening what) {
        return fits(kinds, what.kind())
                && fits(ids, what.id())
                && fits(clusters, what.cluster())
                && fits(operations, what.operation());
    }

    private static <T> boolean fits(Set<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}

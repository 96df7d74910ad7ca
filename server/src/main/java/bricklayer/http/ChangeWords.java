package bricklayer.http;

import bricklayer.operation.RowChange;
import java.util.Set;

/**
 * What {@code GET /operations/pending/{id}} says of each row that an operation changes: Heketi's words where Heketi has some, which depend on the kind of the operation, and words of the same form
 * elsewhere.
 */
public final class ChangeWords {

    /** Tables whose rows have no place in the API. */
    private static final Set<String> INTERNAL = Set.of("unstamped");

    private ChangeWords() {}

    static boolean concernsClients(RowChange change) {
        return !INTERNAL.contains(change.table().name());
    }

    /**
     * @param kind of the operation
     */
    public static String describe(String kind, RowChange change) {
        String thing = thing(change.table().name());
        if (kind.equals("clone-volume") && thing.equals("volume")) {
            return change instanceof RowChange.Create<?, ?> ? "Expand volume to" : "Clone volume from";
        }
        if (kind.equals("remove-device") && thing.equals("device")) {
            return "Remove device";
        }
        return switch (change) {
            case RowChange.Create<?, ?> _ -> "Add " + thing;
            case RowChange.Delete<?, ?> _ -> "Delete " + thing;
            case RowChange.Update<?, ?> _ -> (kind.equals(expanding(thing)) ? "Expand " : "Change ") + thing;
            case RowChange.Hold<?, ?> _ -> "Hold " + thing;
        };
    }

    private static String expanding(String thing) {
        return "expand-" + thing.replace(' ', '-');
    }

    /** One row of a table, in words. */
    private static String thing(String table) {
        String singular = table.endsWith("s") ? table.substring(0, table.length() - 1) : table;
        return singular.equals("blockvolume") ? "block volume" : singular.replace('-', ' ');
    }
}

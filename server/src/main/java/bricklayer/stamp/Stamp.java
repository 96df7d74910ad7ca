package bricklayer.stamp;

import bricklayer.operation.Step;
import java.util.List;

/**
 * A place on a node that says something else than the records.
 *
 * @param kind of the row whose place it is: a device's volume group, a volume's gluster volume
 * @param id of the row
 * @param name of the volume group or gluster volume
 * @param where host names that know of it
 * @param add what it shall say, as {@code key=value}
 * @param remove what it says and shall not say any more
 * @param step puts it right
 */
record Stamp(
        Unstamped.Kind kind,
        String id,
        String name,
        List<String> where,
        List<String> add,
        List<String> remove,
        Step step) {

    Stamp {
        where = List.copyOf(where);
        add = List.copyOf(add);
        remove = List.copyOf(remove);
    }
}

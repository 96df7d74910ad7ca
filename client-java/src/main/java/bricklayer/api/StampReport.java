package bricklayer.api;

import java.util.List;

/**
 * Answer of {@code GET /stamp}: where the nodes say something else about the records than the records.
 *
 * @param unknown what could not be compared
 * @param due changes that the nodes have not been told of; they will be, as soon as they can be reached
 */
public record StampReport(List<Difference> differences, List<Unknown> unknown, int due) {

    public StampReport {
        differences = Absent.list(differences);
        unknown = Absent.list(unknown);
    }

    /**
     * One place.
     *
     * @param kind {@code device} or {@code volume}
     * @param id of the device or volume
     * @param name of its volume group or gluster volume
     * @param where hosts that know of it
     * @param add what it shall say, each {@code key=value}
     * @param remove what it says now instead
     */
    public record Difference(
            String kind, String id, String name, List<String> where, List<String> add, List<String> remove) {

        public Difference {
            where = Absent.list(where);
            add = Absent.list(add);
            remove = Absent.list(remove);
        }
    }

    /**
     * What could not be compared.
     *
     * @param id of the device or volume
     */
    public record Unknown(String id, String why) {}
}

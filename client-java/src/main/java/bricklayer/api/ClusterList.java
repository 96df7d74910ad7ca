package bricklayer.api;

import java.util.List;

/** Ids, ascending. */
public record ClusterList(List<String> clusters) {

    public ClusterList {
        clusters = Absent.texts(clusters);
    }
}

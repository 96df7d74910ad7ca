package bricklayer.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What makes a service what a topology file says. Nothing is ever removed.
 *
 * @param changes in the order in which they are made
 * @param differing what the file says otherwise and what no request can change, one a line
 * @param notInFile clusters, nodes, devices and tags that are there and of which the file says nothing
 */
public record TopologyPlan(
        List<TopologyChange> changes,
        List<String> differing,
        @JsonProperty("not_in_file") List<String> notInFile) {

    public TopologyPlan {
        changes = changes == null ? List.of() : List.copyOf(changes);
        differing = differing == null ? List.of() : List.copyOf(differing);
        notInFile = notInFile == null ? List.of() : List.copyOf(notInFile);
    }
}

package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A cluster. All lists hold ids, ascending, and are written even when empty. */
public record ClusterInfo(
        String id,
        List<String> nodes,
        List<String> volumes,
        boolean block,
        boolean file,
        @JsonProperty("blockvolumes") List<String> blockVolumes) {

    public ClusterInfo {
        id = Absent.text(id);
        nodes = Absent.texts(nodes);
        volumes = Absent.texts(volumes);
        blockVolumes = Absent.texts(blockVolumes);
    }
}

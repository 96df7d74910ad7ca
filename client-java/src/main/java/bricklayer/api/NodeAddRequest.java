package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/** Body of {@code POST /nodes}. */
public record NodeAddRequest(
        int zone,
        Hostnames hostnames,
        String cluster,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> tags) {

    public NodeAddRequest {
        hostnames = hostnames == null ? Hostnames.NONE : hostnames;
        cluster = Absent.text(cluster);
        tags = Absent.tags(tags);
    }
}

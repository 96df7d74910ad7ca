package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Body of {@code POST /blockvolumes}.
 *
 * @param name empty for {@code blockvol_<id>}
 * @param clusters ids to choose from; empty for all
 * @param haCount on how many hosts; 0 for all
 * @param auth with CHAP user and password
 */
public record BlockVolumeCreateRequest(
        @JsonProperty("size") long sizeGiB,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> clusters,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("hacount")
        int haCount,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean auth) {

    public BlockVolumeCreateRequest {
        clusters = Absent.texts(clusters);
        name = Absent.text(name);
    }
}

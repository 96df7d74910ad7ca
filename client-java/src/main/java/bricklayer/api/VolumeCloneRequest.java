package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Body of {@code POST /volumes/{id}/clone}.
 *
 * @param name empty for {@code vol_<id of the clone>}
 */
public record VolumeCloneRequest(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name) {

    public VolumeCloneRequest {
        name = Absent.text(name);
    }
}

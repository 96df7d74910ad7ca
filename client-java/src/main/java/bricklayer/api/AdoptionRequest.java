package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Body of {@code POST /adoptions}.
 *
 * @param volume gluster's name for it; or the id of one that was adopted for reading only and is to be managed
 * @param cluster id; empty for any, if only one has such a volume
 * @param managed whether it becomes a volume like those made here, instead of one for reading only
 */
public record AdoptionRequest(
        String volume,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String cluster,
        boolean managed) {

    public AdoptionRequest {
        volume = Absent.text(volume);
        cluster = Absent.text(cluster);
    }
}

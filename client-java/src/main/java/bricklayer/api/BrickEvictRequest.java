package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Optional body of {@code POST /bricks/to-evict/{id}}.
 *
 * @param healCheck empty, {@code enable} or {@code disable}
 */
public record BrickEvictRequest(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("healcheck")
        String healCheck) {

    public BrickEvictRequest {
        healCheck = Absent.text(healCheck);
    }
}

package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Body of {@code POST /nodes/{id}/state} and {@code POST /devices/{id}/state}.
 *
 * @param state {@code online}, {@code offline} or {@code failed}
 * @param healCheck empty, {@code enable} or {@code disable}
 */
public record StateRequest(
        String state,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("healcheck")
        String healCheck) {

    public StateRequest {
        state = Absent.text(state);
        healCheck = Absent.text(healCheck);
    }
}

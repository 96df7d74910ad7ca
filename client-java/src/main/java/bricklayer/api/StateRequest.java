package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Body of {@code POST /nodes/{id}/state} and {@code POST /devices/{id}/state}.
 *
 * @param state {@code online}, {@code offline} or {@code failed}
 * @param healCheck empty, {@code enable} or {@code disable}
 * @param prefer id of the node that bricks move to where they can, when a node is given up; empty for none
 */
public record StateRequest(
        String state,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("healcheck")
        String healCheck,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) String prefer) {

    public StateRequest {
        prefer = Absent.text(prefer);
        state = Absent.text(state);
        healCheck = Absent.text(healCheck);
    }

    /** Without a preference. */
    public StateRequest(String state, String healCheck) {
        this(state, healCheck, "");
    }
}

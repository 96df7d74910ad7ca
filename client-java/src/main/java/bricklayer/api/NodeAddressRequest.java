package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Body of {@code POST /nodes/{id}/address}; at least one is named.
 *
 * @param manage the name under which the server reaches the node; empty to leave it
 * @param storage a name under which the nodes reach it; empty to leave it
 */
public record NodeAddressRequest(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String manage,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String storage) {

    public NodeAddressRequest {
        manage = Absent.text(manage);
        storage = Absent.text(storage);
    }
}

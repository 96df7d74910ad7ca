package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Body of {@code POST /volumes/{id}/expand}.
 *
 * @param addGiB how much to add; not the new size
 */
public record VolumeExpandRequest(
        @JsonProperty("expand_size") long addGiB) {}

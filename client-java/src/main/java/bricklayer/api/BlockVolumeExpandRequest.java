package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Body of {@code POST /blockvolumes/{id}/expand}.
 *
 * @param totalGiB the new size; not how much to add
 */
public record BlockVolumeExpandRequest(
        @JsonProperty("new_size") long totalGiB) {}

package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Answer of {@code GET /operations}: how many operations there are in each state.
 *
 * @param inFlight run by this process at this moment
 * @param stale found at the last start, or left without anybody running them
 * @param failed neither done nor undone
 * @param fresh recorded, neither stale nor failed
 */
public record OperationsInfo(
        int total,
        @JsonProperty("in_flight") int inFlight,
        int stale,
        int failed,
        @JsonProperty("new") int fresh) {}

package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Optional body of {@code DELETE /devices/{id}}.
 *
 * @param forceForget forget the device even if cleaning up on its node fails
 */
public record DeviceDeleteRequest(
        @JsonProperty("forceforget") boolean forceForget) {}

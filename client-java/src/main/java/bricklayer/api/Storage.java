package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Space on a device, in KiB. */
public record Storage(
        @JsonProperty("total") long totalKiB,
        @JsonProperty("free") long freeKiB,
        @JsonProperty("used") long usedKiB) {

    public static final Storage NONE = new Storage(0, 0, 0);
}

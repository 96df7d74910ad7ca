package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A brick. All keys are always written; device, node and volume are ids. */
public record BrickInfo(
        String id,
        String path,
        String device,
        String node,
        String volume,
        @JsonProperty("size") long sizeKiB) {

    public BrickInfo {
        id = Absent.text(id);
        path = Absent.text(path);
        device = Absent.text(device);
        node = Absent.text(node);
        volume = Absent.text(volume);
    }
}

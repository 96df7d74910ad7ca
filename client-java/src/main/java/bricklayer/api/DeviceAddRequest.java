package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * Body of {@code POST /devices}.
 *
 * @param node the node's id
 * @param destroyData wipe what the device holds when it cannot be set up otherwise
 */
public record DeviceAddRequest(
        String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> tags,
        String node,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("destroydata")
        boolean destroyData) {

    public DeviceAddRequest {
        name = Absent.text(name);
        tags = Absent.tags(tags);
        node = Absent.text(node);
    }
}

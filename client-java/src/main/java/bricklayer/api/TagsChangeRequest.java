package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * Body of {@code POST /nodes/{id}/tags} and {@code POST /devices/{id}/tags}; the answer is the resulting map itself.
 *
 * @param changeType {@code set} (replace all), {@code update} (merge) or {@code delete} (the named keys)
 */
public record TagsChangeRequest(@JsonProperty("change_type") String changeType, Map<String, String> tags) {

    public TagsChangeRequest {
        changeType = Absent.text(changeType);
        tags = Absent.tags(tags);
    }
}

package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * A node with all its devices.
 *
 * @param state {@code online}, {@code offline} or {@code failed}
 * @param devices ascending by id
 */
public record NodeInfo(
        int zone,
        Hostnames hostnames,
        String cluster,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> tags,
        String id,
        String state,
        List<DeviceInfo> devices) {

    public NodeInfo {
        hostnames = hostnames == null ? Hostnames.NONE : hostnames;
        cluster = Absent.text(cluster);
        tags = Absent.tags(tags);
        id = Absent.text(id);
        state = Absent.text(state);
        devices = Absent.list(devices);
    }
}

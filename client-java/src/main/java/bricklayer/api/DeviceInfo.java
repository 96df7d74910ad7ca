package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A device with the bricks on it.
 *
 * @param paths other names of the device on its node
 * @param pvUuid what LVM calls the physical volume; empty when not known
 * @param state {@code online}, {@code offline} or {@code failed}
 * @param bricks ascending by id
 */
public record DeviceInfo(
        String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> tags,
        Storage storage,
        String id,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> paths,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("pv_uuid")
        String pvUuid,

        String state,
        List<BrickInfo> bricks) {

    public DeviceInfo {
        name = Absent.text(name);
        tags = Absent.tags(tags);
        storage = storage == null ? Storage.NONE : storage;
        id = Absent.text(id);
        paths = Absent.texts(paths);
        pvUuid = Absent.text(pvUuid);
        state = Absent.text(state);
        bricks = Absent.list(bricks);
    }
}

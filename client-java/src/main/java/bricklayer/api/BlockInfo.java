package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a block hosting volume has left to give. Written as <code>{}</code> for other volumes.
 *
 * @param blockVolumes ids, ascending
 * @param restriction empty, {@code locked} or {@code locked-by-update}
 */
public record BlockInfo(
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("freesize")
        long freeGiB,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("reservedsize")
        long reservedGiB,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("blockvolume")
        List<String> blockVolumes,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) String restriction) {

    public static final BlockInfo NONE = new BlockInfo(0, 0, List.of(), "");

    public BlockInfo {
        blockVolumes = Absent.texts(blockVolumes);
        restriction = Absent.text(restriction);
    }
}

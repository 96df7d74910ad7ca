package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Ids, ascending. */
public record BlockVolumeList(@JsonProperty("blockvolumes") List<String> blockVolumes) {

    public BlockVolumeList {
        blockVolumes = Absent.texts(blockVolumes);
    }
}

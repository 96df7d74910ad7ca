package bricklayer.api;

import java.util.List;

/** Ids, ascending. */
public record VolumeList(List<String> volumes) {

    public VolumeList {
        volumes = Absent.texts(volumes);
    }
}

package bricklayer.lvm;

import java.util.List;

/** All physical volumes of a host, and the volume groups that they make. */
public record GroupsSeen(List<PvSeen> physicalVolumes, List<VgSeen> groups) {

    public GroupsSeen {
        physicalVolumes = List.copyOf(physicalVolumes);
        groups = List.copyOf(groups);
    }
}

package bricklayer.adopt;

import bricklayer.api.AdoptionList;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Volume;
import java.util.ArrayList;
import java.util.List;

/**
 * A gluster volume as its records would be, for reading only.
 *
 * @param recorded whether it was adopted before, for reading only
 * @param bricks in gluster's order; one that lies on no node of the records is left out
 * @param names {@code host:path} as gluster has them, in the same order as it shows them
 * @param obstacles why it cannot be adopted at all; empty when it can
 * @param unmanageable why it can be adopted for reading only; empty when it can be managed
 * @param notes what is worth knowing, and no obstacle
 */
record Candidate(
        Volume volume,
        boolean recorded,
        String type,
        List<Brick> bricks,
        List<String> names,
        List<String> obstacles,
        List<String> unmanageable,
        List<String> notes) {

    Candidate {
        bricks = List.copyOf(bricks);
        names = List.copyOf(names);
        obstacles = List.copyOf(obstacles);
        unmanageable = List.copyOf(unmanageable);
        notes = List.copyOf(notes);
    }

    AdoptionList.Candidate onTheWire() {
        List<AdoptionList.Brick> shown = new ArrayList<>();
        for (String name : names) {
            String path = name.substring(name.indexOf(":/") + 1);
            AdoptionList.Brick brick = bricks.stream()
                    .filter(candidate -> candidate.path().equals(path) && names.indexOf(name) == candidate.position())
                    .findFirst()
                    .map(found -> new AdoptionList.Brick(
                            name, found.node().value(), found.device().value(), found.lv(), found.sizeKiB()))
                    .orElse(new AdoptionList.Brick(name, "", "", "", 0));
            shown.add(brick);
        }
        return new AdoptionList.Candidate(
                volume.name(),
                volume.cluster().value(),
                volume.id().value(),
                recorded ? "read-only" : "orphan",
                type,
                volume.sizeGiB(),
                shown,
                obstacles,
                unmanageable,
                notes);
    }
}

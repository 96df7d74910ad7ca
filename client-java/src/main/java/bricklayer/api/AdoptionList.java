package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Answer of {@code GET /adoptions}: gluster volumes that no record names, and those that were adopted for reading only.
 *
 * @param unknown clusters that could not be asked
 */
public record AdoptionList(List<Candidate> volumes, List<Unknown> unknown) {

    public AdoptionList {
        volumes = Absent.list(volumes);
        unknown = Absent.list(unknown);
    }

    /**
     * One volume.
     *
     * @param id that it has, or would get; a new one is another each time
     * @param state {@code orphan}, or {@code read-only} when it was adopted
     * @param type in gluster's words
     * @param sizeGiB as it was recorded, or as its bricks are
     * @param bricks in gluster's order
     * @param obstacles why it cannot be adopted; empty when it can
     * @param unmanageable why it can be adopted for reading only; empty when it can be managed
     * @param notes what is worth knowing besides
     */
    public record Candidate(
            String name,
            String cluster,
            String id,
            String state,
            String type,
            @JsonProperty("size") long sizeGiB,
            List<Brick> bricks,
            List<String> obstacles,
            List<String> unmanageable,
            List<String> notes) {

        public Candidate {
            name = Absent.text(name);
            cluster = Absent.text(cluster);
            id = Absent.text(id);
            state = Absent.text(state);
            type = Absent.text(type);
            bricks = Absent.list(bricks);
            obstacles = Absent.texts(obstacles);
            unmanageable = Absent.texts(unmanageable);
            notes = Absent.texts(notes);
        }
    }

    /**
     * One brick.
     *
     * @param name {@code host:path}, as gluster has it
     * @param node id; empty when the host is no node of the records
     * @param device id; empty when it lies on none of the records
     * @param lv its logical volume on the device; empty likewise
     * @param sizeKiB of its logical volume, or of its part of the file system that it lies on
     */
    public record Brick(
            String name,
            String node,
            String device,
            String lv,
            @JsonProperty("size") long sizeKiB) {

        public Brick {
            name = Absent.text(name);
            node = Absent.text(node);
            device = Absent.text(device);
            lv = Absent.text(lv);
        }
    }

    /**
     * A cluster that could not be asked.
     *
     * @param cluster id
     */
    public record Unknown(String cluster, String why) {

        public Unknown {
            cluster = Absent.text(cluster);
            why = Absent.text(why);
        }
    }
}

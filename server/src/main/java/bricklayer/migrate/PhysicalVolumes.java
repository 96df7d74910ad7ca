package bricklayer.migrate;

import bricklayer.inventory.Node;
import java.util.Map;
import java.util.Optional;

/** Which physical volume each volume group of a node lies on. Heketi's dumps say it from release 10 on. */
public interface PhysicalVolumes {

    /** For a dump that is looked at far from its nodes. */
    PhysicalVolumes UNKNOWN = node -> Optional.empty();

    /**
     * LVM's ids of physical volumes, by the name of the group on them.
     *
     * @return empty when the node does not tell
     */
    Optional<Map<String, String>> byGroup(Node node);
}

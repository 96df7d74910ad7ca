package bricklayer.inventory;

import bricklayer.store.Index;
import bricklayer.store.Row;
import bricklayer.store.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A block device that was given to the service: one physical volume in a volume group of its own. How much of it is free is derived from the bricks on
 * it and never stored.
 *
 * @param name the path it was given by
 * @param totalKiB size of the volume group, LVM's own metadata not counted; 0 until the group was made
 * @param extentKiB LVM allocates in these
 * @param pvUuid chosen by us before the physical volume is made, so that ours can be told from another's
 * @param paths other names of the device on its node; may be empty
 * @param foreignKiB what its last resync found allocated beyond our bricks, below 0 when some of ours was missing; empty until its first. A fact about then: it does not follow
 *     from the other rows, and takes part in nothing
 */
public record Device(
        DeviceId id,
        NodeId node,
        String name,
        Map<String, String> tags,
        State state,
        long totalKiB,
        long extentKiB,
        String pvUuid,
        List<String> paths,
        Optional<Long> foreignKiB)
        implements Row<DeviceId> {

    /** Of all devices of a node. */
    public static final String MOUNT_ROOT = "/var/lib/heketi/mounts";

    public static final long DEFAULT_EXTENT_KIB = 4096;

    public static final Index<Device> BY_NODE =
            new Index<>("node", device -> List.of(device.node().value()));

    public static final Index<Device> BY_PV_UUID = new Index<>("pv-uuid", device -> List.of(device.pvUuid()));

    public static final Table<DeviceId, Device> TABLE = Table.of("devices", 1, Device.class, DeviceId::new)
            .indexedBy(BY_NODE)
            .indexedBy(BY_PV_UUID);

    public Device {
        tags = Map.copyOf(tags);
        paths = List.copyOf(paths);
    }

    /** A device that was never measured after it was added. */
    public Device(
            DeviceId id,
            NodeId node,
            String name,
            Map<String, String> tags,
            State state,
            long totalKiB,
            long extentKiB,
            String pvUuid,
            List<String> paths) {
        this(id, node, name, tags, state, totalKiB, extentKiB, pvUuid, paths, Optional.empty());
    }

    public String volumeGroup() {
        return "vg_" + id.value();
    }

    /** The folder that holds the mount points of the device's bricks. */
    public String mountRoot() {
        return MOUNT_ROOT + "/" + volumeGroup();
    }

    public Device with(State next) {
        return new Device(id, node, name, tags, next, totalKiB, extentKiB, pvUuid, paths, foreignKiB);
    }

    public Device withTags(Map<String, String> next) {
        return new Device(id, node, name, next, state, totalKiB, extentKiB, pvUuid, paths, foreignKiB);
    }

    public Device withSize(long newTotalKiB, long newExtentKiB) {
        return new Device(id, node, name, tags, state, newTotalKiB, newExtentKiB, pvUuid, paths, foreignKiB);
    }

    public Device withForeign(long kib) {
        return new Device(id, node, name, tags, state, totalKiB, extentKiB, pvUuid, paths, Optional.of(kib));
    }
}

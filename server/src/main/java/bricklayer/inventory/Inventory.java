package bricklayer.inventory;

import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import bricklayer.store.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Questions about a picture of the rows that more than one feature asks. Holds no state. */
public final class Inventory {

    /** The kind of operation that moves a brick. */
    public static final String EVICT_BRICK = "evict-brick";

    /** The kind of operation that removes a brick that was replaced, when its node could not be reached at that time. */
    public static final String DISCARD_BRICK = "discard-brick";

    private Inventory() {}

    public static List<Cluster> clusters(Rows rows) {
        return StreamSupport.stream(rows.all(Cluster.TABLE).spliterator(), false)
                .toList();
    }

    /** Nodes of a cluster, ascending by id. */
    public static List<Node> nodes(Rows rows, ClusterId cluster) {
        return rows.find(Node.TABLE, Node.BY_CLUSTER, cluster.value());
    }

    /** Devices of a node, ascending by id. */
    public static List<Device> devices(Rows rows, NodeId node) {
        return rows.find(Device.TABLE, Device.BY_NODE, node.value());
    }

    /** Bricks on a device, ascending by id; those of operations that have not ended included. */
    public static List<Brick> bricksOn(Rows rows, DeviceId device) {
        return rows.find(Brick.TABLE, Brick.BY_DEVICE, device.value());
    }

    /** The bricks that make up a volume, in gluster's order; those that an open operation adds included. */
    public static List<Brick> bricksOf(Rows rows, VolumeId volume) {
        return rows.find(Brick.TABLE, Brick.BY_VOLUME, volume.value()).stream()
                .filter(brick -> isMember(rows, brick))
                .sorted((a, b) -> Integer.compare(a.position(), b.position()))
                .toList();
    }

    /** Whether a brick is one of its volume's: not one that is being made to replace another, nor one that was replaced. */
    public static boolean isMember(Rows rows, Brick brick) {
        return Operation.holding(rows, Brick.TABLE, brick.id())
                .filter(holder -> onlyTakesSpace(holder)
                        || (holder.kind().equals(EVICT_BRICK) && Operation.beingCreated(rows, Brick.TABLE, brick.id())))
                .isEmpty();
    }

    /** Whether a brick was replaced, or its operation abandoned, and it only takes space until it can be removed from its node. */
    public static boolean isDiscarded(Rows rows, Brick brick) {
        return Operation.holding(rows, Brick.TABLE, brick.id())
                .filter(Inventory::onlyTakesSpace)
                .isPresent();
    }

    private static boolean onlyTakesSpace(Operation holder) {
        return holder.kind().equals(DISCARD_BRICK) || holder.state() == OperationState.ABANDONED;
    }

    public static long usedKiB(Rows rows, Device device) {
        return rows.total(Brick.TABLE, Brick.SPACE_ON_DEVICE, device.id().value());
    }

    public static long freeKiB(Rows rows, Device device) {
        return device.totalKiB() - usedKiB(rows, device);
    }

    /** A node's tags overlaid with its device's. */
    public static Map<String, String> effectiveTags(Node node, Device device) {
        Map<String, String> tags = new HashMap<>(node.tags());
        tags.putAll(device.tags());
        return tags;
    }

    /** A volume that callers may see: not being created, deleted, or made from another. */
    public static Optional<Volume> visibleVolume(Rows rows, VolumeId id) {
        return rows.get(Volume.TABLE, id).filter(volume -> isVisible(rows, volume));
    }

    public static boolean isVisible(Rows rows, Volume volume) {
        return !Operation.beingCreated(rows, Volume.TABLE, volume.id())
                && !Operation.beingDeleted(rows, Volume.TABLE, volume.id());
    }

    /** Whether a clone is being made of it. Heketi's clients are told then that there is no such volume, though it is listed. */
    public static boolean isBeingCloned(Rows rows, Volume volume) {
        return isVisible(rows, volume)
                && Operation.holding(rows, Volume.TABLE, volume.id())
                        .filter(operation -> operation.kind().equals("clone-volume"))
                        .isPresent();
    }

    /** Nodes and devices appear in answers once the operation that adds them has ended. */
    public static boolean isVisible(Rows rows, Node node) {
        return !Operation.beingCreated(rows, Node.TABLE, node.id());
    }

    public static boolean isVisible(Rows rows, Device device) {
        return !Operation.beingCreated(rows, Device.TABLE, device.id());
    }

    /** Block volumes of a hosting volume, ascending by id; those of operations that have not ended included. */
    public static List<BlockVolume> blockVolumesOn(Rows rows, VolumeId hostingVolume) {
        return rows.find(BlockVolume.TABLE, BlockVolume.BY_HOSTING_VOLUME, hostingVolume.value());
    }

    public static boolean isVisible(Rows rows, BlockVolume block) {
        return !Operation.beingCreated(rows, BlockVolume.TABLE, block.id())
                && !Operation.beingDeleted(rows, BlockVolume.TABLE, block.id());
    }
}

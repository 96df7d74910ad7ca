package bricklayer.brick.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongBiFunction;

/**
 * The nodes and devices of one cluster at one moment.
 *
 * <p>Immutable. Building it costs a sort of the devices; it may be kept for as long as nodes, devices and tags
 * stay as they are, and told of changed free space by {@link #withFree}, which shares all else. The order in
 * which nodes and devices are given does not matter.
 */
public final class Topology {

    /**
     * A machine.
     *
     * @param zone any number; nodes of one zone tend to fail together
     */
    public record Node(String id, int zone, Map<String, String> tags, Availability availability) {

        public Node {
            Objects.requireNonNull(id, "id");
            tags = Map.copyOf(tags);
            Objects.requireNonNull(availability, "availability");
        }
    }

    /**
     * A disk of a node.
     *
     * @param freeKiB pools of pending operations taken off; below zero on a device that shrank
     * @param tags lie over those of the node
     * @param availability of the device by itself; its node's is looked at first
     */
    public record Device(
            String id,
            String nodeId,
            long freeKiB,
            long extentKiB,
            Map<String, String> tags,
            Availability availability) {

        public Device {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(nodeId, "nodeId");
            if (extentKiB < 1) {
                throw new IllegalArgumentException("device " + id + " has extents of " + extentKiB + " KiB");
            }
            tags = Map.copyOf(tags);
            Objects.requireNonNull(availability, "availability");
        }
    }

    private final Shape shape;
    private final long[] free;

    private Topology(Shape shape, long[] free) {
        this.shape = shape;
        this.free = free;
    }

    /**
     * Takes the picture.
     *
     * @throws IllegalArgumentException when an id is there twice, or a device's node is not there
     */
    public static Topology of(Collection<Node> nodes, Collection<Device> devices) {
        Shape shape = new Shape(nodes, devices);
        long[] free = shape.devices.stream().mapToLong(Device::freeKiB).toArray();
        return new Topology(shape, free);
    }

    /**
     * The same with other free space on some devices.
     *
     * @throws IllegalArgumentException when a device is not there
     */
    public Topology withFree(Map<String, Long> freeKiBByDevice) {
        long[] changed = free.clone();
        freeKiBByDevice.forEach((id, kib) -> {
            Integer device = shape.deviceNumbers.get(id);
            if (device == null) {
                throw new IllegalArgumentException("device " + id + " is not in this topology");
            }
            changed[device] = kib;
        });
        return new Topology(shape, changed);
    }

    /** The same with other free space: that of each device, by its id and what it has here. */
    public Topology withFree(ToLongBiFunction<String, Long> freeKiB) {
        long[] changed = new long[free.length];
        for (int d = 0; d < changed.length; d++) {
            changed[d] = freeKiB.applyAsLong(shape.devices.get(d).id(), free[d]);
        }
        return new Topology(shape, changed);
    }

    int nodeCount() {
        return shape.nodeCount;
    }

    int zoneCount() {
        return shape.zoneCount;
    }

    /** Devices are numbered from 0 in the order of their ids. */
    int deviceCount() {
        return free.length;
    }

    String deviceId(int device) {
        return shape.devices.get(device).id();
    }

    String nodeId(int device) {
        return shape.devices.get(device).nodeId();
    }

    /** Nodes are numbered from 0. */
    int node(int device) {
        return shape.nodeOf[device];
    }

    int nodeNumber(String nodeId) {
        Integer node = shape.nodeNumbers.get(nodeId);
        if (node == null) {
            throw new IllegalArgumentException("node " + nodeId + " is not in this topology");
        }
        return node;
    }

    /** Zones are numbered from 0, which is not the number that their nodes carry. */
    int zone(int device) {
        return shape.zoneOfNode[shape.nodeOf[device]];
    }

    int zoneOfNode(int node) {
        return shape.zoneOfNode[node];
    }

    int zoneName(int device) {
        return shape.zoneNames[zone(device)];
    }

    long[] freeKiB() {
        return free.clone();
    }

    long extentKiB(int device) {
        return shape.devices.get(device).extentKiB();
    }

    Map<String, String> tags(int device) {
        return shape.tags.get(device);
    }

    ArbiterUse arbiterUse(int device) {
        return shape.arbiterUse[device];
    }

    Availability availability(int device) {
        return shape.availability[device];
    }

    /** All that does not change with free space. */
    private static final class Shape {
        final List<Device> devices;
        final Map<String, Integer> deviceNumbers = new HashMap<>();
        final Map<String, Integer> nodeNumbers = new HashMap<>();
        final int nodeCount;
        final int zoneCount;
        final int[] nodeOf;
        final int[] zoneOfNode;
        final int[] zoneNames;
        final List<Map<String, String>> tags;
        final ArbiterUse[] arbiterUse;
        final Availability[] availability;

        Shape(Collection<Node> unsortedNodes, Collection<Device> unsortedDevices) {
            List<Node> nodes = unsortedNodes.stream()
                    .sorted(Comparator.comparing(Node::id))
                    .toList();
            devices = unsortedDevices.stream()
                    .sorted(Comparator.comparing(Device::id))
                    .toList();
            nodeCount = nodes.size();
            zoneNames = nodes.stream().mapToInt(Node::zone).sorted().distinct().toArray();
            zoneCount = zoneNames.length;
            zoneOfNode = new int[nodeCount];
            for (int n = 0; n < nodeCount; n++) {
                zoneOfNode[n] = Arrays.binarySearch(zoneNames, nodes.get(n).zone());
                if (nodeNumbers.put(nodes.get(n).id(), n) != null) {
                    throw new IllegalArgumentException("node " + nodes.get(n).id() + " is there twice");
                }
            }
            nodeOf = new int[devices.size()];
            tags = new ArrayList<>(devices.size());
            arbiterUse = new ArbiterUse[devices.size()];
            availability = new Availability[devices.size()];
            for (int d = 0; d < devices.size(); d++) {
                Device device = devices.get(d);
                Integer number = nodeNumbers.get(device.nodeId());
                if (number == null) {
                    throw new IllegalArgumentException(
                            "device " + device.id() + " is on node " + device.nodeId() + ", which is not there");
                }
                if (deviceNumbers.put(device.id(), d) != null) {
                    throw new IllegalArgumentException("device " + device.id() + " is there twice");
                }
                Node node = nodes.get(number);
                nodeOf[d] = number;
                tags.add(overlaid(node.tags(), device.tags()));
                arbiterUse[d] = ArbiterUse.of(tags.get(d));
                availability[d] =
                        node.availability() == Availability.AVAILABLE ? device.availability() : node.availability();
            }
        }

        private static Map<String, String> overlaid(Map<String, String> below, Map<String, String> above) {
            if (above.isEmpty()) {
                return below;
            }
            if (below.isEmpty()) {
                return above;
            }
            Map<String, String> both = new HashMap<>(below);
            both.putAll(above);
            return Map.copyOf(both);
        }
    }
}

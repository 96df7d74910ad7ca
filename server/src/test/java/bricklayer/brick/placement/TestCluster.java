package bricklayer.brick.placement;

import bricklayer.brick.SizeLimits;
import bricklayer.brick.placement.Topology.Device;
import bricklayer.brick.placement.Topology.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds a topology; devices are named d1, d2, … in the order in which they are added, nodes likewise. */
final class TestCluster {

    static final long GIB = SizeLimits.KIB_PER_GIB;
    static final long EXTENT = 4096;

    final List<Node> nodes = new ArrayList<>();
    final List<Device> devices = new ArrayList<>();

    /** Empty disks of one size. */
    static TestCluster of(int zones, int nodesPerZone, int devicesPerNode, long deviceGiB) {
        TestCluster cluster = new TestCluster();
        for (int i = 0; i < zones * nodesPerZone; i++) {
            cluster.node(i % zones + 1);
            for (int d = 0; d < devicesPerNode; d++) {
                cluster.device(deviceGiB * GIB);
            }
        }
        return cluster;
    }

    TestCluster node(int zone) {
        return node(zone, Map.of(), Availability.AVAILABLE);
    }

    TestCluster node(int zone, Map<String, String> tags, Availability availability) {
        nodes.add(new Node("n" + (nodes.size() + 1), zone, tags, availability));
        return this;
    }

    /** On the node added last. */
    TestCluster device(long freeKiB) {
        return device(freeKiB, Map.of(), Availability.AVAILABLE);
    }

    TestCluster device(long freeKiB, Map<String, String> tags, Availability availability) {
        String node = nodes.getLast().id();
        devices.add(new Device("d" + (devices.size() + 1), node, freeKiB, EXTENT, tags, availability));
        return this;
    }

    Node nodeWithId(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
    }

    Device deviceWithId(String id) {
        return devices.stream()
                .filter(device -> device.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    Map<String, String> effectiveTags(Device device) {
        Map<String, String> tags = new HashMap<>(nodeWithId(device.nodeId()).tags());
        tags.putAll(device.tags());
        return tags;
    }

    Topology topology() {
        return Topology.of(nodes, devices);
    }
}

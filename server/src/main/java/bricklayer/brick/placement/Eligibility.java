package bricklayer.brick.placement;

import bricklayer.brick.placement.Verdict.Kind;
import java.util.stream.IntStream;

/** Which devices a volume may use at all, whatever its bricks' size and wherever the other bricks are. */
record Eligibility(Topology topology, PlacementRules rules) {

    /** What stands against a device; {@link Kind#NOT_NEEDED} when nothing does. */
    Kind against(int device) {
        if (topology.availability(device) != Availability.AVAILABLE) {
            return Kind.UNAVAILABLE;
        }
        if (rules.excludedNodes().contains(topology.nodeId(device))
                || rules.excludedDevices().contains(topology.deviceId(device))) {
            return Kind.EXCLUDED;
        }
        return rules.tags().passes(topology.tags(device)) ? Kind.NOT_NEEDED : Kind.TAG_MISMATCH;
    }

    int[] devices() {
        return IntStream.range(0, topology.deviceCount())
                .filter(device -> against(device) == Kind.NOT_NEEDED)
                .toArray();
    }
}

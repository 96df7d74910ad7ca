package bricklayer.brick.placement;

import java.util.List;
import java.util.Objects;

/**
 * A new place for one brick of a set.
 *
 * @param brickKiB the size of the old brick
 * @param arbiterVolume whether the volume has arbiters, so that devices are looked at for how they take them
 * @param arbiter whether the brick is one
 * @param oldDevice not to be used; its node may be used again
 * @param otherNodes of the other bricks of the set, one each; all known to the topology
 */
public record ReplacementRequest(
        long brickKiB,
        boolean arbiterVolume,
        boolean arbiter,
        String oldDevice,
        List<String> otherNodes,
        PlacementRules rules) {

    public ReplacementRequest {
        if (brickKiB < 1 || (arbiter && !arbiterVolume)) {
            throw new IllegalArgumentException("a brick of " + brickKiB + " KiB, arbiter " + arbiter
                    + " in a volume with arbiters " + arbiterVolume);
        }
        Objects.requireNonNull(oldDevice, "oldDevice");
        otherNodes = List.copyOf(otherNodes);
        Objects.requireNonNull(rules, "rules");
    }
}

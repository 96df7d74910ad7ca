package bricklayer.brick.placement;

import bricklayer.brick.Durability;
import bricklayer.brick.SizeLimits;
import java.util.Objects;

/**
 * Space for a new volume, or for what is added to one.
 *
 * @param sizeGiB of the data; what is added, when a volume is expanded
 * @param existingBricks of the volume, all kinds; 0 for a new one
 */
public record PlacementRequest(
        int sizeGiB, Durability durability, int existingBricks, SizeLimits limits, PlacementRules rules) {

    public PlacementRequest {
        if (sizeGiB < 1 || existingBricks < 0) {
            throw new IllegalArgumentException(sizeGiB + " GiB for a volume of " + existingBricks + " bricks");
        }
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(rules, "rules");
    }

    public static PlacementRequest create(int sizeGiB, Durability durability) {
        return new PlacementRequest(sizeGiB, durability, 0, SizeLimits.DEFAULTS, PlacementRules.DEFAULTS);
    }

    public PlacementRequest withRules(PlacementRules newRules) {
        return new PlacementRequest(sizeGiB, durability, existingBricks, limits, newRules);
    }

    public PlacementRequest withLimits(SizeLimits newLimits) {
        return new PlacementRequest(sizeGiB, durability, existingBricks, newLimits, rules);
    }

    public PlacementRequest withExistingBricks(int bricks) {
        return new PlacementRequest(sizeGiB, durability, bricks, limits, rules);
    }

    long sizeKiB() {
        return sizeGiB * SizeLimits.KIB_PER_GIB;
    }
}

package bricklayer.brick.placement;

import bricklayer.brick.ArbiterBrick;
import bricklayer.brick.BrickSetSizes;
import bricklayer.brick.Durability;
import bricklayer.brick.SizeLimits;
import java.util.OptionalInt;

/**
 * The largest size for which a request would find a place, all else unchanged. Worked out when asked for: it
 * costs some hundred looks at all devices.
 *
 * <p>A larger volume may fit where a smaller one does not, when the smaller one would have to be cut into fewer,
 * larger bricks because the next cut is below the smallest brick. So the sizes are searched for each number of
 * sets by itself, where more never fits better than less.
 */
public final class LargestVolume {

    private final PlacementRequest request;
    private final Topology topology;

    LargestVolume(PlacementRequest request, Topology topology) {
        this.request = request;
        this.topology = topology;
    }

    /** In GiB; of what can be added, when the request is for an expansion. Empty when not even the smallest fits. */
    public OptionalInt gib() {
        int[] eligible = new Eligibility(topology, request.rules()).devices();
        Durability durability = request.durability();
        SizeLimits limits = request.limits();
        int largest = 0;
        for (long sets = 1;
                sets * durability.bricksPerSet() + request.existingBricks() <= limits.maxBricksPerVolume();
                sets *= 2) {
            long smallest = Math.ceilDiv(limits.minVolumeKiB(durability) * sets, SizeLimits.KIB_PER_GIB);
            if (smallest > Integer.MAX_VALUE) {
                break;
            }
            largest = Math.max(largest, largest((int) sets, (int) smallest, eligible));
        }
        return largest == 0 ? OptionalInt.empty() : OptionalInt.of(largest);
    }

    /** Cut into so many sets; 0 if not even the smallest fits. */
    private int largest(int sets, int smallest, int[] eligible) {
        int fits = smallest - 1;
        long fitsNot = Integer.MAX_VALUE + 1L;
        while (fitsNot - fits > 1) {
            int middle = (int) ((fits + fitsNot) >>> 1);
            if (fits(middle, sets, eligible)) {
                fits = middle;
            } else {
                fitsNot = middle;
            }
        }
        return fits < smallest ? 0 : fits;
    }

    private boolean fits(int gib, int sets, int[] eligible) {
        Durability durability = request.durability();
        long brickKiB = BrickSetSizes.brickKiB(gib * SizeLimits.KIB_PER_GIB, sets, durability);
        if (brickKiB > request.limits().maxBrickKiB()
                || (durability.arbiter()
                        && !ArbiterBrick.possible(brickKiB, request.rules().averageFileKiB()))) {
            return false;
        }
        Demand demand = Demand.of(new BrickSetSizes.Candidate(sets, brickKiB), durability, request.rules());
        return new RoomiestFirst(topology, request.rules(), eligible, demand)
                .place()
                .complete();
    }
}

package bricklayer.brick.placement;

import bricklayer.brick.placement.Demand.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Fills set after set from rings of devices, each device being looked at once for each set. This is how nearly
 * all bricks are placed: it spreads them, and it looks at few devices.
 *
 * <p>It always finds a place for a single set without arbiter, if there is one, because what stands against a
 * device stands against it for all bricks of the set. Where several sets compete for the same devices it may
 * miss one; see {@link RoomiestFirst}.
 */
final class RingWalk {

    private final Ground ground;
    private final Demand demand;
    private final boolean strictZones;
    private final int[] occupiedNodes;
    private final List<Ring> rings;
    private final List<Ring> ringsForData;
    private final List<Ring> ringsForArbiters;

    /**
     * @param eligible devices
     * @param occupiedNodes nodes that hold bricks of the set already
     */
    RingWalk(
            Topology topology,
            PlacementRules rules,
            int[] eligible,
            Demand demand,
            int[] occupiedNodes,
            SplittableRandom random) {
        this.ground = new Ground(topology, rules);
        this.demand = demand;
        this.strictZones = rules.zones() == ZoneRule.STRICT;
        this.occupiedNodes = occupiedNodes;
        if (demand.arbiterVolume()) {
            Ring arbitersOnly = ring(topology, eligible, ArbiterUse.ARBITERS_ONLY, random);
            Ring dataOnly = ring(topology, eligible, ArbiterUse.DATA_ONLY, random);
            Ring either = ring(topology, eligible, ArbiterUse.EITHER, random);
            this.rings = List.of(arbitersOnly, dataOnly, either);
            this.ringsForData = List.of(dataOnly, either);
            this.ringsForArbiters = List.of(arbitersOnly, either);
        } else {
            this.rings = List.of(new Ring(topology, ground, random, eligible.clone()));
            this.ringsForData = rings;
            this.ringsForArbiters = List.of();
        }
    }

    private Ring ring(Topology topology, int[] eligible, ArbiterUse use, SplittableRandom random) {
        int[] devices = IntStream.of(eligible)
                .filter(device -> topology.arbiterUse(device) == use)
                .toArray();
        return new Ring(topology, ground, random, devices);
    }

    Attempt walk() {
        List<int[]> sets = new ArrayList<>();
        while (sets.size() < demand.sets()) {
            int[] set = new int[demand.slots().size()];
            Arrays.fill(set, -1);
            if (!fill(set)) {
                return new Attempt(demand, sets, set);
            }
            sets.add(set);
        }
        return new Attempt(demand, sets, new int[0]);
    }

    /** From the last slot to the first, so that the arbiter, which fewer devices may take, has the first choice. */
    private boolean fill(int[] set) {
        ground.beginSet();
        for (int node : occupiedNodes) {
            ground.occupy(node);
        }
        rings.forEach(Ring::beginSet);
        int share = 0;
        for (int i = set.length - 1; i >= 0; i--) {
            Slot slot = demand.slots().get(i);
            List<Ring> from = slot.arbiter() ? ringsForArbiters : ringsForData;
            int device = next(from, slot.brickKiB());
            while (device < 0 && !strictZones && !from.stream().allMatch(Ring::exhausted)) {
                share++;
                for (Ring ring : rings) {
                    ring.share(share);
                }
                device = next(from, slot.brickKiB());
            }
            if (device < 0) {
                return false;
            }
            set[i] = device;
            ground.take(device, slot.brickKiB());
            for (Ring ring : rings) {
                ring.placed(device);
            }
        }
        return true;
    }

    private static int next(List<Ring> rings, long brickKiB) {
        for (Ring ring : rings) {
            int device = ring.next(brickKiB);
            if (device >= 0) {
                return device;
            }
        }
        return -1;
    }
}

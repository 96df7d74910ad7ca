package bricklayer.brick.placement;

import bricklayer.brick.placement.Demand.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a place where a walk of the rings found none because sets that came first took what later ones needed.
 *
 * <p>Bricks of a set must lie apart: on different nodes, or in different zones when that is demanded. Call what
 * must differ a group, and the number of data bricks that still fit into it its room. Each set takes the groups
 * with the most room. For k sets of r bricks without arbiter this finds a place exactly if there is one, which
 * is if Σ min(room, k) ≥ k · r over all groups: a group that all the remaining sets must use is among those with
 * the most room.
 *
 * <p>An arbiter goes to the group that has least room for data, and there to the device where it costs least.
 * For one set that is exact; for several it is a good guess, and where it fails smaller bricks are tried.
 *
 * <p>No chance and no preference for zones here: this is for clusters so full that there is little to choose
 * from.
 */
final class RoomiestFirst {

    private final Topology topology;
    private final Ground ground;
    private final Demand demand;
    private final boolean byZone;

    /** Devices by group: group g is from {@code groupStart[g]} to before {@code groupStart[g + 1]}. */
    private final int[] members;

    private final int[] groupStart;
    private final long[] room;
    private final long dataKiB;

    RoomiestFirst(Topology topology, PlacementRules rules, int[] eligible, Demand demand) {
        this.topology = topology;
        this.ground = new Ground(topology, rules);
        this.demand = demand;
        this.byZone = rules.zones() == ZoneRule.STRICT;
        int groups = byZone ? topology.zoneCount() : topology.nodeCount();
        this.groupStart = new int[groups + 1];
        for (int device : eligible) {
            groupStart[group(device) + 1]++;
        }
        for (int group = 0; group < groups; group++) {
            groupStart[group + 1] += groupStart[group];
        }
        this.members = new int[eligible.length];
        int[] filled = groupStart.clone();
        for (int device : eligible) {
            members[filled[group(device)]++] = device;
        }
        this.dataKiB = demand.slots().getFirst().brickKiB();
        this.room = new long[groups];
        for (int group = 0; group < groups; group++) {
            count(group);
        }
    }

    /** Complete, or empty of sets. */
    Attempt place() {
        List<int[]> sets = new ArrayList<>();
        while (sets.size() < demand.sets()) {
            int[] set = new int[demand.slots().size()];
            if (!possible(demand.sets() - sets.size()) || !fill(set)) {
                return new Attempt(demand, List.of(), new int[0]);
            }
            sets.add(set);
        }
        return new Attempt(demand, sets, new int[0]);
    }

    private boolean fill(int[] set) {
        ground.beginSet();
        for (int i = set.length - 1; i >= 0; i--) {
            Slot slot = demand.slots().get(i);
            int device = slot.arbiter() ? deviceForArbiter(slot.brickKiB()) : deviceForData();
            if (device < 0) {
                return false;
            }
            set[i] = device;
            ground.take(device, slot.brickKiB());
            count(group(device));
        }
        return true;
    }

    /** Whether the data bricks of so many sets could be placed if there were nothing else. */
    private boolean possible(int sets) {
        long dataSlots = demand.slots().stream().filter(slot -> !slot.arbiter()).count();
        long usable = 0;
        for (long inGroup : room) {
            usable += Math.min(inGroup, sets);
        }
        return usable >= dataSlots * sets;
    }

    private int deviceForData() {
        int best = -1;
        for (int group = 0; group < room.length; group++) {
            if (room[group] > 0 && !taken(group) && (best < 0 || room[group] > room[best])) {
                best = group;
            }
        }
        return best < 0 ? -1 : roomiestDevice(best);
    }

    private int roomiestDevice(int group) {
        int best = -1;
        long mostRoom = 0;
        for (int i = groupStart[group]; i < groupStart[group + 1]; i++) {
            long here = roomForData(members[i]);
            if (here > mostRoom) {
                mostRoom = here;
                best = members[i];
            }
        }
        return best;
    }

    private int deviceForArbiter(long arbiterKiB) {
        int best = -1;
        for (int group = 0; group < room.length; group++) {
            if (taken(group) || (best >= 0 && room[group] >= room[group(best)])) {
                continue;
            }
            int device = cheapestDevice(group, arbiterKiB);
            if (device >= 0) {
                best = device;
            }
        }
        return best;
    }

    private int cheapestDevice(int group, long arbiterKiB) {
        int best = -1;
        long leastLost = Long.MAX_VALUE;
        for (int i = groupStart[group]; i < groupStart[group + 1]; i++) {
            int device = members[i];
            if (!topology.arbiterUse(device).takes(true) || !ground.fits(device, arbiterKiB)) {
                continue;
            }
            long lost = roomForData(device) - roomForDataBeside(device, arbiterKiB);
            if (lost < leastLost) {
                leastLost = lost;
                best = device;
            }
        }
        return best;
    }

    private boolean taken(int group) {
        return byZone ? ground.bricksInZoneNumber(group) > 0 : ground.nodeTakenNumber(group);
    }

    private void count(int group) {
        long sum = 0;
        for (int i = groupStart[group]; i < groupStart[group + 1]; i++) {
            sum += roomForData(members[i]);
        }
        room[group] = sum;
    }

    private long roomForData(int device) {
        return takesData(device) ? ground.room(device, dataKiB) : 0;
    }

    private long roomForDataBeside(int device, long arbiterKiB) {
        return takesData(device) ? ground.roomBeside(device, dataKiB, arbiterKiB) : 0;
    }

    private boolean takesData(int device) {
        return !demand.arbiterVolume() || topology.arbiterUse(device).takes(false);
    }

    private int group(int device) {
        return byZone ? topology.zone(device) : topology.node(device);
    }
}

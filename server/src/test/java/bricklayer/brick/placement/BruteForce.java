package bricklayer.brick.placement;

import bricklayer.brick.SpaceOnDevice;
import bricklayer.brick.placement.Topology.Device;
import bricklayer.brick.placement.Topology.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries every way to place equal sets on a few devices that are all available and untagged but for
 * {@code arbiter}.
 */
final class BruteForce {

    private final List<Device> devices;
    private final List<Node> nodeOf;
    private final long[] free;
    private final boolean strictZones;
    private final long[] slotKiB;
    private final boolean arbiter;
    private final List<int[]> choices = new ArrayList<>();

    /** @param slotKiB sizes of a set's bricks; the last is the arbiter if there is one */
    BruteForce(TestCluster cluster, ZoneRule zones, long[] slotKiB, boolean arbiter) {
        this.devices = cluster.devices;
        this.nodeOf = devices.stream()
                .map(device -> cluster.nodeWithId(device.nodeId()))
                .toList();
        this.free = devices.stream().mapToLong(Device::freeKiB).toArray();
        this.strictZones = zones == ZoneRule.STRICT;
        this.slotKiB = slotKiB;
        this.arbiter = arbiter;
        collect(new int[slotKiB.length], 0);
    }

    boolean canPlace(int sets) {
        return place(sets, 0);
    }

    /** All sets in which the bricks lie apart; data bricks in ascending order, as they are alike. */
    private void collect(int[] set, int slot) {
        if (slot == set.length) {
            choices.add(set.clone());
            return;
        }
        boolean arbiterSlot = arbiter && slot == set.length - 1;
        int from = slot == 0 || arbiterSlot ? 0 : set[slot - 1] + 1;
        for (int device = from; device < devices.size(); device++) {
            if (apart(set, slot, device) && kindFits(device, arbiterSlot)) {
                set[slot] = device;
                collect(set, slot + 1);
            }
        }
    }

    private boolean kindFits(int device, boolean arbiterSlot) {
        String tag = devices.get(device).tags().getOrDefault("arbiter", "supported");
        return !arbiter || !tag.equals(arbiterSlot ? "disabled" : "required");
    }

    private boolean apart(int[] set, int slots, int device) {
        Node node = nodeOf.get(device);
        for (int i = 0; i < slots; i++) {
            Node other = nodeOf.get(set[i]);
            if (other.equals(node) || (strictZones && other.zone() == node.zone())) {
                return false;
            }
        }
        return true;
    }

    /** Sets are alike, so they are tried in the order of {@link #choices} only. */
    private boolean place(int sets, int firstChoice) {
        if (sets == 0) {
            return true;
        }
        for (int c = firstChoice; c < choices.size(); c++) {
            int[] set = choices.get(c);
            int taken = 0;
            while (taken < set.length && take(set[taken], slotKiB[taken])) {
                taken++;
            }
            boolean found = taken == set.length && place(sets - 1, c);
            while (taken > 0) {
                taken--;
                free[set[taken]] += total(slotKiB[taken]);
            }
            if (found) {
                return true;
            }
        }
        return false;
    }

    private boolean take(int device, long kib) {
        if (free[device] <= total(kib)) {
            return false;
        }
        free[device] -= total(kib);
        return true;
    }

    private static long total(long kib) {
        return SpaceOnDevice.of(kib, 1, TestCluster.EXTENT).totalKiB();
    }
}

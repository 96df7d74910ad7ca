package bricklayer.brick.placement;

import bricklayer.brick.SpaceOnDevice;
import java.util.Arrays;

/**
 * The free space as one attempt uses it up, and where the bricks of the set that is being filled lie. Mutable;
 * belongs to one attempt.
 */
final class Ground {

    private final Topology topology;
    private final float snapshotFactor;
    private final long[] free;
    private final boolean[] nodeTaken;
    private final int[] bricksInZone;

    /** The last answer of {@link #space}: nearly all devices of a cluster have the same extents. */
    private SpaceOnDevice space = new SpaceOnDevice(0, 0, 0);

    private long extentOfSpace;

    Ground(Topology topology, PlacementRules rules) {
        this.topology = topology;
        this.snapshotFactor = rules.snapshotFactor();
        this.free = topology.freeKiB();
        this.nodeTaken = new boolean[topology.nodeCount()];
        this.bricksInZone = new int[topology.zoneCount()];
    }

    void beginSet() {
        Arrays.fill(nodeTaken, false);
        Arrays.fill(bricksInZone, 0);
    }

    /** A brick of the set lies on that node. */
    void occupy(int node) {
        nodeTaken[node] = true;
        bricksInZone[topology.zoneOfNode(node)]++;
    }

    void take(int device, long brickKiB) {
        use(device, brickKiB);
        occupy(topology.node(device));
    }

    /** Space only, as by a brick of an earlier set. */
    void use(int device, long brickKiB) {
        free[device] -= space(device, brickKiB).totalKiB();
    }

    boolean nodeTaken(int device) {
        return nodeTaken[topology.node(device)];
    }

    boolean nodeTakenNumber(int node) {
        return nodeTaken[node];
    }

    int bricksInZone(int device) {
        return bricksInZone[topology.zone(device)];
    }

    int bricksInZoneNumber(int zone) {
        return bricksInZone[zone];
    }

    long free(int device) {
        return free[device];
    }

    boolean fits(int device, long brickKiB) {
        // A brick takes at least its size, so most full devices need no arithmetic.
        return free[device] > brickKiB && space(device, brickKiB).fitsIn(free[device]);
    }

    /** How many such bricks fit one after the other. */
    long room(int device, long brickKiB) {
        return room(device, brickKiB, free[device]);
    }

    /** The same if a brick of another size were there first. */
    long roomBeside(int device, long brickKiB, long otherKiB) {
        return room(device, brickKiB, free[device] - space(device, otherKiB).totalKiB());
    }

    private long room(int device, long brickKiB, long freeKiB) {
        return freeKiB <= brickKiB ? 0 : (freeKiB - 1) / space(device, brickKiB).totalKiB();
    }

    SpaceOnDevice space(int device, long brickKiB) {
        long extent = topology.extentKiB(device);
        if (space.brickKiB() != brickKiB || extentOfSpace != extent) {
            space = SpaceOnDevice.of(brickKiB, snapshotFactor, extent);
            extentOfSpace = extent;
        }
        return space;
    }
}

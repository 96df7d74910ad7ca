package bricklayer.brick.placement;

import java.util.SplittableRandom;

/**
 * Devices in the order in which one set looks at them. The order is made while it is walked: most sets look at a
 * few devices of thousands.
 *
 * <p>The next device is the one with more free space of two drawn at random. Devices in zones that have their
 * share of the set's bricks are put off, and come up again when each zone has its share.
 *
 * <p>Inside, the array is in three parts: not drawn yet, put off, looked at.
 */
final class Ring {

    private final Topology topology;
    private final Ground ground;
    private final SplittableRandom random;
    private final int[] devices;
    private final int[] devicesInZone;
    private final int[] leftInZone;
    private int undrawn;
    private int left;

    /** The most bricks of the set that a zone may hold for its devices to be looked at. */
    private int share;

    /** Zones within their share that have devices left; when there is none, drawing on would only put off. */
    private int openZones;

    /** @param devices now owned by the ring */
    Ring(Topology topology, Ground ground, SplittableRandom random, int[] devices) {
        this.topology = topology;
        this.ground = ground;
        this.random = random;
        this.devices = devices;
        this.devicesInZone = new int[topology.zoneCount()];
        this.leftInZone = new int[topology.zoneCount()];
        for (int device : devices) {
            devicesInZone[topology.zone(device)]++;
        }
    }

    void beginSet() {
        left = devices.length;
        System.arraycopy(devicesInZone, 0, leftInZone, 0, leftInZone.length);
        share(0);
    }

    /** Looks again at what was put off, with a new share for each zone. */
    void share(int bricksOfSet) {
        share = bricksOfSet;
        undrawn = left;
        openZones = 0;
        for (int zone = 0; zone < leftInZone.length; zone++) {
            if (leftInZone[zone] > 0 && ground.bricksInZoneNumber(zone) <= share) {
                openZones++;
            }
        }
    }

    boolean exhausted() {
        return left == 0;
    }

    /**
     * A device for the brick, not to be looked at again for this set; -1 if there is none within the zones'
     * share.
     */
    int next(long brickKiB) {
        while (undrawn > 0 && openZones > 0) {
            int device = draw();
            if (ground.bricksInZone(device) > share) {
                continue;
            }
            drop(device);
            if (!ground.nodeTaken(device) && ground.fits(device, brickKiB)) {
                return device;
            }
        }
        return -1;
    }

    /** To be called after a brick was put on a device, whichever ring it came from. */
    void placed(int device) {
        if (leftInZone[topology.zone(device)] > 0 && ground.bricksInZone(device) == share + 1) {
            openZones--;
        }
    }

    /** Moves the drawn device to the front of those put off. */
    private int draw() {
        int one = random.nextInt(undrawn);
        int other = random.nextInt(undrawn);
        int at = ground.free(devices[one]) >= ground.free(devices[other]) ? one : other;
        undrawn--;
        swap(at, undrawn);
        return devices[undrawn];
    }

    /** Moves the device just drawn from those put off to those looked at. */
    private void drop(int device) {
        left--;
        swap(undrawn, left);
        int zone = topology.zone(device);
        leftInZone[zone]--;
        if (leftInZone[zone] == 0) {
            openZones--;
        }
    }

    private void swap(int i, int j) {
        int device = devices[i];
        devices[i] = devices[j];
        devices[j] = device;
    }
}

package bricklayer.brick;

/**
 * What one brick takes on a device: a thin pool and the pool's metadata, both whole numbers of the device's
 * extents. The brick's filesystem is as large as was asked for; the pool is larger where there is room for
 * snapshots. All sizes are KiB.
 */
public record SpaceOnDevice(long brickKiB, long poolKiB, long metadataKiB) {

    private static final double METADATA_SHARE = 0.005;
    private static final long MOST_METADATA_KIB = 16L << 20;

    /**
     * What a brick of that size takes.
     *
     * @param snapshotFactor pool size divided by brick size, at least 1. A float, because that is what a request
     *     carries and the records of Heketi hold: 1.1 widened to a double lies a little above 1.1, and the pool
     *     may be one extent larger than exact arithmetic would make it. Databases taken over from Heketi were
     *     counted so.
     */
    public static SpaceOnDevice of(long brickKiB, float snapshotFactor, long extentKiB) {
        if (brickKiB < 1 || !(snapshotFactor >= 1) || extentKiB < 1) {
            throw new IllegalArgumentException("a brick of " + brickKiB + " KiB, snapshot factor " + snapshotFactor
                    + ", on extents of " + extentKiB + " KiB");
        }
        long pool = roundUp((long) ((double) brickKiB * (double) snapshotFactor), extentKiB);
        long metadata = Math.min((long) (pool * METADATA_SHARE), MOST_METADATA_KIB);
        return new SpaceOnDevice(brickKiB, pool, roundUp(metadata, extentKiB));
    }

    public long totalKiB() {
        return poolKiB + metadataKiB;
    }

    /** Strictly less than what is free: a device is never filled to its last extent, as it never was under Heketi. */
    public boolean fitsIn(long freeKiB) {
        return freeKiB > totalKiB();
    }

    private static long roundUp(long kib, long extentKiB) {
        return (kib + extentKiB - 1) / extentKiB * extentKiB;
    }
}

package bricklayer.brick;

/**
 * The sizes that bricks may have, and how many a volume may have.
 *
 * @param maxBricksPerVolume counts all bricks: replicas, redundancy and arbiters too
 */
public record SizeLimits(long minBrickKiB, long maxBrickKiB, int maxBricksPerVolume) {

    public static final long KIB_PER_GIB = 1L << 20;

    /** 1 GiB to 4 TiB, at most 32 bricks. */
    public static final SizeLimits DEFAULTS = ofGiB(1, 4096, 32);

    public SizeLimits {
        if (minBrickKiB < 1 || maxBrickKiB < minBrickKiB || maxBricksPerVolume < 1) {
            throw new IllegalArgumentException("bricks of " + minBrickKiB + " to " + maxBrickKiB + " KiB, at most "
                    + maxBricksPerVolume
                    + " a volume: the smallest brick must be at least 1 KiB and not above the largest,"
                    + " and a volume must be allowed one brick");
        }
    }

    public static SizeLimits ofGiB(int minBrickGiB, int maxBrickGiB, int maxBricksPerVolume) {
        return new SizeLimits(minBrickGiB * KIB_PER_GIB, maxBrickGiB * KIB_PER_GIB, maxBricksPerVolume);
    }

    /** The smallest volume that a create may ask for; expansions are not held to it. */
    public long minVolumeKiB(Durability durability) {
        return minBrickKiB * durability.dataBricks();
    }
}

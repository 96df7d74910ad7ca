package bricklayer.brick;

/** The size of an arbiter brick: one KiB for each file that the data bricks of its set are expected to hold. */
public final class ArbiterBrick {

    public static final long DEFAULT_AVERAGE_FILE_KIB = 64;

    /**
     * Heketi's 16 MiB cannot be formatted any more: since xfsprogs 5.19, mkfs.xfs(8) refuses a file system below 300 MiB.
     */
    public static final long SMALLEST_KIB = 300L << 10;

    private ArbiterBrick() {}

    /** Whether a data brick of that size holds a file of average size; if not, there is no arbiter brick for it. */
    public static boolean possible(long dataBrickKiB, long averageFileKiB) {
        return dataBrickKiB >= averageFileKiB;
    }

    /** At least {@link #SMALLEST_KIB}; the smallest brick of {@link SizeLimits} does not apply to arbiters. */
    public static long sizeKiB(long dataBrickKiB, long averageFileKiB) {
        if (averageFileKiB < 1 || !possible(dataBrickKiB, averageFileKiB)) {
            throw new IllegalArgumentException(
                    "an arbiter for bricks of " + dataBrickKiB + " KiB and files of " + averageFileKiB + " KiB");
        }
        return Math.max(dataBrickKiB / averageFileKiB, SMALLEST_KIB);
    }
}

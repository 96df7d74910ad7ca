package bricklayer.brick;

import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which a size can be cut into equal brick sets, largest bricks first, and why the list ends where
 * it does.
 *
 * <p>Only powers of two are tried: 1, 2, 4, … sets. For 100 GiB and replica 2 that is 1 set of 100 GiB bricks, 2
 * of 50, 4 of 25, 8 of 12.5, 16 of 6.25; 32 sets would be 64 bricks, more than the usual limit of 32. What does
 * not divide is lost: each brick is rounded down to whole KiB.
 *
 * @param candidates may be empty
 * @param stop why there is none after the last
 */
public record BrickSetSizes(List<Candidate> candidates, Stop stop) {

    /**
     * One way of cutting.
     *
     * @param brickKiB the size of each brick but arbiters
     */
    public record Candidate(int sets, long brickKiB) {}

    public enum Stop {
        /** Bricks would become smaller than the smallest allowed. */
        MIN_BRICK_SIZE("Minimum brick size limit reached.  Out of space."),
        /** The volume would have more bricks than allowed. */
        MAX_BRICKS("Maximum number of bricks reached.");

        private final String text;

        Stop(String text) {
            this.text = text;
        }

        /** Heketi's words. */
        public String text() {
            return text;
        }
    }

    public BrickSetSizes {
        candidates = List.copyOf(candidates);
    }

    /**
     * All cuts of a size, ended by the first that breaks a limit.
     *
     * @param sizeKiB of the data; when a volume is expanded, of what is added
     * @param existingBricks of the volume, all kinds; 0 for a new one
     */
    public static BrickSetSizes of(long sizeKiB, Durability durability, SizeLimits limits, int existingBricks) {
        List<Candidate> candidates = new ArrayList<>();
        for (long sets = 1; ; sets *= 2) {
            long brickKiB = brickKiB(sizeKiB, sets, durability);
            if (brickKiB < limits.minBrickKiB()) {
                return new BrickSetSizes(candidates, Stop.MIN_BRICK_SIZE);
            }
            if (brickKiB > limits.maxBrickKiB()) {
                continue;
            }
            if (sets * durability.bricksPerSet() + existingBricks > limits.maxBricksPerVolume()) {
                return new BrickSetSizes(candidates, Stop.MAX_BRICKS);
            }
            candidates.add(new Candidate((int) sets, brickKiB));
        }
    }

    /** The size of each brick but arbiters when a size is cut into so many sets. */
    public static long brickKiB(long sizeKiB, long sets, Durability durability) {
        return sizeKiB / sets / durability.dataBricks();
    }
}

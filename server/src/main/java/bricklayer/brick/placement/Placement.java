package bricklayer.brick.placement;

import bricklayer.brick.BrickSetSizes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What came of looking for a place. */
public sealed interface Placement {

    /** One verdict for each device, in the order of their ids. */
    Explanation explanation();

    /**
     * A device for each brick.
     *
     * @param sets in the order in which gluster is told of them; of a replacement, one set that holds the new
     *     brick only
     */
    record Placed(List<BrickSet> sets, Explanation explanation) implements Placement {

        public Placed {
            sets = List.copyOf(sets);
        }
    }

    /**
     * Nothing was placed.
     *
     * @param text why, in Heketi's words where it has any: what the request for an expansion is answered
     * @param explanation of the smallest bricks that were tried
     */
    record Refused(Reason reason, String text, Explanation explanation, Optional<LargestVolume> search)
            implements Placement {

        /**
         * The largest size in GiB that would fit now, all else unchanged. Worked out at each call. Empty when
         * none does, and for replacements.
         */
        public OptionalInt largestGiB() {
            return search.isPresent() ? search.get().gib() : OptionalInt.empty();
        }

        /**
         * What the request for a volume is answered: Heketi calls it "No space" there, whichever limit ended the
         * search.
         */
        public String textForCreate() {
            return switch (reason) {
                case NO_SPACE, MAX_BRICKS, MIN_BRICK_SIZE -> Reason.NO_SPACE.text;
                case NO_NODES, NO_ONLINE_DEVICES, FILES_LARGER_THAN_BRICKS, NO_REPLACEMENT -> text;
            };
        }
    }

    enum Reason {
        /** The volume could be cut into bricks, but none of the cuts fits. */
        NO_SPACE("No space"),
        NO_NODES("No nodes in cluster"),
        NO_ONLINE_DEVICES("No online storage devices in cluster"),
        /** However it is cut, there would be too many bricks. */
        MAX_BRICKS(BrickSetSizes.Stop.MAX_BRICKS.text()),
        /** Even a single set would have bricks below the smallest size. */
        MIN_BRICK_SIZE(BrickSetSizes.Stop.MIN_BRICK_SIZE.text()),
        FILES_LARGER_THAN_BRICKS("The average file size is greater than the size of a brick"),
        NO_REPLACEMENT("No Replacement was found for resource requested to be removed");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}

package bricklayer.brick.placement;

import java.util.List;
import java.util.Set;

/** What a volume's options say about where its bricks go. Of several options with one key the last counts. */
public record PlacementOptions(boolean arbiter, ZoneRule zones, TagRule tags, long averageFileKiB) {

    private static final String ARBITER = "user.heketi.arbiter";
    private static final String AVERAGE_FILE_SIZE = "user.heketi.average-file-size";
    private static final String ZONE_CHECKING = "user.heketi.zone-checking";
    private static final String DEVICE_TAG_MATCH = "user.heketi.device-tag-match";

    /** The words that Go reads as true; all others are false. */
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

    /**
     * Picks out the options with a meaning for placement.
     *
     * @param options all of the volume, the server's included; each a key, a space, and a value; others are passed
     *     over
     * @param serverZones where no option says otherwise
     * @param serverAverageFileKiB where no option says otherwise, or one that is not a number above 0
     * @throws bricklayer.brick.InvalidRequest when the tag rule is none, with Heketi's text
     */
    public static PlacementOptions read(List<String> options, ZoneRule serverZones, long serverAverageFileKiB) {
        ZoneRule zones = serverZones;
        TagRule tags = TagRule.ANY;
        long averageFileKiB = serverAverageFileKiB;
        for (String option : options) {
            int space = option.indexOf(' ');
            if (space < 0) {
                continue;
            }
            String value = option.substring(space).strip();
            switch (option.substring(0, space)) {
                case ZONE_CHECKING -> zones = ZoneRule.named(value);
                case DEVICE_TAG_MATCH -> tags = TagRule.parse(value);
                case AVERAGE_FILE_SIZE -> averageFileKiB = positive(value, serverAverageFileKiB);
                default -> {}
            }
        }
        return new PlacementOptions(arbiter(options), zones, tags, averageFileKiB);
    }

    /** Whether the volume is to have arbiter bricks; looks at nothing else, so a bad rule among the options does not matter. */
    public static boolean arbiter(List<String> options) {
        return options.reversed().stream()
                .filter(option -> option.startsWith(ARBITER + " "))
                .findFirst()
                .filter(option ->
                        TRUE.contains(option.substring(ARBITER.length()).strip()))
                .isPresent();
    }

    /**
     * The rules for each brick of the volume, with nothing left out.
     *
     * @param snapshotFactor 1 where snapshots are off
     */
    public PlacementRules rules(float snapshotFactor) {
        return new PlacementRules(zones, tags, snapshotFactor, averageFileKiB, Set.of(), Set.of());
    }

    private static long positive(String number, long otherwise) {
        // 18 digits always fit a long.
        return number.matches("0*[1-9][0-9]{0,17}") ? Long.parseLong(number) : otherwise;
    }
}

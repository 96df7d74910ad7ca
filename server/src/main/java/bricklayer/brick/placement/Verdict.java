package bricklayer.brick.placement;

/**
 * What became of one device in one placement.
 *
 * @param text for people; does not repeat the device
 */
public record Verdict(String deviceId, String nodeId, Kind kind, String text) {

    public enum Kind {
        CHOSEN,
        /** Nothing stood against it, but it was not needed. */
        NOT_NEEDED,
        UNAVAILABLE,
        EXCLUDED,
        TAG_MISMATCH,
        ARBITERS_ONLY,
        DATA_ONLY,
        NODE_USED,
        ZONE_USED,
        NO_SPACE
    }
}

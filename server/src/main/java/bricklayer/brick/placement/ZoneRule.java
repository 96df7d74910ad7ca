package bricklayer.brick.placement;

/** How the bricks of a set are kept apart, beyond never sharing a node. */
public enum ZoneRule {
    /** Different zones are preferred. */
    NONE,
    /** No two bricks of a set share a zone: a set needs as many zones as it has bricks. */
    STRICT;

    /** By the word of the volume option or the setting. Any word but {@code strict} is none, as in Heketi. */
    public static ZoneRule named(String word) {
        return word.equals("strict") ? STRICT : NONE;
    }
}

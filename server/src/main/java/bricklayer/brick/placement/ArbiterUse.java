package bricklayer.brick.placement;

import java.util.Map;

/**
 * What bricks of arbiter volumes a device takes, by its effective tag {@code arbiter}. Volumes without arbiter
 * do not look at it.
 */
enum ArbiterUse {
    /** {@code required}: arbiter bricks only. */
    ARBITERS_ONLY,
    /** {@code disabled}: data bricks only. */
    DATA_ONLY,
    /** {@code supported}, no such tag, or a value that is none of these. */
    EITHER;

    static ArbiterUse of(Map<String, String> tags) {
        return switch (tags.getOrDefault("arbiter", "")) {
            case "required" -> ARBITERS_ONLY;
            case "disabled" -> DATA_ONLY;
            default -> EITHER;
        };
    }

    boolean takes(boolean arbiterBrick) {
        return this == EITHER || (this == ARBITERS_ONLY) == arbiterBrick;
    }
}

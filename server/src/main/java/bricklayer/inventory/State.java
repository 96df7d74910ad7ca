package bricklayer.inventory;

import java.util.Locale;

/** Whether a node or a device takes new bricks. */
public enum State {
    ONLINE,
    /** Keeps its bricks, takes no new ones. */
    OFFLINE,
    /** Emptied and given up; heketi-cli shows it as "removed". */
    FAILED;

    /** The word on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package bricklayer.api;

/**
 * Space reserved for snapshots.
 *
 * @param factor 1 to 100 when enabled: how much larger than its brick a thin pool is. Written without a fraction when it has none
 */
public record Snapshot(boolean enable, float factor) {

    /** A number too large for its type is unreadable, as in Heketi; Java would take it for infinity. */
    public Snapshot {
        if (!Float.isFinite(factor)) {
            throw new IllegalArgumentException("a snapshot factor has to be a number, this is " + factor);
        }
    }

    public static final Snapshot UNSAID = new Snapshot(false, 0);
}

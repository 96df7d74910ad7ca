package bricklayer.store.disk;

import java.util.Locale;

/** What the store does to the disk, in the order of a frame's life. Each is a fault point before and after. */
public enum DurablePoint {
    FRAME_WRITE,
    FRAME_FLUSH,
    SEGMENT_CREATE,
    CHECKPOINT_RENAME,
    MANIFEST_RENAME,
    SEGMENT_DROP,
    TAIL_DROP;

    /** As it appears in {@link bricklayer.fault.FaultPoint#where()}, such as {@code store/frame-flush}. */
    public String where() {
        return "store/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

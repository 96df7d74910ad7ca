package bricklayer.operation;

/** Whether what a step brings about is there. */
public enum Effect {
    ABSENT,
    /** A half that a dying command left: neither usable nor gone. Undoing clears it. */
    PARTIAL,
    PRESENT;

    public static Effect presentIf(boolean there) {
        return there ? PRESENT : ABSENT;
    }

    Effect opposite() {
        return switch (this) {
            case ABSENT -> PRESENT;
            case PARTIAL -> PARTIAL;
            case PRESENT -> ABSENT;
        };
    }
}

package bricklayer.operation;

/** Whether what a step brings about is there. */
public enum Effect {
    ABSENT,
    PRESENT;

    public static Effect presentIf(boolean there) {
        return there ? PRESENT : ABSENT;
    }
}

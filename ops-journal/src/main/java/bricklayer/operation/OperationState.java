package bricklayer.operation;

/** Where an operation stands, as stored. The first two are open: their rows are marked, and they will be driven until they reach one of the others. */
public enum OperationState {
    /** Going forward, or waiting to. */
    RUNNING(true),
    /** A step failed or the process died before the pivot: being taken back. */
    ROLLING_BACK(true),
    /** Every step is done and the rows say so. */
    DONE(false),
    /** The rows say what the steps have brought about, and that is less than was asked. */
    FELL_SHORT(false),
    /** Everything was taken back and the rows are as before. */
    ABORTED(false),
    /** A person ended it where it stood. What it may have left is written down with it. */
    ABANDONED(false);

    private final boolean open;

    OperationState(boolean open) {
        this.open = open;
    }

    public boolean open() {
        return open;
    }
}

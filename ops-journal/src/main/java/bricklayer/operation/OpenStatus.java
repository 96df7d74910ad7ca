package bricklayer.operation;

/** How an open operation stands, in Heketi's terms. */
public enum OpenStatus {
    /** Begun by this process, and nothing has gone wrong with it. */
    NEW,
    /** Left by an earlier process. */
    STALE,
    /** Driving it has failed; it waits for another attempt. */
    FAILED
}

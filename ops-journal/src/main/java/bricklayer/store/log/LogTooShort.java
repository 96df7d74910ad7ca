package bricklayer.store.log;

import bricklayer.store.StoreException;

/** What is asked for happened before the log that is kept. */
public final class LogTooShort extends StoreException {

    private final long oldest;

    LogTooShort(long wanted, long oldest) {
        super("the log that is kept does not reach back to transaction " + wanted + "; what came after transaction "
                + oldest + " can still be told");
        this.oldest = oldest;
    }

    /** What came after this transaction can still be told. */
    public long oldest() {
        return oldest;
    }
}

package bricklayer.events;

import bricklayer.store.Rows;
import bricklayer.store.Transition;
import bricklayer.store.log.LogStore;
import bricklayer.store.log.LogTooShort;
import java.util.function.Predicate;

/** The records as far as the event stream needs them. */
interface PastWrites {

    /** The newest durable picture. */
    Rows rows();

    /**
     * What was written after a transaction, as {@link LogStore#past}.
     *
     * @throws LogTooShort when the log does not reach back so far
     */
    void past(long after, Predicate<Transition> reader);

    /** After which transaction that can be told. */
    long oldest();

    static PastWrites of(LogStore store) {
        return new PastWrites() {
            @Override
            public Rows rows() {
                return store.rows();
            }

            @Override
            public void past(long after, Predicate<Transition> reader) {
                store.past(after, reader);
            }

            @Override
            public long oldest() {
                return store.oldestPast();
            }
        };
    }
}

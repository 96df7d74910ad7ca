package bricklayer.store;

import java.time.Instant;
import java.util.List;

/**
 * One durable write transaction, with the pictures before and after it. Holding one keeps what it changed in memory.
 *
 * @param touched what it wrote or deleted, each key once
 */
public record Transition(Rows before, Rows after, Instant time, List<Touched> touched) {

    /** One key of one table. */
    public record Touched(String table, String key) {}

    public Transition {
        touched = List.copyOf(touched);
    }

    /** The number of the transaction. */
    public long sequence() {
        return after.sequence();
    }
}

package bricklayer.operation;

import bricklayer.store.StoreException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up, again and again, what is open and due: first what the process before left, then whatever could not be finished. It never gives
 * up on an operation; how long it waits between attempts is in the operation's row.
 */
public final class Cleaner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cleaner.class);
    private static final int PERIODS_BETWEEN_FORGETTING = 60;

    private final Operations operations;
    private final Threads threads;
    private final Duration period;
    private volatile boolean closed;

    public Cleaner(Operations operations, Threads threads, Duration period) {
        this.operations = operations;
        this.threads = threads;
        this.period = period;
    }

    public void start() {
        threads.start("cleaner", this::loop);
    }

    private void loop() {
        for (long round = 0; !closed; round++) {
            try {
                operations.driveDue();
                if (round % PERIODS_BETWEEN_FORGETTING == 0) {
                    operations.forgetOldAnswers();
                }
            } catch (StoreException e) {
                LOG.warn("open operations cannot be taken up now: {}", e.getMessage());
            } catch (RuntimeException e) {
                // last line of defence: a fault here must not leave later operations open for ever
                LOG.error("the cleaner met a fault and goes on", e);
            }
            try {
                threads.sleep(period);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}

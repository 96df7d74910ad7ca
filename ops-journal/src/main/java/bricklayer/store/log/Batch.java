package bricklayer.store.log;

import bricklayer.store.StoreException;
import bricklayer.store.Transition;
import bricklayer.store.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that go into one frame, and the threads that wait for it. Filled under the lock of the {@link LogWriter}, which takes it away
 * before it writes it.
 */
final class Batch {

    private final List<byte[]> transactions = new ArrayList<>();
    private final List<Transition> transitions = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private int bytes;
    private Image after;
    private volatile @Nullable Throwable failure;

    Batch(Image before) {
        this.after = before;
    }

    void add(byte[] transaction, Image next, Transition transition) {
        transactions.add(transaction);
        transitions.add(transition);
        bytes += transaction.length;
        after = next;
    }

    List<byte[]> transactions() {
        return transactions;
    }

    /** One for each transaction. */
    List<Transition> transitions() {
        return transitions;
    }

    int bytes() {
        return bytes;
    }

    /** The image after its last transaction. */
    Image after() {
        return after;
    }

    long firstSequence() {
        return after.sequence() - transactions.size() + 1;
    }

    /** Wakes one waiting thread, which wakes the next: the log thread has better things to do. */
    void durable() {
        done.countDown();
    }

    void failed(Throwable cause) {
        failure = cause;
        done.countDown();
    }

    /** Returns when the batch is durable. */
    void await() {
        Threads.await(done);
        Throwable cause = failure;
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause != null) {
            throw new StoreException(String.valueOf(cause.getMessage()), cause);
        }
    }
}

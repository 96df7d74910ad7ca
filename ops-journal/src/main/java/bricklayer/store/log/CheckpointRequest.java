package bricklayer.store.log;

import bricklayer.store.StoreException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Somebody wants a checkpoint, and may wait for it. */
final class CheckpointRequest {

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    void taken() {
        done.countDown();
    }

    void failed(Throwable cause) {
        failure = cause;
        done.countDown();
    }

    void await() {
        Threads.await(done);
        Throwable cause = failure;
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause != null) {
            throw new StoreException(
                    "no checkpoint was taken; the log holds everything, so nothing is lost: " + cause, cause);
        }
    }
}

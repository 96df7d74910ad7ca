package bricklayer.operation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Who is at work on which operation, so that nobody else takes it up.
 *
 * <p>INVARIANT: an operation that somebody drives is in here from before its begin is visible until after its last write.
 */
final class Driven {

    private final Map<OperationId, Drive> byId = new ConcurrentHashMap<>();

    private record Drive(Progress progress, CountDownLatch over) {}

    /** False when somebody drives it already. */
    boolean claim(OperationId id, Progress progress) {
        return byId.putIfAbsent(id, new Drive(progress, new CountDownLatch(1))) == null;
    }

    void release(OperationId id) {
        Drive drive = byId.remove(id);
        if (drive != null) {
            drive.over().countDown();
        }
    }

    /** Returns when nobody drives it any more, or the time is over. */
    void awaitRelease(OperationId id, Duration most) throws InterruptedException {
        Drive drive = byId.get(id);
        if (drive != null) {
            drive.over().await(most.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    Optional<Progress> progress(OperationId id) {
        return Optional.ofNullable(byId.get(id)).map(Drive::progress);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }
}

package bricklayer.operation;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is at work on which operation, so that nobody else takes it up.
 *
 * <p>INVARIANT: an operation that somebody drives is in here from before its begin is visible until after its last write.
 */
final class Driven {

    private final Map<OperationId, Progress> byId = new ConcurrentHashMap<>();

    /** False when somebody drives it already. */
    boolean claim(OperationId id, Progress progress) {
        return byId.putIfAbsent(id, progress) == null;
    }

    void release(OperationId id) {
        byId.remove(id);
    }

    Optional<Progress> progress(OperationId id) {
        return Optional.ofNullable(byId.get(id));
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }
}

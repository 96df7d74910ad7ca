package bricklayer.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request may have acted, may be acting, may never act: the answer was lost, or the operation did not end in time. Repeat the call with the
 * same {@link #idempotencyKey} ({@link BricklayerClient#withIdempotencyKey}), or look at what the server has.
 */
public class OutcomeUnknown extends BricklayerException {

    private final String idempotencyKey;
    private final @Nullable String queuePath;

    OutcomeUnknown(String message, String idempotencyKey, @Nullable String queuePath, @Nullable Throwable cause) {
        super(message, cause);
        this.idempotencyKey = idempotencyKey;
        this.queuePath = queuePath;
    }

    /** The key the request carried. */
    public String idempotencyKey() {
        return idempotencyKey;
    }

    /** Where the operation can be asked after, such as {@code /queue/…}; empty when it is not known to have been accepted. */
    public Optional<String> queuePath() {
        return Optional.ofNullable(queuePath);
    }
}

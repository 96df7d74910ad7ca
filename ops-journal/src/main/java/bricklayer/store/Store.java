package bricklayer.store;

import java.util.List;
import java.util.function.Function;

/**
 * Two doors to the rows: {@link #rows()} looks, {@link #write} changes.
 *
 * <p>Writers run one after the other and see each other's changes; a write returns when its changes are durable. Readers see only what is
 * durable, and never wait. No remote call belongs inside a write: it holds the only write lock. Thread-safe.
 */
public interface Store extends AutoCloseable {

    /** The newest durable picture. */
    Rows rows();

    /**
     * Runs {@code work} alone and makes its changes durable as a whole or not at all. It may be called from any number of threads; those who
     * wait share one flush.
     *
     * <p>When {@code work} throws, nothing is changed and the exception passes through. Also when {@code work} changed nothing the call
     * waits until what it read is durable, so an answer never rests on a change that a crash could still take back.
     *
     * @throws StoreException when the store is closed, was opened read-only, or a flush failed; after a failed flush whether the changes
     *     survive is unknown until the store is opened again, and every later write fails too
     */
    <T> T write(Function<? super WriteTx, T> work);

    /** Rows that lie in the store but could not be decoded, with the reason. They are kept as they are and take part in nothing. */
    List<QuarantinedRow> quarantined();

    /** Why writes are refused; empty while the store takes writes. */
    java.util.Optional<String> readOnlyReason();

    @Override
    void close();
}

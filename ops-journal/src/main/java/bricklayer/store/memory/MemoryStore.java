package bricklayer.store.memory;

import bricklayer.store.QuarantinedRow;
import bricklayer.store.Rows;
import bricklayer.store.Schema;
import bricklayer.store.Store;
import bricklayer.store.StoreException;
import bricklayer.store.WriteTx;
import bricklayer.store.image.Image;
import bricklayer.store.image.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** A store without a disk: what it is told is durable at once, and gone when the process is. */
public final class MemoryStore implements Store {

    private final ReentrantLock writeLock = new ReentrantLock();
    private volatile Image image;
    private volatile boolean closed;

    public MemoryStore(Schema schema) {
        this.image = Image.empty(schema);
    }

    @Override
    public Rows rows() {
        return image;
    }

    @Override
    public <T> T write(Function<? super WriteTx, T> work) {
        if (writeLock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a write inside a write would not see its changes; use the outer one");
        }
        writeLock.lock();
        try {
            if (closed) {
                throw new StoreException("cannot write: the store is closed");
            }
            Transaction tx = image.begin();
            T result = work.apply(tx);
            image = tx.end();
            return result;
        } finally {
            writeLock.unlock();
        }
    }

    @Override
    public List<QuarantinedRow> quarantined() {
        return image.quarantined();
    }

    @Override
    public Optional<String> readOnlyReason() {
        return closed ? Optional.of("the store is closed") : Optional.empty();
    }

    @Override
    public void close() {
        writeLock.lock();
        try {
            closed = true;
        } finally {
            writeLock.unlock();
        }
    }
}

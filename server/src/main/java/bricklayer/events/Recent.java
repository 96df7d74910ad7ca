package bricklayer.events;

import bricklayer.store.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest writes, in memory, for readers that keep up. Bounded in number and in bytes; the oldest go first, and whoever still wants them reads the log. Thread-safe.
 *
 * <p>Events are made by the first reader that gets to a write, and kept for the others. Who adds writes never waits for a reader: the lock is held for a few lookups.
 */
final class Recent {

    /** A write with more events is not kept as events; each reader makes them one by one. */
    private static final int KEPT_EVENTS_MAX = 256;

    /** Nor is one whose events would take more than this part of all. */
    private static final int LARGE_PART = 4;

    private static final long DROPPED = -1;

    private final int writesMax;
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    // guarded by lock
    private final @Nullable Slot[] ring;
    private long first = 1;
    private long last;
    private boolean closed;

    Recent(int writesMax, long bytesMax) {
        this.writesMax = writesMax;
        this.bytesMax = bytesMax;
        this.ring = new Slot[writesMax];
    }

    /** What there is for a reader that wants a certain write. */
    sealed interface Next {

        record Here(Slot slot) implements Next {}

        /** It is not kept any more, or never was. */
        record Gone() implements Next {}

        /** It has not been written. */
        record NotYet() implements Next {}
    }

    /** One write and, once somebody has made them, its events. */
    final class Slot {

        private final long sequence;
        private @Nullable Transition write; // guarded by this, as are events and large
        private @Nullable List<Told> events;
        private boolean large;
        /** Of the events; {@link #DROPPED} once the slot is no longer in the ring. */
        private final AtomicLong size = new AtomicLong();

        Slot(Transition write) {
            this.sequence = write.sequence();
            this.write = write;
        }

        void each(Predicate<Told.Ordered> wanted, Told.Listener listener) {
            List<Told> made = made();
            if (made != null) {
                made.stream().filter(event -> wanted.test(event.ordered())).forEach(listener::hear);
                return;
            }
            Transition unmade = unmade();
            if (unmade != null) {
                Told.each(unmade, wanted, listener);
            }
        }

        private synchronized @Nullable Transition unmade() {
            return write;
        }

        /** Null when they are too many, or too large, to keep. */
        private synchronized @Nullable List<Told> made() {
            Transition unmade = write;
            if (events == null && unmade != null && !large) {
                List<Told> all = make(unmade);
                if (all == null) {
                    large = true;
                } else {
                    events = all;
                    write = null;
                }
            }
            return events;
        }

        private @Nullable List<Told> make(Transition unmade) {
            if (Happenings.in(unmade).size() > KEPT_EVENTS_MAX) {
                return null;
            }
            List<Told> all = new ArrayList<>();
            Told.each(unmade, event -> true, all::add);
            long made = all.stream().mapToLong(event -> event.frame().length).sum();
            if (made > bytesMax / LARGE_PART) {
                return null;
            }
            if (size.compareAndSet(0, made)) {
                bytes.addAndGet(made);
            }
            return all;
        }

        private void drop() {
            bytes.addAndGet(-Math.max(0, size.getAndSet(DROPPED)));
        }
    }

    /** Called in the order of sequences, without a gap. */
    void add(Transition write) {
        lock.lock();
        try {
            if (write.sequence() != last + 1) {
                dropAll();
                first = write.sequence();
            } else if (last - first + 1 == writesMax) {
                dropFirst();
            }
            last = write.sequence();
            ring[place(last)] = new Slot(write);
            dropSurplus();
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a write, but not longer than this.
     *
     * @param durable the newest write that is durable, in case that none was added yet
     */
    Next next(long sequence, long durable, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!closed && left > 0 && newest(durable) < sequence) {
                left = more.awaitNanos(left);
            }
            if (newest(durable) < sequence || closed) {
                return new Next.NotYet();
            }
            dropSurplus();
            Slot slot = sequence >= first && sequence <= last ? ring[place(sequence)] : null;
            return slot == null ? new Next.Gone() : new Next.Here(slot);
        } finally {
            lock.unlock();
        }
    }

    /** The newest write that there is. */
    private long newest(long durable) {
        return last == 0 ? durable : last;
    }

    boolean holds(long sequence) {
        lock.lock();
        try {
            return sequence >= first && sequence <= last;
        } finally {
            lock.unlock();
        }
    }

    /** Those who wait return, now and from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many writes are kept. */
    long kept() {
        lock.lock();
        try {
            return last == 0 ? 0 : last - first + 1;
        } finally {
            lock.unlock();
        }
    }

    /** Of the events that are kept. */
    long bytes() {
        return bytes.get();
    }

    private void dropSurplus() {
        while (bytes.get() > bytesMax && first < last) {
            dropFirst();
        }
    }

    private void dropAll() {
        while (last != 0 && first <= last) {
            dropFirst();
        }
    }

    private void dropFirst() {
        Slot slot = ring[place(first)];
        ring[place(first)] = null;
        if (slot != null) {
            slot.drop();
        }
        first++;
    }

    private int place(long sequence) {
        return (int) (sequence % writesMax);
    }
}

package bricklayer.store.log;

import static java.util.Objects.requireNonNull;

import bricklayer.store.StoreException;
import bricklayer.store.Transition;
import bricklayer.store.checkpoint.Checkpoints;
import bricklayer.store.disk.DurablePoint;
import bricklayer.store.disk.Folder;
import bricklayer.store.image.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes the log. Whoever waits goes into the next frame; a frame is written, flushed once, its image published, its waiting threads
 * woken, in this order; then whoever follows the log is told.
 *
 * <p>INVARIANT: at most one frame is not flushed. Recovery tells a torn tail from damage by it.
 *
 * <p>No other thread touches the channel: an interrupt of a thread that is inside a {@link FileChannel} closes the channel for everybody.
 */
final class LogWriter {

    /** A batch of this many bytes takes no more, so that a flood of large writes does not become one huge frame. */
    private static final int FULL_BATCH = 1 << 20;

    /** The largest transaction, so that lengths in the format never overflow and one caller cannot fill the heap of all others. */
    private static final int LARGEST_TRANSACTION = 64 << 20;

    private final Segments segments;
    private final Checkpoints checkpoints;
    private final int segmentBytes;
    private final Consumer<Image> publish;
    private final Consumer<Transition> tell;
    private final long checkpointBytes;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition checkpointWork = lock.newCondition();
    private final AtomicLong sinceCheckpoint;
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final FlushTimes flushTimes = new FlushTimes();
    // guarded by lock
    private final Deque<Batch> queue = new ArrayDeque<>();
    private Batch last;
    private Optional<CheckpointRequest> checkpointWanted = Optional.empty();
    private Optional<CheckpointWork> checkpointReady = Optional.empty();
    private boolean checkpointRunning = true; // until its thread asks for work
    private boolean ended;
    private boolean idle;
    private boolean closing;
    private @Nullable Throwable failure;
    // owned by the log thread
    private FileChannel channel;
    private Path file;
    private long position;
    private long size;
    private byte[] hash;
    private Image written;

    /** Where the log goes on. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Position(
            FileChannel channel,
            Path file,
            long firstSequence,
            long offset,
            long size,
            byte[] hash,
            Image image,
            long sinceCheckpoint) {}

    /** A checkpoint to take: this image, which ends with the frame of this hash. */
    record CheckpointWork(Image image, String hash, CheckpointRequest request) {}

    LogWriter(
            Segments segments,
            Checkpoints checkpoints,
            int segmentBytes,
            Position start,
            long checkpointBytes,
            Consumer<Image> publish,
            Consumer<Transition> tell,
            ThreadFactory threads) {
        this.segments = segments;
        this.checkpoints = checkpoints;
        this.segmentBytes = segmentBytes;
        this.publish = publish;
        this.tell = tell;
        this.checkpointBytes = checkpointBytes;
        this.channel = start.channel();
        this.file = start.file();
        this.position = start.offset();
        this.size = start.size();
        this.hash = start.hash();
        this.written = start.image();
        this.sinceCheckpoint = new AtomicLong(start.sinceCheckpoint());
        this.last = new Batch(start.image());
        this.last.durable();
        this.thread = requireNonNull(threads.newThread(this::run), "threads gives no more threads");
    }

    void start() {
        thread.start();
    }

    /** Queues a transaction. The caller holds the store's write lock, so the order of calls is that of sequences. */
    Batch append(byte[] transaction, Image after, Transition transition) {
        if (transaction.length > LARGEST_TRANSACTION) {
            throw new IllegalArgumentException("a transaction of " + transaction.length
                    + " bytes cannot be written; the largest is " + LARGEST_TRANSACTION + ": split the work");
        }
        lock.lock();
        try {
            refuseAfterFailure();
            Batch open = queue.peekLast();
            if (open == null || open.bytes() >= FULL_BATCH) {
                open = new Batch(after);
                queue.addLast(open);
                last = open;
            }
            open.add(transaction, after, transition);
            wake();
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** The batch that holds the newest transaction; done when there is nothing that is not durable. */
    Batch last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    Optional<Throwable> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    /** Asks for a checkpoint of what is durable by then; several who ask meanwhile get the same one. */
    CheckpointRequest requestCheckpoint() {
        lock.lock();
        try {
            refuseAfterFailure();
            if (ended) {
                throw new StoreException("no checkpoint was taken: the store is closed");
            }
            CheckpointRequest request = checkpointWanted.orElseGet(CheckpointRequest::new);
            checkpointWanted = Optional.of(request);
            wake();
            return request;
        } finally {
            lock.unlock();
        }
    }

    /** Ends everything: all who wait fail with this cause, and so does every later write. Used for failures on other threads. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            queue.forEach(batch -> batch.failed(cause));
            queue.clear();
            checkpointWanted.ifPresent(request -> request.failed(cause));
            checkpointWanted = Optional.empty();
            checkpointReady.ifPresent(ready -> ready.request().failed(cause));
            checkpointReady = Optional.empty();
            end();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next checkpoint to take; empty when there will be none. Called by the thread that takes them, between one and the next. */
    Optional<CheckpointWork> nextCheckpoint() {
        lock.lock();
        try {
            checkpointRunning = false;
            wake();
            while (checkpointReady.isEmpty() && !ended) {
                checkpointWork.awaitUninterruptibly();
            }
            Optional<CheckpointWork> ready = checkpointReady;
            checkpointReady = Optional.empty();
            return ready;
        } finally {
            lock.unlock();
        }
    }

    LogStore.Written written() {
        return new LogStore.Written(frames.get(), bytes.get());
    }

    FlushTimes flushTimes() {
        return flushTimes;
    }

    /** Bytes of frames that the next start would replay. */
    long bytesSinceCheckpoint() {
        return sinceCheckpoint.get();
    }

    /** Writes what is queued, then ends the thread and closes the file. */
    void close() throws IOException {
        lock.lock();
        try {
            closing = true;
            wake();
        } finally {
            lock.unlock();
        }
        Threads.join(thread);
        channel.close();
    }

    private void wake() {
        if (idle) {
            idle = false;
            work.signal();
        }
    }

    private void end() {
        ended = true;
        checkpointWanted.ifPresent(request -> request.failed(new StoreException("the store is being closed")));
        checkpointWanted = Optional.empty();
        checkpointWork.signal();
        wake();
    }

    private void refuseAfterFailure() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new StoreException(
                    "cannot write: an earlier write failed, and what it left on the disk shows only when the store is opened again: restart. "
                            + failure.getMessage(),
                    failure);
        }
    }

    private void run() {
        Optional<Batch> batch = Optional.empty();
        Optional<CheckpointRequest> request = Optional.empty();
        try {
            while (true) {
                request = Optional.empty();
                batch = Optional.empty();
                lock.lock();
                try {
                    while (queue.isEmpty() && !checkpointCanStart() && !closing && failure == null) {
                        idle = true;
                        work.awaitUninterruptibly();
                    }
                    if (failure != null || (closing && queue.isEmpty() && !checkpointCanStart())) {
                        end();
                        return;
                    }
                    if (checkpointCanStart()) {
                        request = checkpointWanted;
                        checkpointWanted = Optional.empty();
                        checkpointRunning = true;
                    }
                    batch = Optional.ofNullable(queue.pollFirst());
                } finally {
                    lock.unlock();
                }
                if (request.isPresent()) {
                    startCheckpoint(request.get());
                }
                if (batch.isPresent()) {
                    write(batch.get());
                }
            }
        } catch (IOException
                | RuntimeException
                | Error e) { // the last line of defence of this thread: nobody may wait for ever
            flushTimes.failed();
            Throwable cause = e instanceof Error
                    ? e
                    : new StoreException("cannot write to " + file + " at offset " + position + ": " + e, e);
            fail(cause);
            batch.ifPresent(waiting -> waiting.failed(cause));
            request.ifPresent(waiting -> waiting.failed(cause));
        }
    }

    private boolean checkpointCanStart() {
        return checkpointWanted.isPresent() && !checkpointRunning;
    }

    private void write(Batch batch) throws IOException {
        byte[] frame = Frame.bytes(batch.firstSequence(), batch.transactions(), batch.bytes(), hash);
        if (position + frame.length > size) {
            roll(Math.max(segmentBytes, Math.addExact(SegmentHeader.LENGTH, frame.length)));
        }
        flushTimes.begin();
        segments.folder()
                .at(DurablePoint.FRAME_WRITE, () -> Folder.writeFully(channel, ByteBuffer.wrap(frame), position));
        segments.folder().at(DurablePoint.FRAME_FLUSH, () -> channel.force(false));
        flushTimes.end();
        publish.accept(batch.after());
        batch.durable();
        batch.transitions().forEach(tell);

        frames.incrementAndGet();
        bytes.addAndGet(frame.length);
        position += frame.length;
        hash = Frame.hash(frame, 0, frame.length);
        written = batch.after();
        if (sinceCheckpoint.addAndGet(frame.length) >= checkpointBytes) {
            wantCheckpoint();
        }
    }

    private void wantCheckpoint() {
        lock.lock();
        try {
            if (checkpointWanted.isEmpty() && !checkpointRunning) {
                checkpointWanted = Optional.of(new CheckpointRequest());
            }
        } finally {
            lock.unlock();
        }
    }

    /** A checkpoint is taken where a segment begins, so that opening reads nothing before it. */
    private void startCheckpoint(CheckpointRequest request) throws IOException {
        if (position > SegmentHeader.LENGTH) {
            roll(segmentBytes);
        }
        sinceCheckpoint.set(0);
        lock.lock();
        try {
            checkpointReady =
                    Optional.of(new CheckpointWork(written, HexFormat.of().formatHex(hash), request));
            checkpointWork.signal();
        } finally {
            lock.unlock();
        }
    }

    private void roll(int bytes) throws IOException {
        long first = written.sequence() + 1;
        FileChannel next = segments.create(new SegmentHeader(first, hash), bytes);
        checkpoints.segmentMade(first);
        channel.close();
        channel = next;
        file = segments.folder().file(SegmentHeader.fileName(first));
        position = SegmentHeader.LENGTH;
        size = bytes;
    }
}

package bricklayer.store.log;

import static java.util.Objects.requireNonNull;

import bricklayer.fault.Faults;
import bricklayer.store.QuarantinedRow;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.store.StoreException;
import bricklayer.store.Transition;
import bricklayer.store.Transition.Touched;
import bricklayer.store.WriteTx;
import bricklayer.store.checkpoint.CheckpointDamaged;
import bricklayer.store.checkpoint.Checkpoints;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.disk.DurablePoint;
import bricklayer.store.disk.Folder;
import bricklayer.store.image.Change;
import bricklayer.store.image.Image;
import bricklayer.store.image.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable store: a log of write transactions, an image of all rows in the heap, and checkpoints so that opening does not replay the whole past.
 *
 * <p>A write runs under the write lock against the newest image, which need not be durable yet, is encoded, queued and lets go of the lock; then it waits for the frame
 * it is in. So the work and encoding of the next frame go on while the disk flushes this one. Readers see the newest durable image.
 *
 * <p>After a failed write or flush nothing is retried (the kernel may have dropped the pages): every later write fails, reads go on.
 */
public final class LogStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(LogStore.class);

    /** A clean close takes a checkpoint when a start would replay more than this part of what triggers one anyway. */
    private static final int WORTHWHILE_AT_CLOSE = 8;

    private final Options options;
    private final JsonCodec codec;
    private final InstantSource clock;
    private final FolderLock folderLock;
    private final Checkpoints checkpoints;
    private final Optional<Damage> damage;
    private final @Nullable LogWriter log;
    private final @Nullable Thread checkpointThread;

    private final ReentrantLock writeLock = new ReentrantLock();
    private Image newest; // guarded by writeLock
    private volatile boolean closed;
    private volatile Image durable;
    private volatile Consumer<Transition> follower = transition -> {};

    /**
     * Limits of a store.
     *
     * @param segmentBytes of a segment file, all of them taken from the disk at once; a larger frame gets a larger segment
     * @param checkpointBytes a checkpoint is taken when so many bytes of frames were written since the last
     * @param archive where segments go that are not needed any more; empty to delete them
     */
    public record Options(Path folder, int segmentBytes, long checkpointBytes, Optional<Path> archive) {

        private static final int SMALLEST_SEGMENT = 4 << 10;

        public Options {
            requireNonNull(folder, "folder");
            requireNonNull(archive, "archive");
            if (segmentBytes < SMALLEST_SEGMENT) {
                throw new IllegalArgumentException(
                        "segments of " + segmentBytes + " bytes are too small; at least " + SMALLEST_SEGMENT);
            }
            if (checkpointBytes < 1) {
                throw new IllegalArgumentException("checkpoints every " + checkpointBytes + " bytes; at least 1");
            }
        }

        /** 16 MiB segments, a checkpoint each 64 MiB, no archive. */
        public static Options in(Path folder) {
            return new Options(folder, 16 << 20, 64L << 20, Optional.empty());
        }

        public Options withSegmentBytes(int bytes) {
            return new Options(folder, bytes, checkpointBytes, archive);
        }

        public Options withCheckpointBytes(long bytes) {
            return new Options(folder, segmentBytes, bytes, archive);
        }

        public Options withArchive(Path path) {
            return new Options(folder, segmentBytes, checkpointBytes, Optional.of(path));
        }
    }

    /**
     * Opens the store in a folder, which is made when it is missing. Damage in the log does not keep it from opening: it then shows what lies before the damage and
     * {@link #readOnlyReason()} says what is lost.
     *
     * @param threads makes the two threads of the store; platform threads, for they block in the file system
     * @param faults reached before and after each {@link DurablePoint}
     * @throws StoreException when another process has the folder open, a newer release wrote it, or it cannot be read or written
     */
    public static LogStore open(
            Options options, JsonCodec codec, InstantSource clock, ThreadFactory threads, Faults faults) {
        try {
            Files.createDirectories(options.folder());
            FolderLock lock = FolderLock.take(options.folder());
            try {
                return new LogStore(options, codec, clock, threads, faults, lock);
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException("cannot open the store in " + options.folder() + ": " + e, e);
        }
    }

    private LogStore(
            Options options,
            JsonCodec codec,
            InstantSource clock,
            ThreadFactory threads,
            Faults faults,
            FolderLock folderLock)
            throws IOException {
        this.options = options;
        this.codec = codec;
        this.clock = clock;
        this.folderLock = folderLock;
        Folder folder = new Folder(options.folder(), faults);
        this.checkpoints = new Checkpoints(folder);
        Recovery.Result found = new Recovery(folder, codec, checkpoints).run();
        this.newest = found.image();
        this.durable = found.image();
        this.damage = found.damage();
        if (damage.isPresent()) {
            LOG.error(
                    "store opened read-only folder={} reason={}",
                    options.folder(),
                    damage.get().reason());
            this.log = null;
            this.checkpointThread = null;
            return;
        }
        deleteUnfinished(folder);
        Segments segments = new Segments(folder);
        LogWriter.Position start = start(segments, found);
        if (found.newestSegment() == start.firstSequence()) {
            checkpoints.segmentFound(start.firstSequence());
        } else {
            checkpoints.segmentMade(start.firstSequence());
        }
        this.log = new LogWriter(
                segments,
                checkpoints,
                options.segmentBytes(),
                start,
                options.checkpointBytes(),
                image -> durable = image,
                this::tell,
                threads);
        this.checkpointThread = requireNonNull(
                threads.newThread(new Checkpointer(log, checkpoints, segments, options.archive(), codec, clock)),
                "threads gives no more threads");
        log.start();
        checkpointThread.start();
        LOG.info(
                "store opened folder={} sequence={} quarantined={} replayedBytes={}",
                options.folder(),
                durable.sequence(),
                durable.unread().size(),
                found.replayedBytes());
    }

    @Override
    public Rows rows() {
        return durable;
    }

    @Override
    public <T> T write(Function<? super WriteTx, T> work) {
        if (writeLock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a write inside a write would not see its changes; use the outer one");
        }
        Outcome<T> outcome;
        writeLock.lock();
        try {
            outcome = run(openLog(), work);
        } finally {
            writeLock.unlock();
        }
        return outcome.await();
    }

    private <T> Outcome<T> run(LogWriter writer, Function<? super WriteTx, T> work) {
        Transaction tx = newest.begin();
        T result;
        try {
            result = work.apply(tx);
        } catch (RuntimeException refusal) {
            return new Refused<>(writer.last(), refusal);
        }
        Image next = tx.end();
        if (tx.changedNothing()) {
            return new Done<>(writer.last(), result);
        }
        long millis = clock.millis();
        List<Change> changes = tx.changes();
        byte[] bytes = LoggedTransaction.encode(millis, changes, codec);
        List<Touched> touched = changes.stream()
                .map(change -> new Touched(change.table().name(), change.key()))
                .toList();
        Batch batch = writer.append(bytes, next, new Transition(newest, next, Instant.ofEpochMilli(millis), touched));
        newest = next;
        return new Done<>(batch, result);
    }

    /**
     * Has somebody told of each transaction from now on, in order and without a gap, after it has become durable.
     *
     * @param next takes the place of who was told before. Called on the thread that writes the log, so it must return at once; what it throws is logged
     */
    public void follow(Consumer<Transition> next) {
        follower = next;
    }

    private void tell(Transition transition) {
        try {
            follower.accept(transition);
        } catch (RuntimeException e) { // the log goes on, whatever becomes of those who look on
            LOG.error("whoever follows the log failed at sequence={}", transition.sequence(), e);
        }
    }

    /**
     * Reads again what was written after a transaction and is durable now, from the files. Takes memory in proportion to the log from there on. Writers do not notice.
     *
     * @param reader called in order, without a gap, on this thread; says whether it wants more
     * @throws LogTooShort when the log does not reach back so far
     * @throws StoreException when the files cannot be read
     */
    public void past(long after, Predicate<Transition> reader) {
        new PastTransitions(options.folder(), codec).after(after, durable, reader);
    }

    /** After which transaction {@link #past} can tell what was written. */
    public long oldestPast() {
        return new PastTransitions(options.folder(), codec).oldest();
    }

    /** An answer, and the batch it must wait for: an answer must not rest on a change that a crash could still take back. */
    private sealed interface Outcome<T> {
        T await();
    }

    private record Done<T>(Batch batch, T result) implements Outcome<T> {
        @Override
        public T await() {
            batch.await();
            return result;
        }
    }

    /** The work threw, perhaps because of what it read. */
    private record Refused<T>(Batch batch, RuntimeException refusal) implements Outcome<T> {
        @Override
        public T await() {
            try {
                batch.await();
            } catch (StoreException e) {
                refusal.addSuppressed(e);
            }
            throw refusal;
        }
    }

    /**
     * What was written since the store was opened. For metrics: transactions for each frame show how well writers share flushes.
     *
     * @param frames each of them one flush
     */
    public record Written(long frames, long bytes) {}

    public Written written() {
        return log == null ? new Written(0, 0) : log.written();
    }

    /** How long flushes take. */
    public FlushTimes flushTimes() {
        return log == null ? new FlushTimes() : log.flushTimes();
    }

    /** Why this store takes no writes and one opened anew on the same folder might: a write failed. Empty while all is well, and where opening it again shows the same damage. */
    public Optional<String> restartReason() {
        return log == null || closed ? Optional.empty() : log.failure().map(LogStore::afterFailure);
    }

    private static String afterFailure(Throwable cause) {
        return "a write failed, restart to see what is on the disk: " + cause.getMessage();
    }

    /** How much of the log the next start would replay, in bytes. */
    public long bytesToReplay() {
        return log == null ? 0 : log.bytesSinceCheckpoint();
    }

    /** Takes a checkpoint of what is durable now and returns when it is safe. Writers go on meanwhile. */
    public void checkpoint() {
        openLog().requestCheckpoint().await();
    }

    /**
     * Everything that is durable, as one file that {@link #restore} takes.
     *
     * @param content to be closed by whoever asked
     * @param length in bytes
     */
    public record Backup(InputStream content, long length) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /**
     * A copy of what is durable now, or a little newer: what is acknowledged is in it, and each transaction is in it as a whole or not at all. Writers go on meanwhile.
     *
     * @throws StoreException when the store is closed or read-only, or nothing was ever written
     */
    public Backup backup() {
        checkpoint();
        try {
            FileChannel file = checkpoints
                    .openNewest()
                    .orElseThrow(() -> new StoreException("there is nothing to back up in " + options.folder()));
            try {
                return new Backup(Channels.newInputStream(file), file.size());
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException("cannot read the checkpoint in " + options.folder() + ": " + e, e);
        }
    }

    /**
     * Fills a folder, which is made when it is missing, from a backup. After a failure while it was being filled it holds files that are of no use, and must be emptied; a backup that does not verify leaves nothing.
     *
     * @throws StoreException when the folder holds a store already or is in use, or the file is not a whole backup
     */
    public static void restore(Path backup, Path folder) {
        try {
            Files.createDirectories(folder);
            Folder files = new Folder(folder, Faults.NONE);
            if (files.names().stream().anyMatch(LogStore::isPartOfAStore)) {
                throw new StoreException("cannot restore into " + folder + ": it is not empty");
            }
            try (FolderLock _ = FolderLock.take(folder)) {
                Checkpoints checkpoints = new Checkpoints(files);
                Checkpoints.Place place = checkpoints.takeOver(backup);
                long next = place.sequence() + 1;
                byte[] hash = HexFormat.of().parseHex(place.hash());
                new Segments(files)
                        .create(
                                new SegmentHeader(next, hash),
                                Options.in(folder).segmentBytes())
                        .close();
                checkpoints.segmentMade(next);
            }
        } catch (CheckpointDamaged e) {
            throw new StoreException(backup + " is not a whole backup: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StoreException("cannot restore " + backup + " into " + folder + ": " + e, e);
        }
    }

    /**
     * Fills a folder, which is made when it is missing, with rows as they were at a moment. After a failure it must be emptied.
     *
     * @throws StoreException when the folder holds a store already or is in use
     */
    public static void restore(RowsAt rows, Instant now, Path folder) {
        try {
            Files.createDirectories(folder);
            Folder files = new Folder(folder, Faults.NONE);
            if (files.names().stream().anyMatch(LogStore::isPartOfAStore)) {
                throw new StoreException("cannot restore into " + folder + ": it is not empty");
            }
            try (FolderLock _ = FolderLock.take(folder)) {
                Checkpoints checkpoints = new Checkpoints(files);
                checkpoints.save(rows.sequence(), rows.hash(), now, rows.rows(), List.of());
                long next = rows.sequence() + 1;
                new Segments(files)
                        .create(
                                new SegmentHeader(next, HexFormat.of().parseHex(rows.hash())),
                                Options.in(folder).segmentBytes())
                        .close();
                checkpoints.segmentMade(next);
            }
        } catch (IOException e) {
            throw new StoreException("cannot restore into " + folder + ": " + e, e);
        }
    }

    /** Deletes the segments of an archive that hold nothing after a transaction. Does nothing when there is no archive. */
    public static void pruneArchive(Path archive, long upTo) {
        if (Files.isDirectory(archive)) {
            try {
                new Segments(new Folder(archive, Faults.NONE)).drop(upTo, Optional.empty());
            } catch (IOException e) {
                throw new StoreException("cannot delete old segments in " + archive + ": " + e, e);
            }
        }
    }

    /** Not so what an attempt leaves behind that was broken off before it had read the backup. */
    private static boolean isPartOfAStore(String fileName) {
        return !fileName.equals(FolderLock.NAME) && !fileName.endsWith(Folder.UNFINISHED);
    }

    @Override
    public List<QuarantinedRow> quarantined() {
        return durable.quarantined();
    }

    /** The first place of the log where acknowledged transactions are lost; empty when there is none. */
    public Optional<Damage> damage() {
        return damage;
    }

    @Override
    public Optional<String> readOnlyReason() {
        if (damage.isPresent()) {
            return Optional.of(damage.get().reason());
        }
        if (closed) {
            return Optional.of("the store in " + options.folder() + " is closed");
        }
        return requireNonNull(log).failure().map(LogStore::afterFailure);
    }

    @Override
    public void close() {
        writeLock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            writeLock.unlock();
        }
        try (folderLock) {
            if (log != null && checkpointThread != null) {
                checkpointIfWorthwhile(log);
                log.close();
                Threads.join(checkpointThread);
            }
        } catch (IOException e) {
            throw new StoreException("cannot close the store in " + options.folder() + ": " + e, e);
        }
    }

    private LogWriter openLog() {
        if (damage.isPresent()) {
            throw new StoreException("cannot write: " + damage.get().reason());
        }
        if (closed) {
            throw new StoreException("cannot write: the store in " + options.folder() + " is closed");
        }
        return requireNonNull(log);
    }

    private void checkpointIfWorthwhile(LogWriter writer) {
        if (writer.failure().isPresent()
                || writer.bytesSinceCheckpoint() < options.checkpointBytes() / WORTHWHILE_AT_CLOSE) {
            return;
        }
        try {
            writer.requestCheckpoint().await();
        } catch (StoreException e) {
            LOG.warn("closing without a checkpoint; the next start replays more", e);
        }
    }

    private LogWriter.Position start(Segments segments, Recovery.Result found) throws IOException {
        long next = found.image().sequence() + 1;
        if (found.tail().isEmpty()) {
            FileChannel channel = segments.create(new SegmentHeader(next, found.hash()), options.segmentBytes());
            Path file = segments.folder().file(SegmentHeader.fileName(next));
            return new LogWriter.Position(
                    channel, file, next, SegmentHeader.LENGTH, options.segmentBytes(), found.hash(), found.image(), 0);
        }
        LogWalk.Tail tail = found.tail().get();
        FileChannel channel = Segments.open(tail.file());
        try {
            long size = Math.max(tail.length(), options.segmentBytes());
            if (tail.torn()) {
                LOG.warn(
                        "dropping a torn frame that was never acknowledged file={} offset={}", tail.file(), tail.end());
                segments.folder().at(DurablePoint.TAIL_DROP, () -> {
                    Segments.writeZeros(channel, tail.end(), size);
                    channel.force(true);
                });
            } else if (tail.length() < size) {
                Segments.writeZeros(channel, tail.length(), size);
            }
            // What was read may still be in the page cache only: the process that wrote it may have died before its
            // flush, or the flush failed. After a failure Linux takes the pages for clean, and a flush alone would not
            // write them, hence again. At most one frame is concerned, and the file's name.
            rewrite(tail, channel);
            channel.force(true);
            Folder.force(segments.folder().path());
            return new LogWriter.Position(
                    channel,
                    tail.file(),
                    tail.firstSequence(),
                    tail.end(),
                    size,
                    found.hash(),
                    found.image(),
                    found.replayedBytes());
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static void rewrite(LogWalk.Tail tail, FileChannel channel) throws IOException {
        try (FileChannel reading = FileChannel.open(tail.file(), StandardOpenOption.READ)) {
            ByteBuffer frame = ByteBuffer.allocate(tail.end() - tail.last());
            while (frame.hasRemaining() && reading.read(frame, tail.last() + frame.position()) >= 0) {}
            Folder.writeFully(channel, frame.flip(), tail.last());
        }
    }

    private static void deleteUnfinished(Folder folder) throws IOException {
        for (String name : folder.names()) {
            if (name.endsWith(Folder.UNFINISHED)) {
                folder.delete(name);
            }
        }
    }
}

package bricklayer.backup;

import static java.util.Objects.requireNonNull;

import bricklayer.api.OperationsHealth;
import bricklayer.api.Probe;
import bricklayer.operation.Threads;
import bricklayer.store.StoreException;
import bricklayer.store.disk.Folder;
import bricklayer.store.log.LogStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes backups by the clock. A backup counts as good when it was read back from the folder and is whole; only then older ones go. Thread-safe.
 */
public final class Backups implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

    /** How long a failed one is not tried again, when the period is longer. */
    private static final Duration RETRY = Duration.ofMinutes(1);

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How many periods may pass without a good one before a person is told. */
    private static final int OVERDUE_PERIODS = 3;

    private final LogStore store;
    private final BackupSettings settings;
    private final InstantSource clock;
    private final Threads threads;
    private final Instant started;
    private final AtomicLong failures = new AtomicLong();
    private final ReentrantLock making = new ReentrantLock();
    private volatile Optional<Instant> lastGood = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();
    private volatile boolean closed;

    public Backups(LogStore store, BackupSettings settings, InstantSource clock, Threads threads) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.threads = threads;
        this.started = clock.instant();
    }

    public void start() {
        threads.start("backups", this::loop);
    }

    private void loop() {
        trustTheNewest();
        Instant due = lastGood.map(good -> good.plus(settings.period())).orElse(clock.instant());
        while (!closed) {
            if (!clock.instant().isBefore(due)) {
                due = clock.instant().plus(attempt() ? settings.period() : pauseAfterFailure());
            }
            try {
                threads.sleep(LOOK);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Duration pauseAfterFailure() {
        return settings.period().compareTo(RETRY) < 0 ? settings.period() : RETRY;
    }

    private boolean attempt() {
        try {
            now();
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "no backup was made in {}; it is tried again. Look at space and permissions there: {}",
                    settings.folder(),
                    e.getMessage());
            return false;
        }
    }

    /** What an earlier process made counts when it is whole. */
    private void trustTheNewest() {
        List<BackupFile> before = list();
        if (!before.isEmpty()) {
            BackupFile newest = before.getLast();
            try {
                BackupFile.verify(newest.file());
                lastGood = Optional.of(newest.taken());
            } catch (StoreException e) {
                LOG.warn("the newest backup does not count: {}", e.getMessage());
            }
        }
    }

    /**
     * Makes one now, and returns when it was read back and is whole. When nothing was written since the last one, that one is read again instead.
     *
     * @throws StoreException when there is none in the end; those that were there before still are
     */
    public BackupFile now() {
        making.lock();
        try {
            BackupFile made = make();
            lastGood = Optional.of(clock.instant());
            failure = Optional.empty();
            prune();
            return made;
        } catch (IOException e) {
            throw failed(new StoreException("cannot make a backup in " + settings.folder() + ": " + e, e));
        } catch (RuntimeException e) {
            throw failed(e);
        } finally {
            making.unlock();
        }
    }

    private RuntimeException failed(RuntimeException e) {
        failures.incrementAndGet();
        failure = Optional.of(String.valueOf(e.getMessage()));
        return e;
    }

    private BackupFile make() throws IOException {
        Files.createDirectories(settings.folder());
        List<BackupFile> before = list();
        long newest = store.rows().sequence();
        if (!before.isEmpty() && before.getLast().sequence() == newest && isWhole(before.getLast())) {
            return before.getLast();
        }
        Path unfinished = settings.folder().resolve("backup" + Folder.UNFINISHED);
        String sha256 = copyTo(unfinished);
        BackupFile.Contents contents = BackupFile.verify(unfinished);
        if (!contents.sha256().equals(sha256) || contents.sequence() < newest) {
            throw new StoreException(
                    unfinished + " does not hold what was written: transactions up to " + contents.sequence() + " of "
                            + newest + ", checksum " + contents.sha256() + " instead of " + sha256);
        }
        // names have whole seconds, and so must what is told about a backup
        Instant taken = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Path file = settings.folder().resolve(BackupFile.name(taken, contents.sequence()));
        Path checksum = BackupFile.checksumOf(file);
        Files.writeString(checksum, BackupFile.checksumLine(sha256, file));
        Folder.forceFile(checksum);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folder.force(settings.folder());
        LOG.info(
                "backup made file={} sequence={} rows={} bytes={}",
                file,
                contents.sequence(),
                contents.rows(),
                contents.bytes());
        return new BackupFile(file, taken, contents.sequence());
    }

    private static boolean isWhole(BackupFile file) {
        try {
            BackupFile.verify(file.file());
            return true;
        } catch (StoreException e) {
            LOG.warn("a backup is spoiled, another is made: {}", e.getMessage());
            return false;
        }
    }

    private String copyTo(Path unfinished) throws IOException {
        MessageDigest digest = BackupFile.digest();
        try (LogStore.Backup backup = store.backup();
                OutputStream out = new DigestOutputStream(Files.newOutputStream(unfinished), digest)) {
            long copied = backup.content().transferTo(out);
            if (copied != backup.length()) {
                throw new StoreException("the backup has " + copied + " bytes instead of " + backup.length());
            }
        }
        Folder.forceFile(unfinished);
        return HexFormat.of().formatHex(digest.digest());
    }

    private void prune() throws IOException {
        List<BackupFile> all = list();
        for (BackupFile old : all.subList(0, Math.max(0, all.size() - settings.kept()))) {
            Files.deleteIfExists(old.file());
            Files.deleteIfExists(BackupFile.checksumOf(old.file()));
            LOG.debug("old backup deleted file={}", old.file());
        }
        List<BackupFile> kept = list();
        if (!kept.isEmpty()) {
            LogStore.pruneArchive(settings.archive(), kept.getFirst().sequence());
        }
    }

    /** Oldest first. */
    public List<BackupFile> list() {
        return BackupFile.in(settings.folder());
    }

    public BackupSettings settings() {
        return settings;
    }

    /** When a backup was last seen to be whole. */
    public Optional<Instant> lastGood() {
        return lastGood;
    }

    /** For metrics; -1 when there is none. */
    public double ageSeconds() {
        return lastGood.map(
                        good -> (double) Duration.between(good, clock.instant()).toSeconds())
                .orElse(-1.0);
    }

    public long failures() {
        return failures.get();
    }

    /** What a person has to know: that there has been no good backup for too long. */
    public List<OperationsHealth.Finding> findings() {
        Instant since = requireNonNull(lastGood.orElse(started));
        Duration patience = settings.period().multipliedBy(OVERDUE_PERIODS);
        if (!since.plus(patience).isBefore(clock.instant())) {
            return List.of();
        }
        return List.of(new OperationsHealth.Finding(
                lastGood.map(good -> "the last good backup is of " + good).orElse("there is no good backup")
                        + failure.map(why -> "; the last attempt failed: " + why)
                                .orElse(""),
                "Look at space and permissions of " + settings.folder() + ", then bricklayer admin backup now"));
    }

    /** The same for a probe, which anybody may read. */
    public Probe.Check probed() {
        String last = lastGood.map(good -> "the last good one is of " + good).orElse("there is no good one yet");
        return findings().isEmpty()
                ? new Probe.Check("backup", Probe.OK, last)
                : new Probe.Check("backup", Probe.WARN, last + "; bricklayer admin health tells more");
    }

    @Override
    public void close() {
        closed = true;
    }
}

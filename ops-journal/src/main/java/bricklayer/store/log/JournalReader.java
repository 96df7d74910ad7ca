package bricklayer.store.log;

import bricklayer.fault.Faults;
import bricklayer.store.StoreException;
import bricklayer.store.checkpoint.Checkpoint;
import bricklayer.store.checkpoint.CheckpointDamaged;
import bricklayer.store.checkpoint.Checkpoints;
import bricklayer.store.checkpoint.Checkpoints.Taken;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.disk.Folder;
import bricklayer.store.log.Segments.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the folder of a store without taking it: no lock is asked for, nothing is written, and a server that runs on it does not notice.
 *
 * <p>What such a server does meanwhile is no damage: a frame that is being written, segments and checkpoints that it drops, a manifest that it replaces. So whatever looks
 * like damage is read once more, and counts only when it is still in the same place: what the server had under way when it was read the first time is done by the second.
 */
public final class JournalReader {

    /** A server that is ahead of the reader each time would have to drop what is being read each time. */
    private static final int READINGS_MAX = 100;

    private final Folder folder;
    private final List<Folder> archives;
    private final List<Path> backups;

    public JournalReader(Path folder) {
        this(folder, List.of(), List.of());
    }

    /**
     * @param archives folders with segments that the store does not need any more
     * @param backups files that {@link LogStore#backup} made of this store
     */
    public JournalReader(Path folder, List<Path> archives, List<Path> backups) {
        if (!Files.isDirectory(folder)) {
            throw new StoreException("there is no folder " + folder);
        }
        this.folder = new Folder(folder, Faults.NONE);
        this.archives =
                archives.stream().map(path -> new Folder(path, Faults.NONE)).toList();
        this.backups = List.copyOf(backups);
    }

    /** Which moment of the past is wanted. */
    public sealed interface Until {

        /** The newest that there is. */
        record Newest() implements Until {}

        /** After this transaction. */
        record Sequence(long sequence) implements Until {}

        /** Before the first transaction that was written later than this. */
        record Time(Instant time) implements Until {}

        default boolean includes(long sequence, Instant time) {
            return switch (this) {
                case Newest _ -> true;
                case Sequence last -> sequence <= last.sequence();
                case Time last -> !time.isAfter(last.time());
            };
        }
    }

    /**
     * Where a reading of the log ended.
     *
     * @param next the first transaction that was not read
     */
    public record End(long next, Optional<Damage> damage) {}

    /**
     * Passes on each transaction of the log, from one on; from the first that is there, when that one is there no more.
     *
     * @param entries sees each once, in order
     */
    public End entries(long from, Consumer<JournalEntry> entries) {
        long[] next = {Math.max(1, from)};
        Optional<Damage> before = Optional.empty();
        for (int reading = 1; ; reading++) {
            Optional<Damage> damage = readOn(next, entries);
            if (damage.isEmpty() || same(damage, before) || reading == READINGS_MAX) {
                return new End(next[0], damage);
            }
            before = damage;
        }
    }

    private Optional<Damage> readOn(long[] next, Consumer<JournalEntry> entries) {
        List<Segment> all = segments();
        int first = 0;
        while (first + 1 < all.size() && all.get(first + 1).firstSequence() <= next[0]) {
            first++;
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<Segment> segments = all.subList(first, all.size());
        LogWalk walk = walkFrom(segments.getFirst(), (file, frame, transactions) -> {
            for (int i = 0; i < transactions.size(); i++) {
                if (frame.firstSequence() + i >= next[0]) {
                    entries.accept(JournalEntry.of(file, frame, i, transactions.get(i)));
                    next[0] = frame.firstSequence() + i + 1;
                }
            }
        });
        walk.over(segments);
        return walk.damage();
    }

    private static boolean same(Optional<Damage> now, Optional<Damage> before) {
        return now.isPresent()
                && before.isPresent()
                && now.get().file().equals(before.get().file())
                && now.get().offset() == before.get().offset();
    }

    /**
     * All rows as they were at a moment.
     *
     * @throws StoreException when the log that is there does not reach back to it, or not up to it
     */
    public RowsAt at(Until until) {
        @Nullable RowsAt before = null;
        for (int reading = 1; ; reading++) {
            RowsAt now;
            try {
                now = readAt(until);
            } catch (CheckpointDamaged e) {
                if (reading == READINGS_MAX) {
                    throw new StoreException("the checkpoints in " + folder.path() + " change too fast to be read", e);
                }
                continue;
            }
            if (now.damage().isEmpty()
                    || (before != null && same(now.damage(), before.damage()))
                    || reading == READINGS_MAX) {
                return complete(now, until);
            }
            before = now;
        }
    }

    private static RowsAt complete(RowsAt found, Until until) {
        if (until instanceof Until.Sequence wanted && found.sequence() < wanted.sequence()) {
            throw new StoreException("transaction " + wanted.sequence() + " cannot be reached: "
                    + found.damage().map(Damage::reason).orElse("the log ends with transaction " + found.sequence()));
        }
        return found;
    }

    /** A place to begin at. */
    private record Base(long sequence, String hash, Optional<Path> file) {}

    private RowsAt readAt(Until until) throws CheckpointDamaged {
        List<Segment> all = segments();
        Base base = base(until, all);
        RowMap rows = new RowMap();
        if (base.file().isPresent()) {
            Checkpoints.read(base.file().get(), rows::put);
        }
        long[] last = {base.sequence()};
        boolean[] passed = {false};
        @Nullable Instant[] time = {null};
        String[] hash = {base.hash()};
        LogWalk walk =
                new LogWalk(folder, base.sequence(), HexFormat.of().parseHex(base.hash()), (_, frame, transactions) -> {
                    for (int i = 0; i < transactions.size() && !passed[0]; i++) {
                        LoggedTransaction transaction = transactions.get(i);
                        if (until.includes(frame.firstSequence() + i, transaction.time())) {
                            rows.apply(transaction);
                            last[0] = frame.firstSequence() + i;
                            time[0] = transaction.time();
                            hash[0] = HexFormat.of().formatHex(frame.hash());
                        } else {
                            passed[0] = true;
                        }
                    }
                });
        List<Segment> after = all.stream()
                .filter(segment -> segment.firstSequence() > base.sequence())
                .toList();
        walk.over(after);
        return new RowsAt(
                last[0],
                Optional.ofNullable(time[0]),
                rows.all(),
                hash[0],
                passed[0] ? Optional.empty() : walk.damage());
    }

    /** The newest checkpoint that verifies and lies before the moment, else the beginning of the log. */
    private Base base(Until until, List<Segment> all) {
        List<Path> files = new ArrayList<>(backups);
        checkpoints().stream().map(checkpoint -> folder.file(checkpoint.file())).forEach(files::add);
        Optional<Base> newest = files.stream()
                .flatMap(file -> {
                    try {
                        Taken taken = Checkpoints.read(file, row -> {});
                        return Optional.of(taken)
                                .filter(found -> until.includes(found.sequence(), found.taken()))
                                .filter(found -> goesOn(found.sequence(), all))
                                .map(found -> new Base(found.sequence(), found.hash(), Optional.of(file)))
                                .stream();
                    } catch (CheckpointDamaged e) {
                        return Optional.<Base>empty().stream();
                    }
                })
                .max(Comparator.comparingLong(Base::sequence));
        if (newest.isPresent()) {
            return newest.get();
        }
        if (all.isEmpty() || all.getFirst().firstSequence() == 1) {
            return new Base(0, "00".repeat(Frame.HASH_LENGTH), Optional.empty());
        }
        throw new StoreException(
                "the log that is there begins with transaction "
                        + all.getFirst().firstSequence()
                        + ", and no whole checkpoint or backup lies before the moment that is wanted: name a backup that is older, or the archive of segments");
    }

    /** A backup of the distant past is of no use when the log behind it is gone. */
    private static boolean goesOn(long sequence, List<Segment> all) {
        return all.isEmpty() || all.stream().anyMatch(segment -> segment.firstSequence() == sequence + 1);
    }

    /**
     * Reads and checks everything: manifest, checkpoints, each frame of each segment and the chain they make, and whether checkpoints hold what the log says.
     *
     * @param codec tells which rows this release cannot read
     */
    public Verdict verify(JsonCodec codec) {
        @Nullable Verdict before = null;
        for (int reading = 1; ; reading++) {
            Verdict now = new Verification(this, codec).run();
            if (now.findings().isEmpty()
                    || (before != null && before.findings().equals(now.findings()))
                    || reading == READINGS_MAX) {
                return now;
            }
            before = now;
        }
    }

    Folder folder() {
        return folder;
    }

    /** Those that the manifest names, or as the files are called when it cannot be read; newest first. */
    List<Checkpoint> checkpoints() {
        return manifest().checkpoints();
    }

    Checkpoints.Found manifest() {
        for (int reading = 1; ; reading++) {
            try {
                return new Checkpoints(folder).find();
            } catch (NoSuchFileException e) {
                if (reading == READINGS_MAX) {
                    throw new StoreException("cannot read " + folder.path() + ": " + e, e);
                }
            } catch (IOException e) {
                throw new StoreException("cannot read " + folder.path() + ": " + e, e);
            }
        }
    }

    /** Those of the archives, too, each sequence once; ascending. */
    List<Segment> segments() {
        List<Segment> all = new ArrayList<>();
        for (Folder place : archived()) {
            try {
                for (Segment segment : new Segments(place).list()) {
                    if (all.stream().noneMatch(known -> known.firstSequence() == segment.firstSequence())) {
                        all.add(segment);
                    }
                }
            } catch (IOException e) {
                throw new StoreException("cannot read " + place.path() + ": " + e, e);
            }
        }
        all.sort(Comparator.comparingLong(Segment::firstSequence));
        return all;
    }

    /** The store's own folder last, for a segment that moves from there into an archive meanwhile is found in the second reading. */
    private List<Folder> archived() {
        List<Folder> places = new ArrayList<>(archives);
        places.add(folder);
        return places;
    }

    /** A walk that takes the word of a segment's header for what lies before it. */
    LogWalk walkFrom(Segment segment, LogWalk.Visitor visitor) {
        byte[] before = SegmentHeader.read(
                        segment.file(), SegmentBytes.read(segment.file()).bytes())
                .map(SegmentHeader::previousHash)
                .orElseGet(() -> new byte[Frame.HASH_LENGTH]);
        return new LogWalk(folder, segment.firstSequence() - 1, before, visitor);
    }
}

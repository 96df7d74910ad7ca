package bricklayer.store.log;

import bricklayer.store.QuarantinedRow;
import bricklayer.store.StoreException;
import bricklayer.store.checkpoint.Checkpoint;
import bricklayer.store.checkpoint.CheckpointDamaged;
import bricklayer.store.checkpoint.Checkpoints;
import bricklayer.store.checkpoint.Checkpoints.Taken;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.image.Image;
import bricklayer.store.image.StoredRow;
import bricklayer.store.image.Transaction;
import bricklayer.store.log.Segments.Segment;
import bricklayer.store.log.Verdict.Finding;
import bricklayer.store.log.Verdict.Place;
import bricklayer.store.log.Verdict.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One reading of everything in a folder.
 *
 * <p>The log is walked from checkpoint to checkpoint. Each walk must end where the next checkpoint says it does, with its hash, and with its rows where the rows at the begin are
 * known. So damage before a checkpoint does not keep what comes after it from being looked at.
 */
final class Verification {

    private final JournalReader reader;
    private final JsonCodec codec;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Path, Verdict.Segment> segments = new LinkedHashMap<>();
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> until = Optional.empty();
    private long frames;
    private long transactions;
    private long changes;

    Verification(JournalReader reader, JsonCodec codec) {
        this.reader = reader;
        this.codec = codec;
    }

    /** Where a walk begins: a checkpoint that is whole, or what lies before the first segment. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Start(long sequence, byte[] hash, Optional<Path> checkpoint) {}

    Verdict run() {
        Checkpoints.Found manifest = reader.manifest();
        List<Segment> all = reader.segments();
        boolean brandNew = all.isEmpty()
                && !manifest.manifestExists()
                && manifest.checkpoints().isEmpty();
        if (!brandNew && !manifest.manifestReadable()) {
            note(reader.folder().file("manifest"), 0, "the manifest is missing or not what was written", false);
        }
        List<Snapshot> snapshots = new ArrayList<>();
        List<Start> starts = new ArrayList<>();
        for (Checkpoint checkpoint : manifest.checkpoints()) {
            check(checkpoint, snapshots, starts);
        }
        starts.sort(Comparator.comparingLong(Start::sequence));
        if (!all.isEmpty()
                && (starts.isEmpty()
                        || all.getFirst().firstSequence() - 1
                                < starts.getFirst().sequence())) {
            Segment first = all.getFirst();
            byte[] before = first.firstSequence() == 1
                    ? new byte[Frame.HASH_LENGTH]
                    : reader.walkFrom(first, (_, _, _) -> {}).hash();
            starts.addFirst(new Start(first.firstSequence() - 1, before, Optional.empty()));
        }
        Optional<LogWalk> last = Optional.empty();
        Optional<RowMap> rows = Optional.empty();
        for (int i = 0; i < starts.size(); i++) {
            Start start = starts.get(i);
            Optional<Start> next = i + 1 < starts.size() ? Optional.of(starts.get(i + 1)) : Optional.empty();
            Optional<RowMap> begin = rowsAt(start);
            if (rows.isPresent() && begin.isPresent() && start.checkpoint().isPresent()) {
                long differences = rows.get().differences(begin.get());
                if (differences > 0) {
                    note(
                            start.checkpoint().get(),
                            0,
                            differences + " rows of the checkpoint are not what the log before it says",
                            true);
                }
            }
            LogWalk walk = walk(start, next, all, begin);
            rows = walk.damage().isEmpty() ? begin : Optional.empty();
            last = Optional.of(walk);
            if (next.isEmpty()) {
                if (!brandNew) {
                    walk.expect(all, Recovery.newestBegun(manifest));
                }
                rows = begin;
            }
            walk.damage().ifPresent(damage -> note(damage.file(), damage.offset(), damage.what(), next.isEmpty()));
        }
        Optional<Damage> lost = brandNew ? Optional.empty() : recovered();
        lost.filter(damage -> findings.stream()
                        .noneMatch(known -> known.lost() && known.file().equals(damage.file())))
                .ifPresent(damage -> note(damage.file(), damage.offset(), damage.what(), true));
        return new Verdict(
                reader.folder().path(),
                findings,
                lost,
                List.copyOf(segments.values()),
                snapshots,
                last.flatMap(LogWalk::tail).filter(LogWalk.Tail::torn).map(tail -> new Place(tail.file(), tail.end())),
                all.isEmpty() ? 0 : all.getFirst().firstSequence(),
                last.map(LogWalk::sequence).orElse(0L),
                from,
                until,
                frames,
                transactions,
                changes,
                rows.map(map -> (long) map.all().size()).orElse(0L),
                rows.map(this::unread).orElseGet(List::of));
    }

    private void check(Checkpoint checkpoint, List<Snapshot> snapshots, List<Start> starts) {
        Path file = reader.folder().file(checkpoint.file());
        long[] count = {0};
        try {
            Taken taken = Checkpoints.read(file, row -> count[0]++);
            if (taken.sequence() != checkpoint.sequence()) {
                note(file, 0, "the checkpoint holds transactions up to " + taken.sequence(), false);
                return;
            }
            snapshots.add(new Snapshot(file, taken.sequence(), taken.taken(), count[0]));
            starts.add(new Start(taken.sequence(), HexFormat.of().parseHex(taken.hash()), Optional.of(file)));
        } catch (CheckpointDamaged e) {
            note(file, 0, String.valueOf(e.getMessage()), false);
        }
    }

    private LogWalk walk(Start start, Optional<Start> next, List<Segment> all, Optional<RowMap> rows) {
        List<Segment> part = all.stream()
                .filter(segment -> segment.firstSequence() > start.sequence()
                        && (next.isEmpty()
                                || segment.firstSequence() <= next.get().sequence()))
                .toList();
        LogWalk walk =
                new LogWalk(reader.folder(), start.sequence(), start.hash(), (file, frame, transactionsOfFrame) -> {
                    count(file, frame, transactionsOfFrame);
                    rows.ifPresent(map -> transactionsOfFrame.forEach(map::apply));
                });
        walk.over(part);
        if (next.isPresent() && walk.damage().isEmpty()) {
            if (walk.sequence() != next.get().sequence()) {
                note(
                        walk.tail()
                                .map(LogWalk.Tail::file)
                                .orElse(reader.folder().path()),
                        walk.tail().map(LogWalk.Tail::end).orElse(0),
                        "the log before checkpoint " + next.get().sequence() + " ends with transaction "
                                + walk.sequence(),
                        false);
            } else if (!java.util.Arrays.equals(walk.hash(), next.get().hash())) {
                note(
                        next.get().checkpoint().orElseThrow(),
                        0,
                        "the checkpoint does not belong to the log: it was taken after another frame",
                        false);
            }
        }
        return walk;
    }

    private void count(Path file, Frame frame, List<LoggedTransaction> inFrame) {
        frames++;
        transactions += inFrame.size();
        changes += inFrame.stream().mapToLong(one -> one.entries().size()).sum();
        if (from.isEmpty()) {
            from = Optional.of(inFrame.getFirst().time());
        }
        until = Optional.of(inFrame.getLast().time());
        segments.merge(
                file,
                new Verdict.Segment(file, frame.firstSequence(), frame.lastSequence(), 1),
                (before, now) ->
                        new Verdict.Segment(file, before.firstSequence(), now.lastSequence(), before.frames() + 1));
    }

    /** Empty when nobody can tell them. */
    private static Optional<RowMap> rowsAt(Start start) {
        RowMap rows = new RowMap();
        if (start.sequence() == 0) {
            return Optional.of(rows);
        }
        if (start.checkpoint().isEmpty()) {
            return Optional.empty();
        }
        try {
            Checkpoints.read(start.checkpoint().get(), rows::put);
            return Optional.of(rows);
        } catch (CheckpointDamaged e) { // gone since it was checked
            return Optional.empty();
        }
    }

    /** Where a start would lose something. */
    private Optional<Damage> recovered() {
        try {
            return new Recovery(reader.folder(), codec, new Checkpoints(reader.folder()))
                    .run()
                    .damage();
        } catch (IOException e) {
            throw new StoreException("cannot read " + reader.folder().path() + ": " + e, e);
        }
    }

    private List<String> unread(RowMap rows) {
        Transaction loaded = Image.empty(codec.schema()).begin();
        RowLoader loader = new RowLoader(codec);
        for (StoredRow row : rows.all()) {
            loader.load(row, Optional.empty(), loaded);
        }
        return loaded.end().quarantined().stream().map(Verification::describe).toList();
    }

    private static String describe(QuarantinedRow row) {
        return row.table() + "/" + row.key() + ": " + row.reason();
    }

    private void note(Path file, long offset, String what, boolean lost) {
        findings.add(new Finding(file, offset, what, lost));
    }
}

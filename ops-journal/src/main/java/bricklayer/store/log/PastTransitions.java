package bricklayer.store.log;

import bricklayer.store.StoreException;
import bricklayer.store.Transition;
import bricklayer.store.Transition.Touched;
import bricklayer.store.checkpoint.Checkpoint;
import bricklayer.store.checkpoint.CheckpointDamaged;
import bricklayer.store.checkpoint.Checkpoints;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.image.Image;
import bricklayer.store.image.StoredRow;
import bricklayer.store.image.Transaction;
import bricklayer.store.log.JournalEntry.RowWrite;
import bricklayer.store.log.Segments.Segment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells again what was written, from the files of a store that may be in use.
 *
 * <p><b>Goal.</b> Each transaction after a given one with the rows before and after it, for memory in proportion to the log that is read and not to all rows.
 *
 * <p><b>Algorithm.</b> The picture of then is made from the one of now: only keys that the log names after then can differ. Their rows of then are in the log before, else in the checkpoint that it
 * goes on from, else nowhere. From there on the log is applied again.
 */
final class PastTransitions {

    private final JournalReader folder;
    private final RowLoader loader;

    PastTransitions(Path folder, JsonCodec codec) {
        this.folder = new JournalReader(folder);
        this.loader = new RowLoader(codec);
    }

    /**
     * Passes on what was written after a transaction, up to a picture.
     *
     * @param now durable; nothing behind it is told, for it may not be
     * @param reader says whether it wants more
     * @throws LogTooShort when the log does not reach back so far
     * @throws StoreException when the files cannot be read, or changed too fast
     */
    void after(long sequence, Image now, Predicate<Transition> reader) {
        if (sequence >= now.sequence()) {
            return;
        }
        Set<Touched> changed = changedBetween(sequence, now.sequence());
        replay(then(sequence, now, changed), now.sequence(), reader);
    }

    /** After which transaction the log can be followed. */
    long oldest() {
        List<Segment> segments = folder.segments();
        if (segments.isEmpty() || segments.getFirst().firstSequence() == 1) {
            return 0;
        }
        return folder.checkpoints().stream()
                .mapToLong(Checkpoint::sequence)
                .filter(sequence -> goesOn(segments, sequence))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private Set<Touched> changedBetween(long after, long upTo) {
        Set<Touched> changed = new HashSet<>();
        each(after, upTo, entry -> {
            entry.changes().forEach(change -> changed.add(new Touched(change.table(), change.key())));
            return true;
        });
        return changed;
    }

    private Image then(long sequence, Image now, Set<Touched> changed) {
        Map<Touched, StoredRow> rows = new HashMap<>();
        long base = base(sequence, changed, rows);
        each(base, sequence, entry -> {
            for (RowWrite change : entry.changes()) {
                Touched key = new Touched(change.table(), change.key());
                if (changed.contains(key)) {
                    change.row().ifPresentOrElse(row -> rows.put(key, row), () -> rows.remove(key));
                }
            }
            return true;
        });
        Transaction back = now.begin();
        for (Touched key : changed) {
            StoredRow row = rows.get(key);
            if (row == null) {
                back.erase(key.table(), key.key());
            } else {
                loader.load(row, Optional.empty(), back);
            }
        }
        return back.endAs(sequence);
    }

    /** Where the newest checkpoint lies that verifies and is not newer, and its rows under these keys; else the beginning of the log. */
    private long base(long sequence, Set<Touched> wanted, Map<Touched, StoredRow> rows) {
        List<Segment> segments = folder.segments();
        for (Checkpoint checkpoint : folder.checkpoints()) { // newest first
            if (checkpoint.sequence() > sequence || !goesOn(segments, checkpoint.sequence())) {
                continue;
            }
            Path file = folder.folder().file(checkpoint.file());
            try {
                Checkpoints.read(file, row -> {
                    Touched key = new Touched(row.table(), row.key());
                    if (wanted.contains(key)) {
                        rows.put(key, row);
                    }
                });
                return checkpoint.sequence();
            } catch (CheckpointDamaged e) {
                rows.clear();
            }
        }
        if (!segments.isEmpty() && segments.getFirst().firstSequence() == 1) {
            return 0;
        }
        throw new LogTooShort(sequence, oldest());
    }

    private static boolean goesOn(List<Segment> segments, long sequence) {
        return segments.stream().anyMatch(segment -> segment.firstSequence() == sequence + 1);
    }

    private void replay(Image then, long upTo, Predicate<Transition> reader) {
        Image[] picture = {then};
        each(then.sequence(), upTo, entry -> {
            Image before = picture[0];
            Transaction next = before.begin();
            for (RowWrite change : entry.changes()) {
                change.row()
                        .ifPresentOrElse(
                                row -> loader.load(row, Optional.of(entry.time()), next),
                                () -> next.erase(change.table(), change.key()));
            }
            picture[0] = next.endAs(entry.sequence());
            return reader.test(new Transition(
                    before,
                    picture[0],
                    entry.time(),
                    entry.changes().stream()
                            .map(change -> new Touched(change.table(), change.key()))
                            .toList()));
        });
    }

    /** Each transaction after one up to another, without a gap, until {@code reader} has enough. */
    private void each(long after, long upTo, Predicate<JournalEntry> reader) {
        long[] last = {after};
        JournalReader.End end;
        try {
            end = folder.entries(after + 1, entry -> {
                if (entry.sequence() > upTo) {
                    throw new Enough();
                }
                if (entry.sequence() != last[0] + 1) {
                    throw new LogTooShort(after, oldest());
                }
                last[0] = entry.sequence();
                if (!reader.test(entry) || entry.sequence() == upTo) {
                    throw new Enough();
                }
            });
        } catch (Enough e) {
            return;
        }
        if (last[0] < upTo) {
            throw new StoreException("the log after transaction " + last[0] + " cannot be read"
                    + end.damage().map(damage -> ": " + damage.reason()).orElse(""));
        }
    }

    /** Ends a reading before its end. */
    private static final class Enough extends RuntimeException {
        Enough() {
            super("enough", null, false, false);
        }
    }
}

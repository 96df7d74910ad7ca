package bricklayer.store.log;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found when a whole folder was read and checked.
 *
 * @param findings what is not as it was written; empty when all is well
 * @param damage where a start would stop reading, and serve what comes before as read-only; empty when a start would lose nothing
 * @param begunFrame where a frame lies that is not whole and that nothing follows: one that is being written now, or that a crash cut short. It was never acknowledged
 * @param firstSequence of the log that is there; 0 when there is none
 * @param lastSequence the last transaction that can be read
 * @param from time of the first transaction of the log that is there
 * @param until time of the last
 * @param rows of all tables after the last transaction
 * @param unreadRows those of them that this release cannot read
 */
public record Verdict(
        Path folder,
        List<Finding> findings,
        Optional<Damage> damage,
        List<Segment> segments,
        List<Snapshot> checkpoints,
        Optional<Place> begunFrame,
        long firstSequence,
        long lastSequence,
        Optional<Instant> from,
        Optional<Instant> until,
        long frames,
        long transactions,
        long changes,
        long rows,
        List<String> unreadRows) {

    public Verdict {
        findings = List.copyOf(findings);
        segments = List.copyOf(segments);
        checkpoints = List.copyOf(checkpoints);
        unreadRows = List.copyOf(unreadRows);
    }

    /**
     * Something that is not as it was written.
     *
     * @param lost whether acknowledged transactions are lost by it; else a copy is spoiled and the rest makes up for it
     */
    public record Finding(Path file, long offset, String what, boolean lost) {}

    /** A segment whose frames were reached. */
    public record Segment(Path file, long firstSequence, long lastSequence, long frames) {}

    /** A checkpoint that is whole. */
    public record Snapshot(Path file, long sequence, Instant taken, long rows) {}

    public record Place(Path file, long offset) {}

    /** Whether there is nothing at all. */
    public boolean empty() {
        return segments.isEmpty() && checkpoints.isEmpty() && findings.isEmpty();
    }
}

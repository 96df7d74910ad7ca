package bricklayer.store.log;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A place in the log where transactions are lost that were acknowledged.
 *
 * @param shownUpTo the last transaction that can be shown
 * @param shownUntil when it was written, if it is in the log that was read
 * @param behind what can still be recognised after the damage
 */
public record Damage(
        Path file, long offset, String what, long shownUpTo, Optional<Instant> shownUntil, Optional<Behind> behind) {

    /** Whole frames after the damage. They are not shown, because what they build on is not known. */
    public record Behind(long firstSequence, long lastSequence, Instant from, Instant to) {

        static final Behind NOTHING = new Behind(Long.MAX_VALUE, 0, Instant.MAX, Instant.MIN);

        Behind and(Frame frame) {
            Instant time = frame.payloadLength() < Long.BYTES
                    ? Instant.EPOCH // no frame of ours
                    : Instant.ofEpochMilli(frame.payload().getLong(0)); // of its first transaction
            return new Behind(
                    Math.min(firstSequence, frame.firstSequence()),
                    Math.max(lastSequence, frame.lastSequence()),
                    time.isBefore(from) ? time : from,
                    time.isAfter(to) ? time : to);
        }
    }

    public String reason() {
        String shown = shownUpTo == 0
                ? "Nothing is shown"
                : "What is shown ends with transaction " + shownUpTo
                        + shownUntil.map(time -> " of " + time).orElse("");
        String lost = behind.map(frames -> "; behind the damage lie transactions " + frames.firstSequence() + " to "
                        + frames.lastSequence() + ", written from " + frames.from() + " to " + frames.to()
                        + ", which are not shown")
                .orElse("; nothing that could be read lies behind the damage");
        return "the log is damaged: " + file + " at offset " + offset + ": " + what + ". " + shown + lost
                + ". No writes are taken. Restore this folder from a backup, or move it away, start empty and rebuild the records from the nodes;"
                + " reconcile shows where records and nodes differ";
    }
}

package bricklayer.store.log;

import bricklayer.store.disk.Folder;
import bricklayer.store.log.Damage.Behind;
import bricklayer.store.log.Segments.Segment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Walks along the frames of a log from a known place to its end, or to the first place where it is not what was written. Changes nothing on the disk.
 *
 * <p>A frame counts when its checksum matches and it has the next sequence and the hash of the frame before. Where that ends before the zeros do, the walk looks on: nothing
 * whole behind it is a torn tail, which was never acknowledged; anything whole behind it means that acknowledged frames are lost.
 */
final class LogWalk {

    private final Folder folder;
    private final Visitor visitor;

    private long sequence;
    private byte[] hash;
    private long bytes;
    private int lastFrame;
    private Optional<Instant> lastTime = Optional.empty();
    private Optional<Damage> damage = Optional.empty();
    private Optional<Tail> tail = Optional.empty();

    /** Sees each frame that counts, in order. */
    interface Visitor {
        void frame(Path file, Frame frame, List<LoggedTransaction> transactions);
    }

    /**
     * Where the log ends.
     *
     * @param last where the last whole frame in the file begins; the same as its end when there is none
     * @param end of the last whole frame in the file
     * @param length of the file
     * @param torn whether there is anything but zeros after the end
     */
    record Tail(Path file, long firstSequence, int last, int end, int length, boolean torn) {}

    /**
     * @param sequence of the last transaction before the walk
     * @param hash of the frame that it is in
     */
    LogWalk(Folder folder, long sequence, byte[] hash, Visitor visitor) {
        this.folder = folder;
        this.sequence = sequence;
        this.hash = hash;
        this.visitor = visitor;
    }

    /** The last transaction that was reached. */
    long sequence() {
        return sequence;
    }

    /** Of the last frame that was reached. */
    byte[] hash() {
        return hash;
    }

    /** Of the frames that were reached. */
    long bytes() {
        return bytes;
    }

    Optional<Damage> damage() {
        return damage;
    }

    /** Empty when there is damage, or no segment. */
    Optional<Tail> tail() {
        return tail;
    }

    /** Notes damage where the segment that must be there is not. */
    void expect(List<Segment> segments, long begun) {
        if (damage.isEmpty() && segments.stream().noneMatch(segment -> segment.firstSequence() == begun)) {
            damaged(folder.file(SegmentHeader.fileName(begun)), 0, "the segment is missing", Optional.empty());
        }
    }

    /**
     * @param segments in their order; those that should follow the place where this walk is
     */
    void over(List<Segment> segments) {
        Path file = folder.file(SegmentHeader.fileName(sequence + 1));
        int end = 0;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.firstSequence() != sequence + 1) {
                String missing = "transactions " + (sequence + 1) + " to " + (segment.firstSequence() - 1)
                        + " should be here or in " + folder.file(SegmentHeader.fileName(sequence + 1))
                        + ", which is missing";
                damaged(file, end, missing, behind(segments, i, 0));
                return;
            }
            file = segment.file();
            SegmentBytes read = SegmentBytes.read(file);
            Optional<SegmentHeader> header = SegmentHeader.read(file, read.bytes());
            if (header.isEmpty() || header.get().firstSequence() != segment.firstSequence()) {
                String what = read.unread()
                        .filter(unread -> unread.offset() < SegmentHeader.LENGTH)
                        .map(unread -> "it cannot be read (" + unread.why() + ")")
                        .orElse("the header of the segment is not what was written");
                damaged(file, 0, what, behind(segments, i, 0));
                return;
            }
            if (!Arrays.equals(header.get().previousHash(), hash)) {
                damaged(file, 0, "the segment does not continue the log before it", behind(segments, i, 0));
                return;
            }
            end = pass(file, read.bytes());
            if (damage.isPresent()) {
                return;
            }
            boolean last = i + 1 == segments.size();
            if (read.unread().isPresent()) {
                SegmentBytes.Unread unread = read.unread().get();
                damaged(
                        file,
                        end,
                        "what is here from offset " + unread.offset() + " on cannot be read (" + unread.why() + ")",
                        behind(segments, i, end));
                return;
            }
            boolean clean = isZero(read.bytes(), end);
            if (!clean) {
                Optional<Behind> behind = behind(segments, i, end);
                if (!last || behind.isPresent() || somethingFollows(read.bytes(), end)) {
                    damaged(file, end, "the frame that should begin here is not what was written", behind);
                    return;
                }
            }
            if (last) {
                tail = Optional.of(
                        new Tail(file, segment.firstSequence(), lastFrame, end, read.bytes().length, !clean));
            }
        }
    }

    /** Passes frames as long as each continues the one before. Returns the end of the last. */
    private int pass(Path file, byte[] segment) {
        int offset = SegmentHeader.LENGTH;
        lastFrame = offset;
        while (true) {
            Optional<Frame> found = Frame.read(segment, offset)
                    .filter(next -> next.firstSequence() == sequence + 1 && next.follows(hash));
            if (found.isEmpty()) {
                return offset;
            }
            Frame frame = found.get();
            List<LoggedTransaction> transactions;
            try {
                transactions = decode(frame);
            } catch (RuntimeException e) { // whole, and yet not of the form that this release writes
                damaged(
                        file,
                        offset,
                        "the frame is whole, but this release cannot read what is in it (" + e.getMessage()
                                + "); a newer release may",
                        Optional.of(Behind.NOTHING.and(frame)));
                return offset;
            }
            sequence = frame.lastSequence();
            hash = frame.hash();
            bytes += frame.end() - offset;
            lastTime = Optional.of(transactions.getLast().time());
            visitor.frame(file, frame, transactions);
            lastFrame = offset;
            offset = frame.end();
        }
    }

    private static List<LoggedTransaction> decode(Frame frame) {
        List<LoggedTransaction> transactions = new ArrayList<>();
        ByteBuffer payload = frame.payload();
        for (int i = 0; i < frame.count(); i++) {
            transactions.add(LoggedTransaction.decode(payload));
        }
        return transactions;
    }

    /**
     * Whether something was written behind a frame that is not whole but whose header is the expected one. Then the frame was durable once,
     * because the next is written only after its flush, and it was spoiled later.
     */
    private boolean somethingFollows(byte[] segment, int offset) {
        return Frame.readHeader(segment, offset)
                .filter(frame -> frame.firstSequence() == sequence + 1 && frame.follows(hash))
                .map(frame -> !isZero(segment, frame.end()))
                .orElse(false);
    }

    /** Looks for whole frames from a place in one segment to the end of the last. */
    private static Optional<Behind> behind(List<Segment> segments, int from, int offset) {
        Optional<Behind> behind = Optional.empty();
        for (int i = from; i < segments.size(); i++) {
            byte[] bytes = SegmentBytes.read(segments.get(i).file()).bytes();
            Optional<Frame> frame = Frame.find(bytes, i == from ? offset : 0);
            while (frame.isPresent()) {
                behind = Optional.of(behind.orElse(Behind.NOTHING).and(frame.get()));
                frame = Frame.find(bytes, frame.get().end());
            }
        }
        return behind;
    }

    private void damaged(Path file, long offset, String what, Optional<Behind> behind) {
        damage = Optional.of(new Damage(file, offset, what, sequence, lastTime, behind));
        tail = Optional.empty();
    }

    private static boolean isZero(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}

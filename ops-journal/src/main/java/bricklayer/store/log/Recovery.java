package bricklayer.store.log;

import bricklayer.store.checkpoint.Checkpoint;
import bricklayer.store.checkpoint.CheckpointDamaged;
import bricklayer.store.checkpoint.Checkpoints;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.disk.Folder;
import bricklayer.store.image.Image;
import bricklayer.store.image.Transaction;
import bricklayer.store.log.Damage.Behind;
import bricklayer.store.log.LoggedTransaction.Delete;
import bricklayer.store.log.LoggedTransaction.Put;
import bricklayer.store.log.Segments.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a folder into an image. Changes nothing on the disk.
 *
 * <p><b>Goals.</b> Every acknowledged transaction, or a clear word about those that are lost. Never a wrong image without that word.
 *
 * <p><b>Constraints.</b> At most one frame is under way when the process or the machine dies, because each frame is flushed before the next is written. A segment and
 * a checkpoint have their name only when they are whole. A checkpoint is taken where a segment begins, so the segment after a checkpoint exists; the manifest names the newest
 * segment before anything is written into it.
 *
 * <p><b>Algorithm.</b> Take the newest checkpoint that verifies, else the one before, else nothing; apply the frames after it, each of which must have a matching
 * checksum, the next sequence and the hash of the frame before. Where that ends before the zeros do, look on: nothing whole behind it is a torn tail, which was
 * never acknowledged; anything whole behind it means that acknowledged frames are lost.
 *
 * <p><b>Example.</b> Frames 1-3, 4, 5-9, of which 4 has a flipped bit: damage, rows as of 3, frame 5-9 lies behind. Had 5-9 the flipped bit: a torn tail, rows as of 4.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final byte[] NO_HASH = new byte[Frame.HASH_LENGTH];

    private final Folder folder;
    private final JsonCodec codec;
    private final RowLoader loader;
    private final Checkpoints checkpoints;

    private Image image;
    private byte[] hash = NO_HASH;
    private long replayedBytes;
    private Optional<Instant> lastTime = Optional.empty();
    private Optional<Damage> damage = Optional.empty();
    private Optional<Tail> tail = Optional.empty();

    Recovery(Folder folder, JsonCodec codec, Checkpoints checkpoints) {
        this.folder = folder;
        this.codec = codec;
        this.loader = new RowLoader(codec);
        this.checkpoints = checkpoints;
        this.image = Image.empty(codec.schema());
    }

    /**
     * Where the log ends.
     *
     * @param end of the last whole frame in the file
     * @param length of the file
     * @param torn whether there is anything but zeros after the end
     */
    record Tail(Path file, long firstSequence, int end, int length, boolean torn) {}

    /**
     * What was found.
     *
     * @param hash of the last frame that is in the image
     * @param tail empty in a new folder, and when there is damage
     * @param replayedBytes of frames that were applied after the checkpoint
     * @param newestSegment its first sequence as the manifest has it; 0 when the manifest could not be read
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Result(
            Image image,
            byte[] hash,
            Optional<Tail> tail,
            Optional<Damage> damage,
            long replayedBytes,
            long newestSegment) {}

    Result run() throws IOException {
        Checkpoints.Found found = checkpoints.find();
        if (found.manifestExists() && !found.manifestReadable()) {
            LOG.warn("manifest of {} cannot be read; going by the names of the checkpoint files", folder.path());
        }
        loadCheckpoint(found.checkpoints());
        List<Segment> all = new Segments(folder).list();
        List<Segment> after = all.stream()
                .filter(segment -> segment.firstSequence() > image.sequence())
                .toList();
        boolean brandNew =
                all.isEmpty() && !found.manifestExists() && found.checkpoints().isEmpty();
        if (!brandNew) {
            long begun = newestBegun(found);
            walk(after);
            if (damage.isEmpty() && after.stream().noneMatch(segment -> segment.firstSequence() == begun)) {
                damaged(folder.file(SegmentHeader.fileName(begun)), 0, "the segment is missing", Optional.empty());
            }
        }
        return new Result(image, hash, tail, damage, replayedBytes, found.newestSegment());
    }

    /** The first sequence of the newest segment that is known to have been made. */
    private static long newestBegun(Checkpoints.Found found) {
        long afterCheckpoint = 1
                + found.checkpoints().stream()
                        .mapToLong(Checkpoint::sequence)
                        .max()
                        .orElse(0);
        return Math.max(found.newestSegment(), afterCheckpoint);
    }

    private void loadCheckpoint(List<Checkpoint> candidates) {
        for (int i = 0; i < candidates.size(); i++) {
            Checkpoint candidate = candidates.get(i);
            Transaction rows = Image.empty(codec.schema()).begin();
            try {
                String hex = checkpoints.load(candidate, row -> loader.load(row, rows));
                image = rows.endAs(candidate.sequence());
                hash = HexFormat.of().parseHex(hex);
                checkpoints.keep(candidates.subList(i, candidates.size()));
                return;
            } catch (CheckpointDamaged e) {
                LOG.warn("checkpoint cannot be used, trying the one before: {}", e.getMessage());
            }
        }
    }

    private void walk(List<Segment> segments) throws IOException {
        Path file = folder.file(SegmentHeader.fileName(image.sequence() + 1));
        int end = 0;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.firstSequence() != image.sequence() + 1) {
                String missing = "transactions " + (image.sequence() + 1) + " to " + (segment.firstSequence() - 1)
                        + " should be here or in " + folder.file(SegmentHeader.fileName(image.sequence() + 1))
                        + ", which is missing";
                damaged(file, end, missing, behind(segments, i, 0));
                return;
            }
            file = segment.file();
            byte[] bytes = Files.readAllBytes(file);
            Optional<SegmentHeader> header = SegmentHeader.read(file, bytes);
            if (header.isEmpty() || header.get().firstSequence() != segment.firstSequence()) {
                damaged(file, 0, "the header of the segment is not what was written", behind(segments, i, 0));
                return;
            }
            if (!Arrays.equals(header.get().previousHash(), hash)) {
                damaged(file, 0, "the segment does not continue the log before it", behind(segments, i, 0));
                return;
            }
            end = applyFrames(bytes);
            boolean last = i + 1 == segments.size();
            boolean clean = isZero(bytes, end);
            if (!clean) {
                Optional<Behind> behind = behind(segments, i, end);
                if (!last || behind.isPresent() || somethingFollows(bytes, end)) {
                    damaged(file, end, "the frame that should begin here is not what was written", behind);
                    return;
                }
            }
            if (last) {
                tail = Optional.of(new Tail(file, segment.firstSequence(), end, bytes.length, !clean));
            }
        }
    }

    /** Applies frames as long as each continues the one before. Returns the end of the last. */
    private int applyFrames(byte[] segment) {
        int offset = SegmentHeader.LENGTH;
        while (true) {
            Optional<Frame> frame = Frame.read(segment, offset)
                    .filter(next -> next.firstSequence() == image.sequence() + 1 && next.follows(hash));
            if (frame.isEmpty()) {
                return offset;
            }
            apply(frame.get());
            hash = frame.get().hash();
            replayedBytes += frame.get().end() - offset;
            offset = frame.get().end();
        }
    }

    /**
     * Whether something was written behind a frame that is not whole but whose header is the expected one. Then the frame was durable once,
     * because the next is written only after its flush, and it was spoiled later.
     */
    private boolean somethingFollows(byte[] segment, int offset) {
        return Frame.readHeader(segment, offset)
                .filter(frame -> frame.firstSequence() == image.sequence() + 1 && frame.follows(hash))
                .map(frame -> !isZero(segment, frame.end()))
                .orElse(false);
    }

    private void apply(Frame frame) {
        Transaction next = image.begin();
        ByteBuffer payload = frame.payload();
        for (int i = 0; i < frame.count(); i++) {
            LoggedTransaction transaction = LoggedTransaction.decode(payload);
            lastTime = Optional.of(Instant.ofEpochMilli(transaction.wallTimeMillis()));
            for (LoggedTransaction.Entry entry : transaction.entries()) {
                switch (entry) {
                    case Put put -> loader.load(put.row(), next);
                    case Delete delete -> next.erase(delete.table(), delete.key());
                }
            }
        }
        image = next.endAs(frame.lastSequence());
    }

    /** Looks for whole frames from a place in one segment to the end of the last. */
    private static Optional<Behind> behind(List<Segment> segments, int from, int offset) throws IOException {
        Optional<Behind> behind = Optional.empty();
        for (int i = from; i < segments.size(); i++) {
            byte[] bytes = Files.readAllBytes(segments.get(i).file());
            Optional<Frame> frame = Frame.find(bytes, i == from ? offset : 0);
            while (frame.isPresent()) {
                behind = Optional.of(behind.orElse(Behind.NOTHING).and(frame.get()));
                frame = Frame.find(bytes, frame.get().end());
            }
        }
        return behind;
    }

    private void damaged(Path file, long offset, String what, Optional<Behind> behind) {
        damage = Optional.of(new Damage(file, offset, what, image.sequence(), lastTime, behind));
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

package bricklayer.store.log;

import bricklayer.store.checkpoint.Checkpoint;
import bricklayer.store.checkpoint.CheckpointDamaged;
import bricklayer.store.checkpoint.Checkpoints;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.disk.Folder;
import bricklayer.store.image.Image;
import bricklayer.store.image.Transaction;
import bricklayer.store.log.LoggedTransaction.Delete;
import bricklayer.store.log.LoggedTransaction.Put;
import bricklayer.store.log.Segments.Segment;
import java.io.IOException;
import java.nio.file.Path;
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

    Recovery(Folder folder, JsonCodec codec, Checkpoints checkpoints) {
        this.folder = folder;
        this.codec = codec;
        this.loader = new RowLoader(codec);
        this.checkpoints = checkpoints;
        this.image = Image.empty(codec.schema());
    }

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
            Optional<LogWalk.Tail> tail,
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
        LogWalk walk = new LogWalk(folder, image.sequence(), hash, this::apply);
        if (!brandNew) {
            walk.over(after);
            walk.expect(after, newestBegun(found));
        }
        return new Result(image, walk.hash(), walk.tail(), walk.damage(), walk.bytes(), found.newestSegment());
    }

    /** The first sequence of the newest segment that is known to have been made. */
    static long newestBegun(Checkpoints.Found found) {
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
            try {
                String hex = load(candidate);
                hash = HexFormat.of().parseHex(hex);
                checkpoints.keep(candidates.subList(i, candidates.size()));
                return;
            } catch (CheckpointDamaged e) {
                LOG.warn("checkpoint cannot be used, trying the one before: {}", e.getMessage());
            }
        }
    }

    /** The rows become those of the checkpoint; returns its hash. */
    private String load(Checkpoint checkpoint) throws CheckpointDamaged {
        try (CheckpointLoad load = new CheckpointLoad(loader)) {
            String hex = checkpoints.load(checkpoint, load::add);
            image = load.finish(checkpoint.sequence());
            return hex;
        } catch (IllegalArgumentException | ArithmeticException e) {
            // which of the rows it is shows only when they are put in one after the other
            LOG.warn("some rows of {} go into no image with the others: {}", checkpoint.file(), e.toString());
            Transaction rows = Image.empty(codec.schema()).begin();
            String hex = checkpoints.load(checkpoint, row -> loader.load(row, Optional.empty(), rows));
            image = rows.endAs(checkpoint.sequence());
            return hex;
        }
    }

    private void apply(Path file, Frame frame, List<LoggedTransaction> transactions) {
        Transaction next = image.begin();
        for (LoggedTransaction transaction : transactions) {
            for (LoggedTransaction.Entry entry : transaction.entries()) {
                switch (entry) {
                    case Put put -> loader.load(put.row(), Optional.of(transaction.time()), next);
                    case Delete delete -> next.erase(delete.table(), delete.key());
                }
            }
        }
        image = next.endAs(frame.lastSequence());
    }
}

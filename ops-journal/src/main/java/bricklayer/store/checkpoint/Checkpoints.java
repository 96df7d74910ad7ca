package bricklayer.store.checkpoint;

import bricklayer.store.disk.DurablePoint;
import bricklayer.store.disk.Folder;
import bricklayer.store.image.StoredRow;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkpoints of one folder. Two are kept, so that the newest may rot.
 *
 * <p>A new one is written under an unfinished name, flushed, renamed, named in the manifest; only then do older files go. Whatever a crash
 * leaves behind, the manifest names finished files only. Should the manifest itself rot, the finished files can still be told by
 * their names, and each verifies itself. Thread-safe: the log thread and the thread that takes checkpoints meet at the manifest.
 */
public final class Checkpoints {

    private static final int KEPT = 2;
    private static final Pattern NAME = Pattern.compile("checkpoint-([0-9]{19})\\.mapdb");

    private final Folder folder;
    // guarded by this; held only for as long as a manifest takes to write
    private List<Checkpoint> kept = List.of();
    private long newestSegment;

    public Checkpoints(Folder folder) {
        this.folder = folder;
    }

    /**
     * What the folder says about itself.
     *
     * @param manifestReadable false also when there is none
     * @param checkpoints that should be there, newest first; told by their names when the manifest could not be read
     * @param newestSegment the first sequence of the newest segment that must be there; 0 when it is not known
     */
    public record Found(
            boolean manifestExists, boolean manifestReadable, List<Checkpoint> checkpoints, long newestSegment) {}

    public Found find() throws IOException {
        boolean exists = Files.exists(folder.file(Manifest.NAME));
        Optional<Manifest> manifest = exists ? Manifest.load(folder.file(Manifest.NAME)) : Optional.empty();
        if (manifest.isPresent()) {
            return new Found(
                    true, true, manifest.get().checkpoints(), manifest.get().newestSegment());
        }
        List<Checkpoint> named = new ArrayList<>();
        for (String name : folder.names()) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                named.add(new Checkpoint(name, Long.parseLong(matcher.group(1))));
            }
        }
        named.sort(Comparator.comparingLong(Checkpoint::sequence).reversed());
        return new Found(exists, false, named, 0);
    }

    /**
     * Reads a checkpoint whole. The rows ascend by table and key, first those that the writer could decode.
     *
     * @return the hash it was taken with
     * @throws CheckpointDamaged when it does not verify; what was passed on by then is worth nothing
     */
    public String load(Checkpoint checkpoint, Consumer<StoredRow> rows) throws CheckpointDamaged {
        Path file = folder.file(checkpoint.file());
        Taken header = read(file, rows);
        if (header.sequence() != checkpoint.sequence()) {
            throw new CheckpointDamaged(file + " holds transactions up to " + header.sequence() + ", not to "
                    + checkpoint.sequence() + " as its name or the manifest says");
        }
        return header.hash();
    }

    /**
     * What a checkpoint, or a copy of one, says of itself.
     *
     * @param sequence of the last transaction it holds
     * @param hash of the frame that ends with it, in hexadecimal
     */
    public record Taken(long sequence, String hash, Instant taken) {}

    /**
     * Reads a checkpoint that lies anywhere, whole.
     *
     * @param rows as for {@link #load}
     * @throws CheckpointDamaged when it does not verify; what was passed on by then is worth nothing
     */
    public static Taken read(Path file, Consumer<StoredRow> rows) throws CheckpointDamaged {
        if (!Files.exists(file)) {
            throw new CheckpointDamaged(file + " is missing");
        }
        CheckpointFile.Header header = CheckpointFile.read(file, rows);
        return new Taken(header.sequence(), header.hash(), header.taken());
    }

    /** Goes on from what was found at opening, good ones only, newest first. */
    public synchronized void keep(List<Checkpoint> found) {
        kept = found.stream().limit(KEPT).toList();
    }

    /** Notes that a segment was made, before anything is written into it. */
    public synchronized void segmentMade(long firstSequence) throws IOException {
        newestSegment = firstSequence;
        new Manifest(kept, newestSegment).save(folder);
    }

    /** Goes on with a segment that was found at opening; the manifest says so already. */
    public synchronized void segmentFound(long firstSequence) {
        newestSegment = firstSequence;
    }

    /**
     * Takes a checkpoint.
     *
     * @param hash of the frame that ends with transaction {@code sequence}, in hexadecimal: the log goes on from there
     * @param rows ascending by table and key
     * @param unread ascending by table and key
     */
    public void save(long sequence, String hash, Instant taken, Iterable<StoredRow> rows, Iterable<StoredRow> unread)
            throws IOException {
        String name = nameOf(sequence);
        Checkpoint checkpoint = new Checkpoint(name, sequence);
        Files.deleteIfExists(folder.unfinished(name));
        CheckpointFile.write(folder.unfinished(name), new CheckpointFile.Header(sequence, hash, taken), rows, unread);
        Folder.forceFile(folder.unfinished(name));
        folder.finish(name, DurablePoint.CHECKPOINT_RENAME);
        adopt(checkpoint);
        deleteOthers();
    }

    private synchronized void adopt(Checkpoint checkpoint) throws IOException {
        List<Checkpoint> next = new ArrayList<>(List.of(checkpoint));
        kept.stream()
                .filter(old -> old.sequence() < checkpoint.sequence())
                .limit(KEPT - 1)
                .forEach(next::add);
        new Manifest(next, newestSegment).save(folder);
        kept = List.copyOf(next);
    }

    private synchronized void deleteOthers() throws IOException {
        for (String name : folder.names()) {
            if (NAME.matcher(name).matches()
                    && kept.stream().noneMatch(checkpoint -> checkpoint.file().equals(name))) {
                folder.delete(name);
            }
        }
    }

    /**
     * The newest checkpoint, opened for reading: what was opened can be read to its end even when the file is deleted meanwhile, as it is when newer ones come. Empty when there is none.
     */
    public Optional<FileChannel> openNewest() throws IOException {
        while (true) {
            List<Checkpoint> now = kept();
            if (now.isEmpty()) {
                return Optional.empty();
            }
            Path file = folder.file(now.getFirst().file());
            try {
                return Optional.of(FileChannel.open(file, StandardOpenOption.READ));
            } catch (NoSuchFileException e) {
                if (now.equals(kept())) {
                    throw e;
                }
            }
        }
    }

    private synchronized List<Checkpoint> kept() {
        return kept;
    }

    /** The place of a checkpoint in a log: it goes on behind the frame with this hash, in hexadecimal, that ends with this transaction. */
    public record Place(long sequence, String hash) {}

    /**
     * Makes a copy of a checkpoint the only one of this folder. No manifest names it yet: that is for {@link #segmentMade}.
     *
     * @throws CheckpointDamaged when it does not verify; nothing is left of it
     */
    public Place takeOver(Path copied) throws IOException, CheckpointDamaged {
        Path unfinished = folder.unfinished("restored");
        try {
            Files.copy(copied, unfinished, StandardCopyOption.REPLACE_EXISTING);
            CheckpointFile.Header header = CheckpointFile.read(unfinished, row -> {});
            Checkpoint checkpoint = new Checkpoint(nameOf(header.sequence()), header.sequence());
            Files.move(unfinished, folder.unfinished(checkpoint.file()), StandardCopyOption.REPLACE_EXISTING);
            Folder.forceFile(folder.unfinished(checkpoint.file()));
            folder.finish(checkpoint.file(), DurablePoint.CHECKPOINT_RENAME);
            keep(List.of(checkpoint));
            return new Place(header.sequence(), header.hash());
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static String nameOf(long sequence) {
        return "checkpoint-%019d.mapdb".formatted(sequence);
    }

    /** The last transaction that all kept checkpoints hold; 0 unless there are as many as should be kept. */
    public synchronized long heldByAll() {
        return kept.size() < KEPT ? 0 : kept.getLast().sequence();
    }

    /** The last transaction of the newest checkpoint; 0 when there is none. */
    public synchronized long newest() {
        return kept.isEmpty() ? 0 : kept.getFirst().sequence();
    }
}

package bricklayer.store.log;

import static java.util.Comparator.comparing;

import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Table;
import bricklayer.store.checkpoint.Checkpoints;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.image.Image;
import bricklayer.store.image.StoredRow;
import bricklayer.store.image.UnreadRow;
import bricklayer.store.log.LogWriter.CheckpointWork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes checkpoints, one at a time, on a thread of its own, from images that never change, while writers go on. A checkpoint that fails costs nothing but a longer
 * replay: the log still holds everything.
 */
record Checkpointer(
        LogWriter log,
        Checkpoints checkpoints,
        Segments segments,
        Optional<Path> archive,
        JsonCodec codec,
        InstantSource clock)
        implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    @Override
    public void run() {
        Optional<CheckpointWork> next = log.nextCheckpoint();
        while (next.isPresent()) {
            take(next.get());
            next = log.nextCheckpoint();
        }
    }

    private void take(CheckpointWork work) {
        try {
            if (work.image().sequence() > checkpoints.newest()) {
                save(work);
            }
            work.request().taken();
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "no checkpoint taken in {}; the log grows until one is: check space and permissions",
                    segments.folder().path(),
                    e);
            work.request().failed(e);
        } catch (Error e) { // the last line of defence of this thread: nobody may wait for ever
            log.fail(e);
            work.request().failed(e);
        }
    }

    private void save(CheckpointWork work) throws IOException {
        Image image = work.image();
        Iterable<StoredRow> rows = () -> rows(image).iterator();
        Iterable<StoredRow> unread =
                () -> image.unread().stream().map(UnreadRow::stored).iterator();
        checkpoints.save(image.sequence(), work.hash(), clock.instant(), rows, unread);
        try {
            segments.drop(checkpoints.heldByAll(), archive);
        } catch (IOException e) {
            LOG.warn(
                    "old segments of {} stay there, for they cannot be {}; it is tried again after the next checkpoint: {}",
                    segments.folder().path(),
                    archive.map(to -> "moved to " + to).orElse("deleted"),
                    e.toString());
        }
        LOG.info("checkpoint taken folder={} sequence={}", segments.folder().path(), image.sequence());
    }

    /** Ascending by table and key. */
    private Stream<StoredRow> rows(Image image) {
        return codec.schema().tables().stream().sorted(comparing(Table::name)).flatMap(table -> rows(image, table));
    }

    private <K extends Key, V extends Row<K>> Stream<StoredRow> rows(Image image, Table<K, V> table) {
        return StreamSupport.stream(image.all(table).spliterator(), false)
                .map(row -> new StoredRow(table.name(), row.id().value(), table.version(), codec.encode(table, row)));
    }
}

package bricklayer.store.log;

import bricklayer.store.image.Image;
import bricklayer.store.image.ImageLoad;
import bricklayer.store.image.StoredRow;
import bricklayer.store.image.Transaction;
import bricklayer.store.log.RowLoader.Read;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes an image from the rows of a checkpoint: one thread reads them from the file and hands them over here, others decode them, and then build the trees. At most a
 * bounded number of rows is between the file and the image.
 */
final class CheckpointLoad implements AutoCloseable {

    private static final int ROWS_A_BATCH = 500;
    private static final int BATCHES_AHEAD = 32;

    private final RowLoader loader;
    private final ExecutorService workers;
    private final ImageLoad load;
    private final Deque<Future<List<Read>>> decoding = new ArrayDeque<>();
    private final List<Read> apart = new ArrayList<>();
    private List<StoredRow> batch = new ArrayList<>();

    CheckpointLoad(RowLoader loader) {
        this.loader = loader;
        this.load = new ImageLoad(loader.codec().schema());
        this.workers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("checkpoint load").daemon().factory());
    }

    void add(StoredRow row) {
        batch.add(row);
        if (batch.size() == ROWS_A_BATCH) {
            handOver();
        }
    }

    /**
     * The image of all rows that were added.
     *
     * @throws RuntimeException when the rows cannot be in one image, though each could be read
     */
    Image finish(long sequence) {
        handOver();
        while (!decoding.isEmpty()) {
            takeOldest();
        }
        try {
            Image image = load.build(sequence, workers);
            Transaction rest = image.begin();
            apart.forEach(row -> row.into(rest));
            return rest.endAs(sequence);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void handOver() {
        List<StoredRow> rows = batch;
        batch = new ArrayList<>();
        decoding.add(workers.submit(() ->
                rows.stream().map(row -> loader.read(row, Optional.empty())).toList()));
        if (decoding.size() > BATCHES_AHEAD) {
            takeOldest();
        }
    }

    private void takeOldest() {
        try {
            for (Read row : decoding.remove().get()) {
                if (!row.into(load)) {
                    apart.add(row);
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("decoding rows failed", e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while a checkpoint was read", e);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}

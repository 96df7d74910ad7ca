package bricklayer.tools.bench;

import bricklayer.fault.Faults;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Schema;
import bricklayer.store.Table;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.log.LogStore;
import bricklayer.tools.bench.JournalBenchReport.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures the journal: transactions of three rows, as a volume's creation writes them, by 1, 8 and 64 writers, each followed at once by a bare loop that writes as many bytes
 * into preallocated space for each flush. Rounds alternate, and ratios are taken within a round, so that a noisy machine is noisy for both.
 */
public final class JournalBench {

    private static final List<Integer> WRITERS = List.of(1, 8, 64);
    private static final int ROUNDS = 3;
    private static final int ROWS_EACH = 1000;
    private static final int BARE_FILE = 64 << 20;

    private JournalBench() {}

    record BrickId(String value) implements Key {}

    record Brick(BrickId id, String device, String volume, long sizeBytes, String path) implements Row<BrickId> {
        static final Table<BrickId, Brick> TABLE = Table.of("bench-bricks", 1, Brick.class, BrickId::new);
    }

    private record Measured(Point point, double ofBareLoop) {}

    /**
     * Takes about {@code 2 * 3 * 3 * perPoint}.
     *
     * @param folder on the disk to measure; what is written there is deleted again
     */
    public static JournalBenchReport run(Path folder, Duration perPoint) {
        try {
            Files.createDirectories(folder);
            measure(folder, WRITERS.getLast(), perPoint); // warms the virtual machine up
            List<List<Measured>> rounds = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                List<Measured> measured = new ArrayList<>();
                for (int writers : WRITERS) {
                    measured.add(measure(folder, writers, perPoint));
                }
                rounds.add(measured);
            }
            return report(rounds);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot measure in " + folder, e);
        }
    }

    private static JournalBenchReport report(List<List<Measured>> rounds) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < WRITERS.size(); i++) {
            int number = i;
            List<Point> same =
                    rounds.stream().map(round -> round.get(number).point()).toList();
            points.add(new Point(
                    WRITERS.get(i),
                    median(same, Point::transactionsPerSecond),
                    median(same, Point::flushesPerSecond),
                    median(same, Point::bytesPerFlush),
                    median(same, Point::bareFlushesPerSecond)));
        }
        double groupCommit = median(
                rounds,
                round -> round.getLast().point().transactionsPerSecond()
                        / round.getFirst().point().transactionsPerSecond());
        double ofBareLoop = median(rounds, round -> round.getLast().ofBareLoop());
        return new JournalBenchReport(points, groupCommit, ofBareLoop, rounds.size());
    }

    private static Measured measure(Path parent, int writers, Duration perPoint) throws IOException {
        Path folder = Files.createTempDirectory(parent, "journal-bench-");
        try {
            Point store = store(folder.resolve("store"), writers, perPoint);
            double bare = bareLoop(folder.resolve("bare"), (int) store.bytesPerFlush(), perPoint);
            Point point = new Point(
                    writers, store.transactionsPerSecond(), store.flushesPerSecond(), store.bytesPerFlush(), bare);
            return new Measured(point, store.flushesPerSecond() / bare);
        } finally {
            delete(folder);
        }
    }

    private static Point store(Path folder, int writers, Duration perPoint) {
        JsonCodec codec = JsonCodec.builder(Schema.of(Brick.TABLE)).build();
        try (LogStore store = LogStore.open(
                LogStore.Options.in(folder).withSegmentBytes(64 << 20).withCheckpointBytes(Long.MAX_VALUE),
                codec,
                InstantSource.system(),
                Thread.ofPlatform().daemon().name("journal-bench-store-", 0).factory(),
                Faults.NONE)) {
            AtomicBoolean stop = new AtomicBoolean();
            AtomicLong transactions = new AtomicLong();
            List<Thread> threads = new ArrayList<>();
            long begin = System.nanoTime();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                threads.add(Thread.ofVirtual().name("journal-bench-" + i).start(() -> {
                    for (long n = 0; !stop.get(); n++) {
                        write(store, writer, n);
                        transactions.incrementAndGet();
                    }
                }));
            }
            waitFor(begin, perPoint);
            LogStore.Written written = store.written();
            long done = transactions.get();
            double seconds = (System.nanoTime() - begin) / 1e9;
            stop.set(true);
            threads.forEach(JournalBench::join);
            return new Point(
                    writers,
                    done / seconds,
                    written.frames() / seconds,
                    (double) written.bytes() / Math.max(1, written.frames()),
                    0);
        }
    }

    private static void write(LogStore store, int writer, long n) {
        store.write(tx -> {
            for (int copy = 0; copy < 3; copy++) {
                String id = "%016x%016x".formatted(writer, n % ROWS_EACH * 3 + copy);
                tx.put(
                        Brick.TABLE,
                        new Brick(
                                new BrickId(id),
                                "f09dd6ea1a75d4a1a3a4e3b2f0a1c2d3",
                                "b5a3c1d2e4f60718293a4b5c6d7e8f90",
                                100L << 30,
                                "/var/lib/bricklayer/mounts/vg_f09dd6ea1a75d4a1a3a4e3b2f0a1c2d3/brick_" + id
                                        + "/brick"));
            }
            return n;
        });
    }

    /** Flushes a second. */
    private static double bareLoop(Path file, int bytes, Duration perPoint) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
            for (long at = 0; at < BARE_FILE; at += zeros.capacity()) {
                channel.write(zeros.clear(), at);
            }
            channel.force(true);
            ByteBuffer frame = ByteBuffer.allocate(Math.max(1, bytes));
            long flushes = 0;
            long position = 0;
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < perPoint.toNanos()) {
                if (position + frame.capacity() > BARE_FILE) {
                    position = 0;
                }
                position += channel.write(frame.clear(), position);
                channel.force(false);
                flushes++;
            }
            return flushes / ((System.nanoTime() - begin) / 1e9);
        }
    }

    private static void waitFor(long begin, Duration duration) {
        long left = duration.toNanos() - (System.nanoTime() - begin);
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = duration.toNanos() - (System.nanoTime() - begin);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    private static <T> double median(List<T> values, ToDoubleFunction<T> of) {
        List<Double> sorted = values.stream().map(of::applyAsDouble).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

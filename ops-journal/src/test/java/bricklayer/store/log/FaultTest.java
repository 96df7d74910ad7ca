package bricklayer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.fault.Crash;
import bricklayer.fault.FaultPoint;
import bricklayer.fault.FaultPoint.Moment;
import bricklayer.fault.Faults;
import bricklayer.store.Counter;
import bricklayer.store.StoreException;
import bricklayer.store.disk.DurablePoint;
import bricklayer.store.log.LogStore.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets the process die, or the disk refuse, at the first, second, third ... time that a durable act is reached, until the run gets through; then opens the folder and looks. Every
 * acknowledged write is there and at most one that was not.
 */
@Timeout(300)
final class FaultTest {

    private static final int WRITES = 100;
    private static final int CHECKPOINT_EVERY = 30;

    @TempDir
    private Path temporary;

    private int runs;

    @Test
    void aCrashAtEachDurableActLosesNothing() throws IOException {
        loop(Crash::new, WRITES / 10);
    }

    @Test
    void aRefusalOfTheDiskAtEachDurableActLosesNothing() throws IOException {
        loop(point -> new UncheckedIOException(new IOException("no space at " + point)), WRITES / 10);
    }

    @Test
    void afterAFailedFlushWritesAreRefusedAndReadsGoOn() {
        try (LogStore store = open(
                temporary,
                failing(
                        DurablePoint.FRAME_FLUSH,
                        Moment.BEFORE,
                        3,
                        point -> new UncheckedIOException(new IOException("the disk is gone"))))) {
            write(store, 1);
            write(store, 2);

            assertThatThrownBy(() -> write(store, 3))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("log-")
                    .hasMessageContaining("the disk is gone");
            assertThatThrownBy(() -> write(store, 4))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("restart");
            assertThatThrownBy(store::checkpoint).isInstanceOf(StoreException.class);
            assertThat(store.readOnlyReason()).isPresent();
            assertThat(Counter.value(store.rows(), "n")).isEqualTo(2);
        }
    }

    @Test
    void aRefusalIsNotAnsweredBeforeWhatItReadIsDurable() {
        try (LogStore store = open(temporary, failing(DurablePoint.FRAME_FLUSH, Moment.BEFORE, 1, Crash::new))) {
            assertThatThrownBy(() -> write(store, 1)).isInstanceOf(Crash.class);
            assertThatThrownBy(() -> store.write(
                            tx -> tx.get(Counter.TABLE, Counter.of("n", 1).id())))
                    .isInstanceOf(Crash.class);
        }
    }

    @Test
    void aCrashWhileATornTailIsDroppedIsOvercomeToo() throws IOException {
        for (Moment moment : Moment.values()) {
            Path folder = temporary.resolve(moment.name());
            try (LogStore store = open(folder, Faults.NONE)) {
                write(store, 1);
                write(store, 2);
            }
            Path segment = segments(folder).getFirst();
            byte[] bytes = Files.readAllBytes(segment);
            int last = lastByte(bytes);
            bytes[last] ^= 1;
            Files.write(segment, bytes);

            assertThatThrownBy(() -> open(folder, failing(DurablePoint.TAIL_DROP, moment, 1, Crash::new)))
                    .isInstanceOf(Crash.class);

            try (LogStore store = open(folder, Faults.NONE)) {
                assertThat(Counter.value(store.rows(), "n")).isEqualTo(1);
                write(store, 2);
            }
            try (LogStore store = open(folder, Faults.NONE)) {
                assertThat(Counter.value(store.rows(), "n")).isEqualTo(2);
            }
        }
    }

    @Test
    void segmentsThatAreNotNeededGoToTheArchive() throws IOException {
        Path archive = temporary.resolve("archive");
        Path folder = temporary.resolve("store");
        try (LogStore store = Crates.open(options(folder).withArchive(archive), Faults.NONE)) {
            for (int i = 1; i <= WRITES; i++) {
                write(store, i);
                if (i % CHECKPOINT_EVERY == 0) {
                    store.checkpoint();
                }
            }
        }

        assertThat(segments(archive)).isNotEmpty();
        assertThat(archive.resolve(SegmentHeader.fileName(1))).exists();
        assertThat(folder.resolve(SegmentHeader.fileName(1))).doesNotExist();
    }

    /** Nth reach for n = 1, 1 + step, 1 + 2 step ... of each point, until a run is not disturbed any more. */
    private void loop(Function<FaultPoint, Throwable> fault, int step) throws IOException {
        for (DurablePoint point : DurablePoint.values()) {
            if (point == DurablePoint.TAIL_DROP) {
                continue; // has its own test: nothing is torn here
            }
            for (Moment moment : Moment.values()) {
                boolean disturbed = true;
                for (int n = 1;
                        disturbed;
                        n += point == DurablePoint.FRAME_WRITE || point == DurablePoint.FRAME_FLUSH ? step : 1) {
                    disturbed = run(point, moment, n, fault);
                }
            }
        }
        System.out.println("fault test: " + runs + " runs");
    }

    /** Returns whether the fault was met. */
    private boolean run(DurablePoint point, Moment moment, int n, Function<FaultPoint, Throwable> fault)
            throws IOException {
        runs++;
        Path folder = Files.createDirectory(temporary.resolve("run" + runs));
        String what = point + " " + moment + " " + n;
        AtomicInteger met = new AtomicInteger();
        Faults faults = failing(point, moment, n, reached -> {
            met.incrementAndGet();
            return fault.apply(reached);
        });
        int acknowledged = 0;
        try (LogStore store = open(folder, faults)) {
            for (int i = 1; i <= WRITES; i++) {
                write(store, i);
                acknowledged = i;
                if (i % CHECKPOINT_EVERY == 0) {
                    checkpoint(store);
                }
            }
        } catch (Crash | StoreException | UncheckedIOException e) {
            assertThat(met).as(what + ": " + e).hasPositiveValue();
        }

        try (LogStore store = open(folder, Faults.NONE)) {
            assertThat(store.readOnlyReason()).as(what).isEmpty();
            long shown = Counter.value(store.rows(), "n");
            assertThat(shown).as(what).isBetween((long) acknowledged, acknowledged + 1L);
            assertThat(store.rows().sequence()).as(what).isEqualTo(shown);
            write(store, shown + 1);
            store.checkpoint();
        }
        try (LogStore store = open(folder, Faults.NONE)) {
            assertThat(Counter.value(store.rows(), "n")).as(what).isBetween(acknowledged + 1L, acknowledged + 2L);
        }
        return met.get() > 0;
    }

    /** A checkpoint that fails harms nobody, so the run goes on. */
    private static void checkpoint(LogStore store) {
        try {
            store.checkpoint();
        } catch (StoreException e) {
            assertThat(e.getMessage()).containsAnyOf("no checkpoint was taken", "cannot write");
        }
    }

    private static Faults failing(DurablePoint point, Moment moment, int n, Function<FaultPoint, Throwable> fault) {
        FaultPoint there = new FaultPoint(point.where(), moment);
        AtomicInteger count = new AtomicInteger();
        return reached -> {
            if (reached.equals(there) && count.incrementAndGet() == n) {
                switch (fault.apply(reached)) {
                    case Error error -> throw error;
                    case RuntimeException exception -> throw exception;
                    case Throwable other -> throw new IllegalStateException(other);
                }
            }
        };
    }

    private static void write(LogStore store, long number) {
        store.write(tx -> {
            tx.put(Counter.TABLE, Counter.of("n", number));
            return "done";
        });
    }

    private static LogStore open(Path folder, Faults faults) {
        return Crates.open(options(folder), faults);
    }

    private static Options options(Path folder) {
        return Options.in(folder).withSegmentBytes(4 << 10).withCheckpointBytes(1 << 30);
    }

    private static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        }
    }

    private static int lastByte(byte[] bytes) {
        int last = bytes.length - 1;
        while (bytes[last] == 0) {
            last--;
        }
        return last;
    }
}

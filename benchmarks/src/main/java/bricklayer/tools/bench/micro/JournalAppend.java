package bricklayer.tools.bench.micro;

import bricklayer.fault.Faults;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Volume;
import bricklayer.main.Formats;
import bricklayer.store.image.Image;
import bricklayer.store.log.LogStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Durable writes of a volume with three bricks, each flushed before it returns; writers that wait at the same time share a flush. On the disk of the folder that it is started in. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@SuppressWarnings("NullAway.Init") // made by setUp
public class JournalAppend {

    /** Written over and over, so that the image does not grow while it is measured. */
    private static final int VOLUMES = 2_000;

    /** One operation's worth of rows. */
    private record Rows(Volume volume, List<Brick> bricks) {}

    private final AtomicInteger next = new AtomicInteger();
    private Path folder;
    private LogStore store;
    private List<Rows> rows;

    @Setup(Level.Trial)
    public void setUp() throws IOException {
        folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "journal-append-");
        store = LogStore.open(
                LogStore.Options.in(folder).withSegmentBytes(64 << 20).withCheckpointBytes(Long.MAX_VALUE),
                Formats.codec(),
                InstantSource.system(),
                Thread.ofPlatform().daemon().factory(),
                Faults.NONE);
        Image image = Records.of(VOLUMES);
        rows = new ArrayList<>();
        image.all(Volume.TABLE)
                .forEach(volume -> rows.add(new Rows(
                        volume,
                        image.find(Brick.TABLE, Brick.BY_VOLUME, volume.id().value()))));
    }

    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    @Threads(1)
    public long oneWriter() {
        return write();
    }

    @Benchmark
    @Threads(32)
    public long thirtyTwoWriters() {
        return write();
    }

    private long write() {
        int number = next.getAndIncrement();
        Rows one = rows.get(Math.floorMod(number, rows.size()));
        return store.write(tx -> {
            // another size each time: a row that is as it was is not written
            tx.put(Volume.TABLE, one.volume().grownBy(number & 0xffff));
            one.bricks().forEach(brick -> tx.put(Brick.TABLE, brick.sized(brick.sizeKiB() + (number & 0xffff))));
            return tx.sequence();
        });
    }
}

package bricklayer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.fault.Faults;
import bricklayer.store.Counter;
import bricklayer.store.StoreException;
import bricklayer.store.checkpoint.Checkpoints;
import bricklayer.store.disk.Folder;
import bricklayer.store.image.StoredRow;
import bricklayer.store.log.JournalReader.Until;
import bricklayer.store.log.LogStore.Options;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads a folder sees what was written, at any moment of the past that is still there, and a store that runs on it is not disturbed. What it says of damage is in {@link DamageTest}. */
@Timeout(300)
final class JournalReaderTest {

    @TempDir
    private Path temporary;

    @Test
    void showsEveryMomentThatTheLogReachesBackTo() {
        Path folder = temporary.resolve("store");
        Path archive = temporary.resolve("archive");
        Map<Long, Map<String, Long>> moments = new HashMap<>();
        try (LogStore store = Crates.open(Crates.options(folder).withArchive(archive), Faults.NONE)) {
            for (long i = 1; i <= 200; i++) {
                set(store, "c" + i % 7, i);
                if (i % 10 == 0) {
                    drop(store, "c" + i % 7);
                }
                if (i % 60 == 0) {
                    store.checkpoint();
                }
                moments.put(store.rows().sequence(), counters(store));
            }
            JournalReader reader = new JournalReader(folder, List.of(archive), List.of());
            for (long sequence : moments.keySet()) {
                RowsAt rows = reader.at(new Until.Sequence(sequence));
                assertThat(rows.sequence()).isEqualTo(sequence);
                assertThat(rows.damage()).isEmpty();
                assertThat(counters(rows)).as("after " + sequence).isEqualTo(moments.get(sequence));
            }
            assertThat(reader.at(new Until.Newest()).sequence()).isEqualTo(220);
            assertThatThrownBy(() -> reader.at(new Until.Sequence(221)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("ends with transaction 220");
            assertThatThrownBy(() -> new JournalReader(folder).at(new Until.Sequence(3)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("name a backup that is older");
        }
    }

    @Test
    void showsWhatWasThereAtATime() {
        Path folder = temporary.resolve("store");
        Instant begin = Crates.NOW;
        for (int i = 0; i < 10; i++) {
            Instant now = begin.plusSeconds(i);
            try (LogStore store =
                    LogStore.open(Crates.options(folder), Crates.CODEC, () -> now, Crates.THREADS, Faults.NONE)) {
                set(store, "n", i);
                if (i % 4 == 3) {
                    store.checkpoint();
                }
            }
        }
        JournalReader reader = new JournalReader(folder);
        for (int i = 4; i < 10; i++) {
            RowsAt rows = reader.at(new Until.Time(begin.plusSeconds(i).plusMillis(500)));
            assertThat(counters(rows)).isEqualTo(Map.of("n", (long) i));
        }
        assertThatThrownBy(() -> reader.at(new Until.Time(begin.plusSeconds(1))))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void passesEachTransactionOnOnceAndGoesOnWhereItEnded() {
        Path folder = temporary.resolve("store");
        try (LogStore store = Crates.open(folder)) {
            for (int i = 1; i <= 30; i++) {
                set(store, "n", i);
            }
            JournalReader reader = new JournalReader(folder);
            List<Long> seen = new ArrayList<>();
            JournalReader.End end = reader.entries(1, entry -> seen.add(entry.sequence()));
            set(store, "n", 31);
            drop(store, "n");
            List<JournalEntry> later = new ArrayList<>();
            reader.entries(end.next(), later::add);

            assertThat(seen).hasSize(30).startsWith(1L).endsWith(30L).isSorted();
            assertThat(later).extracting(JournalEntry::sequence).containsExactly(31L, 32L);
            assertThat(later.getFirst().changes().getFirst().row()).isPresent();
            assertThat(later.getLast().changes())
                    .containsExactly(new JournalEntry.RowWrite("counters", "n", java.util.Optional.empty()));
            assertThat(later.getFirst().time()).isEqualTo(Crates.NOW);
        }
    }

    @Test
    void neitherDisturbsNorMisjudgesAStoreThatWrites() throws Exception {
        Path folder = temporary.resolve("store");
        AtomicBoolean stop = new AtomicBoolean();
        Options small = Options.in(folder).withSegmentBytes(4 << 10).withCheckpointBytes(12 << 10);
        try (LogStore store = Crates.open(small, Faults.NONE);
                ExecutorService writers = Executors.newFixedThreadPool(4)) {
            List<Future<Long>> written = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                String name = "w" + w;
                written.add(writers.submit(() -> {
                    long count = 0;
                    while (!stop.get()) {
                        set(store, name, ++count);
                    }
                    return count;
                }));
            }
            JournalReader reader = new JournalReader(folder);
            long next = 1;
            int readings = 0;
            try {
                for (long end = System.nanoTime() + 4_000_000_000L; System.nanoTime() < end; readings++) {
                    long acknowledged = store.rows().sequence();
                    Verdict verdict = reader.verify(Crates.CODEC);
                    assertThat(verdict.findings()).isEmpty();
                    assertThat(verdict.lastSequence()).isGreaterThanOrEqualTo(acknowledged);
                    acknowledged = store.rows().sequence();
                    RowsAt rows = reader.at(new Until.Newest());
                    assertThat(rows.damage()).isEmpty();
                    assertThat(rows.sequence()).isGreaterThanOrEqualTo(acknowledged);
                    JournalReader.End entries = reader.entries(next, entry -> {});
                    assertThat(entries.damage()).isEmpty();
                    next = entries.next();
                }
            } finally {
                // the executor waits for them, whatever is found
                stop.set(true);
            }
            for (Future<Long> count : written) {
                assertThat(count.get()).isPositive();
            }
            assertThat(store.readOnlyReason()).isEmpty();
            System.out.println("journal reader: " + readings + " readings of a store that wrote "
                    + store.rows().sequence() + " transactions");
        }
    }

    @Test
    void changesNothingInTheFolder() throws IOException {
        Path folder = temporary.resolve("store");
        try (LogStore store = Crates.open(folder)) {
            set(store, "n", 1);
            store.checkpoint();
            set(store, "n", 2);
        }
        Files.delete(folder.resolve("lock"));
        Map<String, String> before = contents(folder);

        JournalReader reader = new JournalReader(folder);
        assertThat(reader.verify(Crates.CODEC).findings()).isEmpty();
        reader.at(new Until.Newest());
        reader.entries(1, entry -> {});

        assertThat(contents(folder)).isEqualTo(before);
    }

    @Test
    void countsWhatIsThere() {
        Path folder = temporary.resolve("store");
        try (LogStore store = Crates.open(folder)) {
            for (int i = 1; i <= 5; i++) {
                set(store, "n" + i, i);
            }
            drop(store, "n1");
        }
        Verdict verdict = new JournalReader(folder).verify(Crates.CODEC);

        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.firstSequence()).isEqualTo(1);
        assertThat(verdict.lastSequence()).isEqualTo(6);
        assertThat(verdict.transactions()).isEqualTo(6);
        assertThat(verdict.changes()).isEqualTo(6);
        assertThat(verdict.rows()).isEqualTo(4);
        assertThat(verdict.from()).contains(Crates.NOW);
    }

    @Test
    void noticesACheckpointThatHoldsOtherRowsThanTheLogSays() throws Exception {
        Path folder = temporary.resolve("store");
        try (LogStore store = Crates.open(folder)) {
            set(store, "n", 1);
            store.checkpoint();
            set(store, "n", 2);
            store.checkpoint();
        }
        Path newest;
        try (var files = Files.list(folder)) {
            newest = files.filter(file -> file.toString().endsWith(".mapdb"))
                    .sorted()
                    .toList()
                    .getLast();
        }
        Checkpoints.Taken taken = Checkpoints.read(newest, row -> {});
        Path forged = temporary.resolve("forged");
        Files.createDirectories(forged);
        new Checkpoints(new Folder(forged, Faults.NONE))
                .save(
                        taken.sequence(),
                        taken.hash(),
                        taken.taken(),
                        List.of(new StoredRow(
                                "counters", "n", 1, "{\"id\":\"n\",\"value\":7}".getBytes(StandardCharsets.UTF_8))),
                        List.of());
        Files.copy(forged.resolve(newest.getFileName()), newest, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(new JournalReader(folder).verify(Crates.CODEC).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).contains("1 rows of the checkpoint are not what the log");
                    assertThat(finding.file()).isEqualTo(newest);
                });
    }

    @Test
    void damageBeforeACheckpointDoesNotHideWhatComesAfter() throws IOException {
        Path folder = temporary.resolve("store");
        try (LogStore store = Crates.open(folder)) {
            for (int i = 1; i <= 3; i++) {
                set(store, "n", i);
                set(store, "n", i);
                store.checkpoint();
            }
            set(store, "n", 9);
        }
        List<Path> segments;
        try (var files = Files.list(folder)) {
            segments = files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        }
        flip(segments.getFirst(), 100);
        Verdict spoiled = new JournalReader(folder).verify(Crates.CODEC);
        assertThat(spoiled.damage()).as("the newest checkpoint holds it").isEmpty();
        assertThat(spoiled.findings())
                .anySatisfy(finding -> assertThat(finding.file()).isEqualTo(segments.getFirst()))
                .noneMatch(Verdict.Finding::lost);
        assertThat(spoiled.lastSequence()).isEqualTo(7);
    }

    @Test
    void aSegmentThatTheDiskDoesNotGiveIsDamageAndNoReasonNotToStart() throws IOException {
        Path folder = temporary.resolve("store");
        try (LogStore store = Crates.open(folder)) {
            for (int i = 1; i <= 200; i++) {
                set(store, "n", i);
            }
        }
        Path second;
        try (var files = Files.list(folder)) {
            second = files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .toList()
                    .get(1);
        }
        Files.delete(second);
        Files.createDirectory(second);

        try (LogStore store = Crates.open(folder)) {
            assertThat(store.readOnlyReason().orElseThrow()).contains(second.toString(), "cannot be read");
            assertThat(store.rows().sequence()).isPositive();
            assertThat(store.damage())
                    .isEqualTo(new JournalReader(folder).verify(Crates.CODEC).damage());
        }
    }

    @Test
    void aBadSectorCostsItsOwnBlockOnly() throws IOException {
        byte[] content = new byte[20_000];
        java.util.Arrays.fill(content, (byte) 1);
        SegmentBytes read = SegmentBytes.readBlocks(new BadSector(content, 9_000));

        assertThat(read.unread().orElseThrow().offset()).isEqualTo(8192);
        assertThat(read.unread().orElseThrow().why()).contains("Input/output error");
        for (int i = 0; i < content.length; i++) {
            assertThat(read.bytes()[i]).isEqualTo((byte) (i / 4096 == 2 ? 0 : 1));
        }
    }

    @Test
    void aWholeFrameThatThisReleaseCannotReadIsDamageAndNoReasonNotToStart() throws IOException {
        Path folder = temporary.resolve("store");
        try (LogStore store = Crates.open(folder)) {
            set(store, "n", 1);
        }
        Path segment = folder.resolve(SegmentHeader.fileName(1));
        byte[] bytes = Files.readAllBytes(segment);
        Frame first = Frame.read(bytes, SegmentHeader.LENGTH).orElseThrow();
        byte[] strange = ByteBuffer.allocate(30)
                .putLong(Crates.NOW.toEpochMilli())
                .putInt(1)
                .put((byte) 9)
                .array();
        byte[] frame = Frame.bytes(2, List.of(strange), strange.length, first.hash());
        System.arraycopy(frame, 0, bytes, first.end(), frame.length);
        Files.write(segment, bytes);

        try (LogStore store = Crates.open(folder)) {
            assertThat(store.readOnlyReason().orElseThrow()).contains("a newer release may");
            assertThat(Counter.value(store.rows(), "n")).isEqualTo(1);
        }
    }

    /** A file on a disk that refuses one place. */
    private static final class BadSector implements SeekableByteChannel {

        private final byte[] content;
        private final int bad;
        private int position;

        BadSector(byte[] content, int bad) {
            this.content = content;
            this.bad = bad;
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            int length = Math.min(to.remaining(), content.length - position);
            if (position <= bad && bad < position + length) {
                throw new IOException("Input/output error");
            }
            to.put(content, position, length);
            position += length;
            return length == 0 ? -1 : length;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            position = (int) newPosition;
            return this;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public int write(ByteBuffer from) {
            // who reads a journal must not change it
            throw new UnsupportedOperationException("write by a reader");
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            // the same: a reader that cuts a torn tail off would take it from the server that is writing it
            throw new UnsupportedOperationException("truncate by a reader");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static void flip(Path file, int offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 1;
        Files.write(file, bytes);
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(
                        file.getFileName().toString(),
                        HexFormat.of().formatHex(Frame.hash(Files.readAllBytes(file), 0, (int) Files.size(file)))
                                + Files.getLastModifiedTime(file));
            }
        }
        return contents;
    }

    private static void set(LogStore store, String name, long value) {
        store.write(tx -> {
            tx.put(Counter.TABLE, Counter.of(name, value));
            return value;
        });
    }

    private static void drop(LogStore store, String name) {
        store.write(tx -> {
            tx.delete(Counter.TABLE, Counter.of(name, 0).id());
            return name;
        });
    }

    private static Map<String, Long> counters(LogStore store) {
        Map<String, Long> values = new TreeMap<>();
        store.rows()
                .all(Counter.TABLE)
                .forEach(counter -> values.put(counter.id().value(), counter.value()));
        return values;
    }

    private static Map<String, Long> counters(RowsAt rows) {
        Map<String, Long> values = new TreeMap<>();
        for (StoredRow row : rows.rows()) {
            Counter counter = Crates.CODEC.decode(Counter.TABLE, row.version(), row.json());
            values.put(counter.id().value(), counter.value());
        }
        return values;
    }
}

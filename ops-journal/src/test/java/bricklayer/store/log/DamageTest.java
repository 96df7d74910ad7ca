package bricklayer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.fault.Faults;
import bricklayer.store.Counter;
import bricklayer.store.StoreException;
import bricklayer.store.log.LogStore.Options;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Garbles and truncates what lies on the disk. Each time the store shows exactly the right rows, or is read-only with the right reason and exactly the rows before the
 * damage; never wrong rows without a word.
 *
 * <p>Transaction n sets the counter "n" to n, so the number of transactions that are shown can be read from the rows.
 */
@Timeout(300)
final class DamageTest {

    @TempDir
    private Path temporary;

    private final long seed = Long.getLong("seed", 20261121);
    private final Random random = new Random(seed);
    private Path folder = Path.of("");

    /** Ways to spoil a file from an offset on; empty when the file stays as it was. */
    private enum Garble {
        FLIP_A_BIT,
        ZERO_A_BYTE,
        RANDOM_BYTES,
        TRUNCATE,
        ZERO_THE_REST;

        static final int MOST_NOISE = 16;

        Optional<byte[]> of(byte[] original, int offset, Random random) {
            byte[] bytes = original.clone();
            switch (this) {
                case FLIP_A_BIT -> bytes[offset] ^= (byte) (1 << random.nextInt(8));
                case ZERO_A_BYTE -> bytes[offset] = 0;
                case RANDOM_BYTES -> {
                    byte[] noise = new byte[Math.min(1 + random.nextInt(MOST_NOISE), bytes.length - offset)];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, bytes, offset, noise.length);
                }
                case TRUNCATE -> bytes = Arrays.copyOf(bytes, offset);
                case ZERO_THE_REST -> Arrays.fill(bytes, offset, bytes.length, (byte) 0);
            }
            return Arrays.equals(bytes, original) ? Optional.empty() : Optional.of(bytes);
        }

        boolean leavesNothingBehind() {
            return this == TRUNCATE || this == ZERO_THE_REST;
        }
    }

    @BeforeEach
    void nameTheFolder() {
        folder = temporary.resolve("store");
    }

    @Test
    void theLastFramesAtEveryByte() throws IOException {
        write(6, 0);
        Path file = segments().getFirst();
        byte[] original = Files.readAllBytes(file);
        List<Frame> frames = frames(original);
        Frame fourth = frames.get(3);
        Frame last = frames.getLast();
        int cases = 0;
        for (int offset = fourth.offset(); offset < last.end(); offset++) {
            int frame = frameAt(frames, offset);
            for (Garble garble : Garble.values()) {
                Optional<byte[]> garbled = garble.of(original, offset, random);
                if (garbled.isEmpty()) {
                    continue;
                }
                cases++;
                String what = garble + " at " + offset;
                Files.write(file, garbled.get());
                boolean tornTail = frame == 6 || garble.leavesNothingBehind();
                boolean lengthOfTheLast = frame == 6 && offset - last.offset() >= 4 && offset - last.offset() < 8;
                boolean noiseBehindTheLast = garble == Garble.RANDOM_BYTES && offset > last.end() - Garble.MOST_NOISE;
                if ((lengthOfTheLast && !garble.leavesNothingBehind()) || noiseBehindTheLast) {
                    // with a shorter length, or noise behind its end, the frame seems to have something behind it: both
                    // are right
                    assertShownOrSaid(frame - 1, what);
                } else if (tornTail && cases % 10 == 0) {
                    assertWritableAt(frame - 1, what);
                } else if (tornTail) {
                    assertShown(frame - 1, what);
                } else {
                    assertReadOnlyAt(
                            frame - 1,
                            what,
                            file.toString(),
                            "at offset " + frames.get(frame - 1).offset());
                }
                restore(file, original);
            }
        }
        System.out.println("damage test: seed " + seed + ", last frames, " + cases + " cases");
    }

    @Test
    void olderSegmentsInTheMiddle() throws IOException {
        write(120, 0);
        List<Path> segments = segments();
        assertThat(segments).hasSizeGreaterThan(3);
        int cases = 0;
        long before = 0;
        for (Path file : segments.subList(0, segments.size() - 1)) {
            byte[] original = Files.readAllBytes(file);
            List<Frame> frames = frames(original);
            for (int offset = 0; offset < original.length; offset += 1 + random.nextInt(120)) {
                Garble garble = Garble.values()[random.nextInt(Garble.values().length)];
                Optional<byte[]> garbled = garble.of(original, offset, random);
                if (garbled.isEmpty()) {
                    continue;
                }
                cases++;
                Files.write(file, garbled.get());
                int frame = frameAt(frames, offset);
                long shown = offset < SegmentHeader.LENGTH ? before : before + frame - 1;
                if (offset >= frames.getLast().end() && garble.leavesNothingBehind()) {
                    assertWritableAt(120, garble + " in the zeros at " + offset);
                    restoreAll();
                    continue;
                }
                assertReadOnlyAt(
                        shown, garble + " of " + file + " at " + offset, file.toString(), " to 120, written from ");
                Files.write(file, original);
            }
            before += frames.size();
        }
        System.out.println("damage test: seed " + seed + ", older segments, " + cases + " cases");
    }

    @Test
    void anyMissingSegment() throws IOException {
        write(120, 0);
        long before = 0;
        for (Path file : segments()) {
            byte[] original = Files.readAllBytes(file);
            Files.delete(file);

            assertReadOnlyAt(before, "without " + file, "missing", file.toString());

            Files.write(file, original);
            before += frames(original).size();
        }
        assertWritableAt(120, "all restored");
    }

    @Test
    void allSegmentsMissing() throws IOException {
        write(3, 0);
        for (Path file : segments()) {
            Files.delete(file);
        }

        assertReadOnlyAt(0, "no segments", "missing");
    }

    @Test
    void aFrameThatIsWholeButInTheWrongPlace() throws IOException {
        write(6, 0);
        Path file = segments().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        List<Frame> frames = frames(bytes);
        Frame second = frames.get(1);
        Frame third = frames.get(2);
        assertThat(second.end() - second.offset()).isEqualTo(third.end() - third.offset());
        System.arraycopy(bytes, second.offset(), bytes, third.offset(), second.end() - second.offset());
        Files.write(file, bytes);

        assertReadOnlyAt(2, "second frame twice", "at offset " + third.offset(), "written from");
    }

    @Test
    void anythingInTheNewestCheckpoint() throws IOException {
        write(120, 50);
        List<Path> checkpoints = files(".mapdb");
        assertThat(checkpoints).hasSize(2);
        Path newest = checkpoints.getLast();
        byte[] original = Files.readAllBytes(newest);
        int used = original.length;
        while (original[used - 1] == 0) {
            used--;
        }
        for (int i = 0; i < 60; i++) {
            int offset = i < 20 ? i * 4 : random.nextInt(used);
            Garble garble = Garble.values()[i % Garble.values().length];
            Optional<byte[]> garbled = garble.of(original, offset, random);
            if (garbled.isPresent()) {
                Files.write(newest, garbled.get());
                assertShown(120, garble + " at " + offset);
                Files.write(newest, original);
            }
        }
    }

    @Test
    void aMissingCheckpointFallsBackToTheOneBefore() throws IOException {
        write(120, 50);
        Files.delete(files(".mapdb").getLast());

        assertWritableAt(120, "newest checkpoint missing");
    }

    @Test
    void bothCheckpointsGarbledShowsNothingButSaysSo() throws IOException {
        write(120, 50);
        for (Path checkpoint : files(".mapdb")) {
            Files.write(checkpoint, new byte[100]);
        }

        assertReadOnlyAt(0, "both garbled", "transactions 1 to", "missing");
    }

    @Test
    void theManifestAtEveryByte() throws IOException {
        write(120, 50);
        Path manifest = folder.resolve("manifest");
        byte[] original = Files.readAllBytes(manifest);
        Map<Path, byte[]> all = snapshot();
        for (int offset = 0; offset < original.length; offset++) {
            Garble garble = Garble.values()[offset % Garble.values().length];
            Optional<byte[]> garbled = garble.of(original, offset, random);
            if (garbled.isPresent()) {
                Files.write(manifest, garbled.get());
                assertShown(120, garble + " at " + offset);
            }
        }
        restore(all);
        Files.delete(manifest);
        assertWritableAt(120, "no manifest");
    }

    @Test
    void damageBeforeTheCheckpointHarmsNothing() throws IOException {
        write(120, 50);
        Path oldest = segments().getFirst();
        byte[] bytes = Files.readAllBytes(oldest);
        bytes[100] ^= 1;
        Files.write(oldest, bytes);

        assertWritableAt(120, "damage in a segment that is only needed for the older checkpoint");
    }

    @Test
    void aSegmentOfANewerReleaseIsNotTouched() throws IOException {
        write(3, 0);
        Path file = segments().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[11] = 2;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 60);
        ByteBuffer.wrap(bytes).putInt(60, (int) crc.getValue());
        Files.write(file, bytes);

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining(file.toString());
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    /** Writes this many transactions, one frame each, with a checkpoint after each so many; 0 for none. */
    private void write(int transactions, int checkpointEvery) throws IOException {
        try (LogStore store = open()) {
            for (int i = 1; i <= transactions; i++) {
                long number = i;
                store.write(tx -> {
                    tx.put(Counter.TABLE, Counter.of("n", number));
                    return "done";
                });
                if (checkpointEvery > 0 && i % checkpointEvery == 0) {
                    store.checkpoint();
                }
            }
        }
        saved = snapshot();
    }

    private Map<Path, byte[]> saved = new TreeMap<>();

    private LogStore open() {
        Options options = Options.in(folder).withSegmentBytes(4 << 10).withCheckpointBytes(1 << 30);
        return Crates.open(options, Faults.NONE);
    }

    private void assertShown(long transactions, String what) {
        verdict().ifPresent(verdict -> {
            assertThat(verdict.damage()).as(what).isEmpty();
            assertThat(verdict.lastSequence()).as(what).isEqualTo(transactions);
        });
        try (LogStore store = open()) {
            assertThat(store.readOnlyReason()).as(what).isEmpty();
            assertThat(Counter.value(store.rows(), "n")).as(what).isEqualTo(transactions);
            assertThat(store.rows().sequence()).as(what).isEqualTo(transactions);
        }
    }

    /** What a reader of the folder says; not in each of the many cases, for it takes as long as opening the store does. */
    private Optional<Verdict> verdict() {
        verdicts++;
        return verdicts < 4 || verdicts % 8 == 0
                ? Optional.of(new JournalReader(folder).verify(Crates.CODEC))
                : Optional.empty();
    }

    private int verdicts;

    private void assertShownOrSaid(long transactions, String what) {
        try (LogStore store = open()) {
            store.readOnlyReason()
                    .ifPresent(reason -> assertThat(reason).as(what).contains("the log is damaged"));
            assertThat(Counter.value(store.rows(), "n")).as(what).isEqualTo(transactions);
            assertThat(store.rows().sequence()).as(what).isEqualTo(transactions);
        }
    }

    private void assertWritableAt(long transactions, String what) {
        assertShown(transactions, what);
        try (LogStore store = open()) {
            store.write(tx -> {
                tx.put(Counter.TABLE, Counter.of("after", 1));
                return "done";
            });
        }
        try (LogStore store = open()) {
            assertThat(store.readOnlyReason()).as(what).isEmpty();
            assertThat(Counter.value(store.rows(), "after")).as(what).isEqualTo(1);
            assertThat(Counter.value(store.rows(), "n")).as(what).isEqualTo(transactions);
            assertThat(store.rows().sequence()).as(what).isEqualTo(transactions + 1);
        }
    }

    private void assertReadOnlyAt(long transactions, String what, String... reasons) throws IOException {
        Map<Path, byte[]> before = snapshot();
        Optional<Verdict> verdict = verdict();
        verdict.ifPresent(found -> assertThat(found.findings()).as(what).isNotEmpty());
        try (LogStore store = open()) {
            assertThat(store.readOnlyReason()).as(what).isPresent();
            verdict.ifPresent(found -> assertThat(found.damage()).as(what).isEqualTo(store.damage()));
            assertThat(store.readOnlyReason().orElseThrow()).as(what).contains(reasons);
            assertThat(Counter.value(store.rows(), "n")).as(what).isEqualTo(transactions);
            assertThat(store.rows().sequence()).as(what).isEqualTo(transactions);
        }
        assertThat(snapshot())
                .as("a read-only store changes nothing: " + what)
                .usingRecursiveComparison()
                .isEqualTo(before);
    }

    private void restore(Path file, byte[] original) throws IOException {
        Files.write(file, original);
        restoreAll();
    }

    private void restoreAll() throws IOException {
        restore(saved);
    }

    private void restore(Map<Path, byte[]> files) throws IOException {
        for (Path file : files("")) {
            if (!files.containsKey(file)) {
                Files.delete(file);
            }
        }
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    private Map<Path, byte[]> snapshot() throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        for (Path file : files("")) {
            files.put(file, Files.readAllBytes(file));
        }
        return files;
    }

    private List<Path> segments() throws IOException {
        return files(".seg");
    }

    private List<Path> files(String suffix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static List<Frame> frames(byte[] segment) {
        List<Frame> frames = new ArrayList<>();
        Optional<Frame> frame = Frame.read(segment, SegmentHeader.LENGTH);
        while (frame.isPresent()) {
            frames.add(frame.get());
            frame = Frame.read(segment, frame.get().end());
        }
        return frames;
    }

    /** The number of the frame that an offset lies in, from 1; one more than there are for the zeros behind. */
    private static int frameAt(List<Frame> frames, int offset) {
        int number = 1;
        for (Frame frame : frames) {
            if (offset >= frame.end()) {
                number++;
            }
        }
        return number;
    }
}

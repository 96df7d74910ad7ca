package bricklayer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.fault.Faults;
import bricklayer.store.Counter;
import bricklayer.store.Crate;
import bricklayer.store.Crate.Condition;
import bricklayer.store.Crate.CrateId;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads a folder that was written in format 1 of the log, the checkpoint and the manifest, once through its checkpoint and once through its log alone.
 *
 * <p>The files were written by {@code mvn test -Dtest=GoldenFormatTest -Dgolden=FOLDER}. They are never written again: a new format gets a new folder and a test beside this one.
 */
final class GoldenFormatTest {

    private static final String WHAT_TO_DO =
            "Files of format 1 are out there and this release reads them differently. Do not make the golden files anew:"
                    + " make the code read format 1 again (Frame, SegmentHeader, LoggedTransaction, CheckpointFile, Manifest, JsonCodec),"
                    + " or, if a row type of the test changed, register its old version with JsonCodec.Builder.older";
    private static final Path GOLDEN = Path.of("src/test/resources/store-format-1");
    private static final int TRANSACTIONS = 30;
    private static final int CHECKPOINT_AFTER = 20;

    @TempDir
    private Path folder;

    @Test
    void readsFormatOneThroughItsCheckpoint() throws IOException {
        copyGolden();

        assertShowsEverything();
    }

    @Test
    void readsFormatOneFromTheLogAlone() throws IOException {
        copyGolden();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> !file.toString().endsWith(".seg")).toList()) {
                Files.delete(file);
            }
        }

        assertShowsEverything();
    }

    @Test
    void writesTheSameLogAsThen() throws IOException {
        Path written = Path.of(System.getProperty("golden", folder.toString()));
        try (LogStore store = open(written)) {
            for (int i = 1; i <= TRANSACTIONS; i++) {
                transaction(store, i);
                if (i == CHECKPOINT_AFTER) {
                    store.checkpoint();
                }
            }
        }

        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".seg")).toList()) {
                assertThat(written.resolve(file.getFileName())).as(WHAT_TO_DO).hasSameBinaryContentAs(file);
            }
        }
        assertThat(written.resolve("manifest")).as(WHAT_TO_DO).hasSameBinaryContentAs(GOLDEN.resolve("manifest"));
    }

    private void assertShowsEverything() {
        Store expected = new MemoryStore(Crates.SCHEMA);
        for (int i = 1; i <= TRANSACTIONS; i++) {
            transaction(expected, i);
        }
        try (LogStore store = open(folder)) {
            assertThat(store.readOnlyReason()).as(WHAT_TO_DO).isEmpty();
            assertThat(store.quarantined()).as(WHAT_TO_DO).isEmpty();
            Rows rows = store.rows();
            assertThat(rows.sequence()).as(WHAT_TO_DO).isEqualTo(TRANSACTIONS);
            assertThat(rows.all(Crate.TABLE))
                    .as(WHAT_TO_DO)
                    .containsExactlyElementsOf(expected.rows().all(Crate.TABLE));
            assertThat(rows.all(Counter.TABLE))
                    .as(WHAT_TO_DO)
                    .containsExactlyElementsOf(expected.rows().all(Counter.TABLE));
        }
    }

    private static void transaction(Store store, int number) {
        store.write(tx -> {
            tx.put(Counter.TABLE, Counter.of("n", number));
            tx.put(
                    Crate.TABLE,
                    new Crate(
                            new CrateId("crate " + number + " ü"),
                            "owner" + number % 3,
                            number * 1_000_000_000_000L,
                            number % 2 == 0 ? Condition.SOUND : Condition.DENTED,
                            number % 5 == 0 ? Optional.of(new CrateId("crate 1 ü")) : Optional.empty(),
                            List.of("label" + number % 4, "\"quoted\""),
                            Map.of("nails", number),
                            Instant.ofEpochSecond(1_800_000_000L + number, 5),
                            Duration.ofSeconds(number, 7)));
            if (number % 6 == 0) {
                tx.delete(Crate.TABLE, new CrateId("crate " + (number - 1) + " ü"));
            }
            return "done";
        });
    }

    private void copyGolden() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    private static LogStore open(Path folder) {
        return Crates.open(
                LogStore.Options.in(folder).withSegmentBytes(4 << 10).withCheckpointBytes(1 << 30), Faults.NONE);
    }
}

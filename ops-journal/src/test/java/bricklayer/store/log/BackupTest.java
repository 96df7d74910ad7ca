package bricklayer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.store.Counter;
import bricklayer.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged before a backup is in it, no transaction is in it by half, and a store made from it goes on like any other. */
@Timeout(300)
final class BackupTest {

    @TempDir
    private Path folder;

    @Test
    void holdsWhatWasAcknowledgedAndNoHalvesWhileWritersGoOn() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Path> backups = new ArrayList<>();
        List<Long> acknowledged = new ArrayList<>();
        try (LogStore store = Crates.open(folder.resolve("store"));
                ExecutorService writer = Executors.newSingleThreadExecutor()) {
            set(store, 1);
            Future<Long> last = writer.submit(() -> {
                long next = 1;
                while (!stop.get()) {
                    set(store, ++next);
                }
                return next;
            });
            for (int i = 0; i < 8; i++) {
                acknowledged.add(Counter.value(store.rows(), "left"));
                backups.add(save(store, "backup" + i));
            }
            stop.set(true);
            assertThat(last.get()).isGreaterThan(acknowledged.getFirst());
        }
        for (int i = 0; i < backups.size(); i++) {
            Path restored = folder.resolve("restored" + i);
            LogStore.restore(backups.get(i), restored);
            try (LogStore store = Crates.open(restored)) {
                assertThat(store.readOnlyReason()).isEmpty();
                long left = Counter.value(store.rows(), "left");
                assertThat(left).isGreaterThanOrEqualTo(acknowledged.get(i));
                assertThat(Counter.value(store.rows(), "right")).isEqualTo(left);
            }
        }
    }

    @Test
    void aRestoredStoreTakesWritesAndIsBackedUpAgain() {
        try (LogStore store = Crates.open(folder.resolve("store"))) {
            set(store, 7);
            save(store, "first");
        }
        LogStore.restore(folder.resolve("first"), folder.resolve("second"));
        try (LogStore store = Crates.open(folder.resolve("second"))) {
            set(store, 8);
            save(store, "third");
        }
        try (LogStore store = Crates.open(folder.resolve("second"))) {
            assertThat(store.readOnlyReason()).isEmpty();
            assertThat(Counter.value(store.rows(), "left")).isEqualTo(8);
        }
        LogStore.restore(folder.resolve("third"), folder.resolve("fourth"));
        try (LogStore store = Crates.open(folder.resolve("fourth"))) {
            assertThat(Counter.value(store.rows(), "right")).isEqualTo(8);
        }
    }

    @Test
    void refusesADamagedFileAndAFolderInUse() throws IOException {
        Path backup;
        try (LogStore store = Crates.open(folder.resolve("store"))) {
            set(store, 7);
            backup = save(store, "backup");
        }
        byte[] whole = Files.readAllBytes(backup);
        SplittableRandom random = new SplittableRandom(1);
        byte[] flipped = whole.clone();
        int at = random.nextInt(whole.length);
        flipped[at] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged"), flipped);
        Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(whole, whole.length / 2));
        for (Path file : List.of(damaged, cut)) {
            Path empty = folder.resolve("for-" + file.getFileName());
            assertThatThrownBy(() -> LogStore.restore(file, empty))
                    .as("byte %s of %s", at, whole.length)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("not a whole backup");
        }
        assertThatThrownBy(() -> LogStore.restore(backup, folder.resolve("store")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void anEmptyStoreHasNothingToBackUp() {
        try (LogStore store = Crates.open(folder.resolve("store"))) {
            assertThatThrownBy(store::backup).isInstanceOf(StoreException.class).hasMessageContaining("nothing");
        }
    }

    private static void set(LogStore store, long number) {
        store.write(tx -> {
            tx.put(Counter.TABLE, Counter.of("left", number));
            tx.put(Counter.TABLE, Counter.of("right", number));
            return number;
        });
    }

    private Path save(LogStore store, String name) {
        Path file = folder.resolve(name);
        try (LogStore.Backup backup = store.backup()) {
            assertThat(Files.copy(backup.content(), file)).isEqualTo(backup.length());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

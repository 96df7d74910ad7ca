package bricklayer.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.BackupList;
import bricklayer.client.BricklayerClient;
import bricklayer.client.Conflict;
import bricklayer.config.ConfigFile;
import bricklayer.fault.Faults;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.main.BricklayerServer;
import bricklayer.main.Formats;
import bricklayer.operation.VirtualThreads;
import bricklayer.store.StoreException;
import bricklayer.store.log.JournalReader;
import bricklayer.store.log.LogStore;
import bricklayer.store.log.RowsAt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup that counts can be restored; one that cannot be made costs none of those that are there, and is told. */
@Timeout(300)
class BackupsTest {

    private static final Duration PERIOD = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-21T14:00:00Z");

    @Test
    void holdsEverythingAndIsReadBack() throws IOException {
        try (LogStore store = open("store")) {
            put(store, 1);
            Backups backups = backups(store, 3);
            BackupFile made = backups.now();

            assertThat(made.file().getFileName()).hasToString("records-20261121T140000Z-0000000000000000001.backup");
            assertThat(backups.list()).containsExactly(made);
            assertThat(backups.ageSeconds()).isZero();
            assertThat(Files.readString(
                            folder.resolve("backups").resolve(made.file().getFileName() + ".sha256")))
                    .isEqualTo(BackupFile.verify(made.file()).sha256() + "  "
                            + made.file().getFileName() + "\n");
            LogStore.restore(made.file(), folder.resolve("restored"));
        }
        try (LogStore store = open("restored")) {
            assertThat(clusters(store)).containsExactly(id(1));
        }
    }

    @Test
    void readsTheLastOneAgainWhenNothingWasWritten() {
        try (LogStore store = open("store")) {
            put(store, 1);
            Backups backups = backups(store, 3);
            BackupFile made = backups.now();
            now = now.plus(PERIOD);

            assertThat(backups.now()).isEqualTo(made);
            assertThat(backups.ageSeconds()).isZero();
        }
    }

    @Test
    void replacesTheLastOneWhenItIsSpoiled() throws IOException {
        try (LogStore store = open("store")) {
            put(store, 1);
            Backups backups = backups(store, 3);
            BackupFile made = backups.now();
            byte[] bytes = Files.readAllBytes(made.file());
            bytes[bytes.length / 2] ^= 1;
            Files.write(made.file(), bytes);
            assertThatThrownBy(() -> BackupFile.verify(made.file()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is not what was written");
            now = now.plus(PERIOD);

            BackupFile next = backups.now();

            assertThat(next).isNotEqualTo(made);
            assertThat(BackupFile.verify(next.file()).rows()).isEqualTo(1);
        }
    }

    @Test
    void keepsSoManyAndTheLogSinceTheOldest() {
        Path archive = folder.resolve("backups").resolve("log");
        try (LogStore store = LogStore.open(
                LogStore.Options.in(folder.resolve("store"))
                        .withSegmentBytes(4 << 10)
                        .withArchive(archive),
                Formats.codec(),
                () -> now,
                Thread.ofPlatform().factory(),
                Faults.NONE)) {
            Backups backups = backups(store, 3);
            for (int i = 1; i <= 8; i++) {
                put(store, i);
                put(store, 100 + i);
                backups.now();
                now = now.plus(PERIOD);
            }
            List<BackupFile> kept = backups.list();
            assertThat(kept).extracting(BackupFile::sequence).containsExactly(12L, 14L, 16L);
            JournalReader reader = new JournalReader(
                    folder.resolve("store"),
                    List.of(archive),
                    List.of(kept.getFirst().file()));
            for (long sequence = 12; sequence <= 16; sequence++) {
                RowsAt rows = reader.at(new JournalReader.Until.Sequence(sequence));
                assertThat(rows.rows()).hasSize((int) sequence);
            }
            assertThatThrownBy(() -> reader.at(new JournalReader.Until.Sequence(11)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("name a backup that is older");
        }
    }

    @Test
    void tellsWhenThereIsNoGoodOneForTooLong() throws IOException {
        try (LogStore store = open("store")) {
            put(store, 1);
            Backups backups = backups(store, 3);
            backups.now();
            BackupFile good = backups.list().getFirst();
            put(store, 2);
            // a folder of this name cannot be written as a file
            Files.createDirectories(
                    folder.resolve("backups").resolve("backup.tmp").resolve("in the way"));
            now = now.plus(PERIOD);

            assertThatThrownBy(backups::now).isInstanceOf(StoreException.class).hasMessageContaining("cannot make");

            assertThat(backups.list()).containsExactly(good);
            assertThat(backups.failures()).isEqualTo(1);
            assertThat(backups.findings()).isEmpty();
            now = now.plus(PERIOD.multipliedBy(3));
            assertThat(backups.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.what()).contains("the last good backup is of 2026-11-21T14:00:00Z");
                assertThat(finding.next()).contains("admin backup now");
            });
            assertThat(backups.ageSeconds())
                    .isEqualTo((double) PERIOD.multipliedBy(4).toSeconds());
        }
    }

    @Test
    void areMadeByTheClock() throws Exception {
        try (LogStore store = open("store");
                Backups backups = new Backups(
                        store,
                        new BackupSettings(folder.resolve("backups"), Duration.ofSeconds(1), 2),
                        InstantSource.system(),
                        new VirtualThreads())) {
            put(store, 1);
            backups.start();
            for (int i = 2; i < 200 && backups.list().size() < 2; i++) {
                put(store, i);
                Thread.sleep(100);
            }
            assertThat(backups.list()).hasSize(2);
            assertThat(backups.ageSeconds()).isBetween(0.0, 60.0);
        }
    }

    @Test
    void areServedAndMeasured() throws Exception {
        try (BricklayerServer server = serve(", \"backup\": {\"folder\": \"" + folder.resolve("backups") + "\"}")) {
            BricklayerClient client = client(server);
            BackupList made = client.backUp();

            assertThat(made.folder()).isEqualTo(folder.resolve("backups").toString());
            assertThat(made.periodMinutes()).isEqualTo(60);
            assertThat(made.lastGood()).isNotEmpty();
            assertThat(client.backups().backups()).isEqualTo(made.backups()).hasSizeGreaterThan(0);
            assertThat(client.health().status()).isEqualTo("ok");
            assertThat(get(server, "/metrics"))
                    .contains("bricklayer_backup_age_seconds", "bricklayer_backup_failures_total 0.0");
        }
        try (BricklayerServer server = serve("")) {
            assertThat(client(server).backups().folder()).isEmpty();
            assertThatThrownBy(() -> client(server).backUp()).isInstanceOf(Conflict.class);
        }
    }

    private BricklayerServer serve(String more) {
        String config = "{\"glusterfs\": {\"executor\": \"mock\"}, \"bricklayer\": {\"data\": \""
                + folder.resolve("data") + "\"" + more + "}}";
        return BricklayerServer.start(ConfigFile.parse(config, Map.of(), ConfigFile.Authentication.DISABLED)
                .config());
    }

    private static BricklayerClient client(BricklayerServer server) {
        return BricklayerClient.to(URI.create("http://localhost:" + server.port()))
                .build();
    }

    private static String get(BricklayerServer server, String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private Backups backups(LogStore store, int kept) {
        return new Backups(
                store, new BackupSettings(folder.resolve("backups"), PERIOD, kept), () -> now, new VirtualThreads());
    }

    private LogStore open(String name) {
        return LogStore.open(
                LogStore.Options.in(folder.resolve(name)),
                Formats.codec(),
                () -> now,
                Thread.ofPlatform().factory(),
                Faults.NONE);
    }

    private static void put(LogStore store, int number) {
        store.write(tx -> {
            tx.put(Cluster.TABLE, new Cluster(id(number), true, false));
            return number;
        });
    }

    private static ClusterId id(int number) {
        return new ClusterId("%032x".formatted(number));
    }

    private static List<ClusterId> clusters(LogStore store) {
        return StreamSupport.stream(store.rows().all(Cluster.TABLE).spliterator(), false)
                .map(Cluster::id)
                .toList();
    }
}

package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.fault.Faults;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.main.Formats;
import bricklayer.store.log.LogStore;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code admin restore}: what it makes, and what it refuses without harm. */
class RestoreCommandTest {

    private static final Cluster CLUSTER = new Cluster(new ClusterId("c1".repeat(16)), true, false);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void fillsADataFolderOnce() throws IOException {
        Path backup = backup();
        Path data = folder.resolve("new data");

        assertThat(restore(backup, data)).isZero();
        assertThat(out.toString()).isEqualTo("Restored " + backup + " into " + data + System.lineSeparator());
        try (LogStore store = open(data.resolve("journal"))) {
            assertThat(store.rows().all(Cluster.TABLE)).containsExactly(CLUSTER);
        }

        assertThat(restore(backup, data)).isEqualTo(1);
        assertThat(err.toString()).contains("Error: cannot restore into").contains("it is not empty");
        try (LogStore store = open(data.resolve("journal"))) {
            assertThat(store.readOnlyReason()).isEmpty();
            assertThat(store.rows().all(Cluster.TABLE)).containsExactly(CLUSTER);
        }
    }

    @Test
    void refusesWhatIsNoBackup() throws IOException {
        Path other = Files.writeString(folder.resolve("notes.txt"), "buy milk");

        assertThat(restore(other, folder.resolve("data"))).isEqualTo(1);
        assertThat(err.toString()).contains("notes.txt is not a whole backup");
        assertThat(restore(folder.resolve("none"), folder.resolve("data"))).isEqualTo(1);
        assertThat(err.toString()).contains("cannot read the backup");

        assertThat(restore(backup(), folder.resolve("data")))
                .as("the right file next")
                .isZero();
    }

    @Test
    void goesBackToAnyMomentBehindTheBackup() throws IOException {
        Path backup = backup();
        try (LogStore store = open(folder.resolve("old"))) {
            for (String id : List.of("c2", "c3")) {
                store.write(tx -> {
                    tx.put(Cluster.TABLE, new Cluster(new ClusterId(id.repeat(16)), true, true));
                    return id;
                });
            }
            // the server that the log is of may even run
            assertThat(run(
                            "admin",
                            "restore",
                            backup.toString(),
                            "--until",
                            "2",
                            "--log",
                            folder.resolve("old").toString(),
                            "--data",
                            folder.resolve("then").toString()))
                    .as(err.toString())
                    .isZero();
            assertThat(run(
                            "admin",
                            "restore",
                            "--log",
                            folder.resolve("old").toString(),
                            "--data",
                            folder.resolve("now").toString()))
                    .isZero();
        }
        assertThat(out.toString()).contains("Restored transaction 2 of ").contains("Restored transaction 3 of ");
        try (LogStore store = open(folder.resolve("then").resolve("journal"))) {
            assertThat(store.rows().all(Cluster.TABLE))
                    .extracting(cluster -> cluster.id().value().substring(0, 2))
                    .containsExactly("c1", "c2");
            store.write(tx -> {
                tx.put(Cluster.TABLE, new Cluster(new ClusterId("c9".repeat(16)), true, true));
                return "goes on";
            });
        }
        try (LogStore store = open(folder.resolve("then").resolve("journal"))) {
            assertThat(store.readOnlyReason()).isEmpty();
            assertThat(store.rows().count(Cluster.TABLE)).isEqualTo(3);
        }
        try (LogStore store = open(folder.resolve("now").resolve("journal"))) {
            assertThat(store.rows().count(Cluster.TABLE)).isEqualTo(3);
        }
        assertThat(run(
                        "admin",
                        "restore",
                        backup.toString(),
                        "--until",
                        "7",
                        "--log",
                        folder.resolve("old").toString(),
                        "--data",
                        folder.resolve("other").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("transaction 7 cannot be reached");
        assertThat(run("admin", "restore", "--data", folder.resolve("other").toString()))
                .isEqualTo(2);
    }

    @Test
    void backupsAreVerifiedAnywhere() throws IOException {
        Path backup = backup();

        assertThat(run("admin", "backup", "verify", backup.toString())).isZero();
        assertThat(out.toString()).contains("whole, up to transaction 1, 1 rows");
        Files.write(backup, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("heketi.db.sha256"), "00  heketi.db");
        assertThat(run("admin", "backup", "verify", backup.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is not what was written");
        assertThat(run(
                        "admin",
                        "backup",
                        "verify",
                        Files.createDirectory(folder.resolve("empty")).toString()))
                .isEqualTo(2);
    }

    private int restore(Path backup, Path data) {
        return run("admin", "restore", backup.toString(), "--data", data.toString());
    }

    private int run(String... args) {
        return Cli.run(folder, Map.of(), out, err, args);
    }

    private Path backup() throws IOException {
        Path file = folder.resolve("heketi.db");
        try (LogStore store = open(folder.resolve("old"))) {
            store.write(tx -> {
                tx.put(Cluster.TABLE, CLUSTER);
                return CLUSTER;
            });
            try (LogStore.Backup backup = store.backup()) {
                Files.copy(backup.content(), file);
            }
        }
        return file;
    }

    private static LogStore open(Path journal) {
        return LogStore.open(
                LogStore.Options.in(journal),
                Formats.codec(),
                InstantSource.system(),
                Thread.ofPlatform().factory(),
                Faults.NONE);
    }
}

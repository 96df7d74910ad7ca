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
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code admin journal}: what a person and a script see of sound, damaged and missing records, while a store runs on them and when none does. */
class AdminJournalCommandTest {

    private static final Instant BEGIN = Instant.parse("2026-11-21T14:00:00Z");
    private static final String FIRST = "c1".repeat(16);
    private static final String SECOND = "c2".repeat(16);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path data;

    private Instant now = BEGIN;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() {
        try (LogStore store = open()) {
            put(store, FIRST, true);
            now = BEGIN.plusSeconds(60);
            put(store, SECOND, true);
            now = BEGIN.plusSeconds(120);
            store.write(tx -> {
                tx.delete(Cluster.TABLE, new ClusterId(FIRST));
                return FIRST;
            });
        }
    }

    @Test
    void verifiesWhileAStoreRunsOnIt() {
        try (LogStore store = open()) {
            put(store, FIRST, false);

            assertThat(run("verify")).isZero();
        }
        assertThat(out.toString())
                .contains(
                        "transactions 1 to 4, written from 2026-11-21T14:00:00Z to 2026-11-21T14:02:00Z; 4 read in 4 frames")
                .contains("Rows: 2, of which this release cannot read 0")
                .endsWith("Result: sound" + System.lineSeparator());
    }

    @Test
    void saysWhereDamageIsAndWhatIsLost() throws IOException {
        Path segment = data.resolve("journal/log-0000000000000000001.seg");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[130] ^= 1;
        Files.write(segment, bytes);

        assertThat(run("verify")).isEqualTo(1);
        assertThat(out.toString())
                .contains("Damage: " + segment + " offset 64: the frame that should begin here is not what was written")
                .contains("behind the damage lie transactions 2 to 3")
                .contains("written from 2026-11-21T14:01:00Z to 2026-11-21T14:02:00Z");
        assertThat(run("verify", "--json")).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("{\"folder\":")
                .contains("\"lost\":true")
                .contains("\"offset\":64");
        assertThat(run("show")).isEqualTo(1);
        assertThat(run("export")).isEqualTo(1);
        assertThat(err.toString()).contains("the log is damaged");
    }

    @Test
    void cannotTellAboutWhatIsNotThere() throws IOException {
        Path empty = Files.createDirectory(data.resolve("empty"));
        data = empty;
        assertThat(run("verify")).isEqualTo(2);
        assertThat(err.toString()).contains("there are no records in " + empty);
        data = empty.resolve("none");
        assertThat(run("verify")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no folder");
        assertThat(run("show", "--since", "yesterday")).isEqualTo(2);
    }

    @Test
    void showsTransactionsThatMatch() {
        assertThat(run("show")).isZero();
        assertThat(out.toString().lines())
                .hasSize(6)
                .startsWith("#1 2026-11-21T14:00:00Z  log-0000000000000000001.seg offset 64")
                .contains("  put    clusters/" + SECOND + " {\"id\":\"" + SECOND + "\",\"file\":true,\"block\":false}")
                .endsWith("  delete clusters/" + FIRST);

        assertThat(run("show", "--from", "2", "--to", "2", "--json")).isZero();
        assertThat(out.toString())
                .startsWith(
                        "{\"sequence\":2,\"time\":\"2026-11-21T14:01:00Z\",\"file\":\"log-0000000000000000001.seg\"")
                .contains("{\"change\":\"put\",\"table\":\"clusters\",\"key\":\"" + SECOND + "\",\"version\":")
                .hasLineCount(1);

        assertThat(shown("--since", "2026-11-21T14:01:00Z")).containsExactly("#2", "#3");
        assertThat(shown("--until", "2026-11-21T14:01:00Z")).containsExactly("#1", "#2");
        assertThat(shown("--key", FIRST)).containsExactly("#1", "#3");
        assertThat(shown("--last", "1")).containsExactly("#3");
        assertThat(shown("--table", "volumes")).isEmpty();
        assertThat(shown("--operation", FIRST)).isEmpty();
    }

    private java.util.List<String> shown(String... filter) {
        String[] args = new String[filter.length + 1];
        args[0] = "show";
        System.arraycopy(filter, 0, args, 1, filter.length);
        assertThat(run(args)).isZero();
        return out.toString()
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    @Test
    void exportsTheRowsOfNowOfThenAndTheHistory() {
        assertThat(run("export")).isZero();
        assertThat(out.toString().strip())
                .isEqualTo("{\"table\":\"clusters\",\"key\":\"" + SECOND + "\",\"version\":1,\"row\":{\"id\":\""
                        + SECOND + "\",\"file\":true,\"block\":false}}");
        assertThat(err.toString()).contains("Rows after transaction 3 of 2026-11-21T14:02:00Z");

        assertThat(run("export", "--at", "2")).isZero();
        assertThat(out.toString()).hasLineCount(2).contains(FIRST);
        assertThat(run("export", "--at", "2026-11-21T15:00:30+01:00")).isZero();
        assertThat(out.toString()).hasLineCount(1).contains(FIRST);
        assertThat(run("export", "--at", "99")).isEqualTo(2);
        assertThat(err.toString()).contains("transaction 99 cannot be reached: the log ends with transaction 3");
        assertThat(run("export", "--history")).isZero();
        assertThat(out.toString()).hasLineCount(3);
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[args.length + 4];
        all[0] = "admin";
        all[1] = "journal";
        System.arraycopy(args, 0, all, 2, args.length);
        all[args.length + 2] = "--data";
        all[args.length + 3] = data.toString();
        return Cli.run(data, Map.of(), out, err, all);
    }

    private static void put(LogStore store, String id, boolean file) {
        store.write(tx -> {
            tx.put(Cluster.TABLE, new Cluster(new ClusterId(id), file, false));
            return id;
        });
    }

    private LogStore open() {
        return LogStore.open(
                LogStore.Options.in(data.resolve("journal")),
                Formats.codec(),
                () -> now,
                Thread.ofPlatform().factory(),
                Faults.NONE);
    }
}

package bricklayer.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.OperationsHealth;
import bricklayer.api.QuarantinedForgetRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.client.Conflict;
import bricklayer.client.RequestRefused;
import bricklayer.config.ConfigFile;
import bricklayer.fault.Faults;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Schema;
import bricklayer.store.Table;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.image.StoredRow;
import bricklayer.store.log.JournalEntry;
import bricklayer.store.log.JournalReader;
import bricklayer.store.log.LogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever of the records cannot be read, the server starts, serves all else, says what is wrong, and keeps its hands off what it cannot judge. */
@Timeout(600)
class DegradedStartTest {

    private static final List<String> LISTS = List.of(
            "/clusters",
            "/volumes",
            "/blockvolumes",
            "/operations",
            "/operations/pending",
            "/operations/abandoned",
            "/operations/health",
            "/db/dump",
            "/db/check",
            "/metrics");

    private static final String VOLUME =
            "{\"size\":10,\"durability\":{\"type\":\"replicate\",\"replicate\":{\"replica\":3}}}";

    @TempDir
    private Path folder;

    private Path data = Path.of("");
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void nameTheFolder() {
        data = folder.resolve("data");
    }

    @Test
    void servesAllElseWhicheverRowCannotBeRead() throws Exception {
        makeAVolume();
        Map<String, StoredRow> oneOfEachTable = new LinkedHashMap<>();
        new JournalReader(data.resolve("journal"))
                .at(new JournalReader.Until.Newest())
                .rows()
                .forEach(row -> oneOfEachTable.put(row.table(), row));
        assertThat(oneOfEachTable.keySet()).contains("clusters", "nodes", "devices", "bricks", "volumes", "operations");
        List<String> details = List.of(
                "/clusters/" + key(oneOfEachTable, "clusters"),
                "/nodes/" + key(oneOfEachTable, "nodes"),
                "/devices/" + key(oneOfEachTable, "devices"),
                "/volumes/" + key(oneOfEachTable, "volumes"));
        Path whole = folder.resolve("whole");
        copy(data, whole);
        List<String> wrong = new ArrayList<>();
        for (StoredRow row : oneOfEachTable.values()) {
            copy(whole, data);
            spoil(row);
            try (BricklayerServer server = start("")) {
                BricklayerClient client = client(server);
                OperationsHealth health = client.health();
                assertThat(health.status()).as(row.table()).isEqualTo("degraded");
                assertThat(health.quarantined()).singleElement().satisfies(shown -> {
                    assertThat(shown.table()).isEqualTo(row.table());
                    assertThat(shown.key()).isEqualTo(row.key());
                    assertThat(shown.why()).contains("version 99").contains("newer release");
                    assertThat(shown.written()).isNotEmpty();
                    assertThat(shown.next()).contains("tart the release that wrote it");
                });
                for (String path : LISTS) {
                    HttpResponse<String> answer = get(server, path);
                    if (answer.statusCode() != 200) {
                        wrong.add(row.table() + ": GET " + path + " " + answer.statusCode() + " " + answer.body());
                    }
                }
                for (String path : details) {
                    HttpResponse<String> answer = get(server, path);
                    if (answer.statusCode() != 200 && answer.statusCode() != 404) {
                        wrong.add(row.table() + ": GET " + path + " " + answer.statusCode() + " " + answer.body());
                    }
                }
                if (row.table().equals("operations")) {
                    assertThat(get(server, "/queue/" + row.key()).statusCode()).isEqualTo(500);
                }
                assertThat(get(server, "/metrics").body()).contains("bricklayer_quarantined_rows 1.0");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatSuchARowSpeaksOfIsNotChangedUntilItIsForgotten() throws Exception {
        String volume = makeAVolume();
        StoredRow brick = new JournalReader(data.resolve("journal"))
                .at(new JournalReader.Until.Newest()).rows().stream()
                        .filter(row -> row.table().equals("bricks"))
                        .findFirst()
                        .orElseThrow();
        spoil(brick);
        try (BricklayerServer server = start("")) {
            BricklayerClient client = client(server);

            assertThatThrownBy(() -> client.deleteVolume(volume)).isInstanceOf(Conflict.class);
            assertThat(client.volumes()).containsExactly(volume);
            assertThat(client.operations().total()).isZero();
            client.createVolume(WireJson.read(VOLUME, VolumeCreateRequest.class));

            assertThatThrownBy(() -> client.forgetQuarantined(new QuarantinedForgetRequest("bricks", "b0".repeat(16))))
                    .isInstanceOf(RequestRefused.class);
            client.forgetQuarantined(new QuarantinedForgetRequest("bricks", brick.key()));
            assertThat(client.health().status()).isEqualTo("ok");
        }
        try (BricklayerServer server = start("")) {
            assertThat(client(server).health().quarantined()).isEmpty();
        }
    }

    @Test
    void rowsOfAnOperationThatCannotBeReadAreHeld() throws Exception {
        String volume = makeAVolume();
        leaveCreateOpen(Rest.ZEROED);
        StoredRow operation = new JournalReader(data.resolve("journal"))
                .at(new JournalReader.Until.Newest()).rows().stream()
                        .filter(row -> row.table().equals("operations")
                                && new String(row.json(), StandardCharsets.UTF_8).contains("\"plan\":"))
                        .findFirst()
                        .orElseThrow();
        spoil(operation);
        Set<String> before = nodes();
        try (BricklayerServer server = start("")) {
            BricklayerClient client = client(server);

            assertThat(client.health().status()).isEqualTo("degraded");
            assertThatThrownBy(() -> client.deleteVolume(volume)).isInstanceOf(Conflict.class);
            Thread.sleep(2_000);
        }
        assertThat(nodes()).isEqualTo(before);
    }

    @Test
    void aReadOnlyServerDoesNothingOnNodes() throws Exception {
        makeAVolume();
        Path whole = folder.resolve("whole");
        copy(data, whole);
        Set<String> nodes = nodes();

        leaveCreateOpen(Rest.GARBLED);
        try (BricklayerServer server = start("")) {
            BricklayerClient client = client(server);
            OperationsHealth health = client.health();
            assertThat(health.status()).isEqualTo("read-only");
            assertThat(health.damaged()).singleElement().satisfies(damaged -> {
                assertThat(damaged.file()).contains("log-");
                assertThat(damaged.lostFirst()).isPositive();
                assertThat(damaged.next()).contains("admin restore");
            });
            assertThat(client.operations().total()).isEqualTo(1);
            Thread.sleep(3_000);
            assertThat(client.operations().total()).isEqualTo(1);
        }
        assertThat(nodes()).as("after damage").isEqualTo(nodes);

        copy(whole, data);
        leaveCreateOpen(Rest.ZEROED);
        try (BricklayerServer server = start(", \"db_read_only\": true")) {
            BricklayerClient client = client(server);
            assertThat(client.health().status()).isEqualTo("read-only");
            assertThat(client.health().readOnly()).contains("db_read_only");
            Thread.sleep(3_000);
            assertThat(client.operations().total()).isEqualTo(1);
        }
        assertThat(nodes()).as("with db_read_only").isEqualTo(nodes);

        try (BricklayerServer server = start("")) {
            BricklayerClient client = client(server);
            for (int i = 0; i < 600 && client.operations().total() > 0; i++) {
                Thread.sleep(100);
            }
            assertThat(client.operations().total()).isZero();
        }
        assertThat(nodes()).as("a server that is not takes the volume back").isNotEqualTo(nodes);
    }

    /** What becomes of the log behind the begin of the create. */
    private enum Rest {
        ZEROED,
        GARBLED
    }

    /** Makes the records those of the moment at which the creation of the volume had begun. */
    private void leaveCreateOpen(Rest rest) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        new JournalReader(data.resolve("journal")).entries(1, entries::add);
        int begin = 0;
        while (entries.get(begin).changes().stream()
                .noneMatch(write -> write.table().equals("volumes"))) {
            begin++;
        }
        JournalEntry next = entries.get(begin + 1);
        assertThat(next.offset()).isNotEqualTo(entries.get(begin).offset());
        byte[] bytes = Files.readAllBytes(next.file());
        if (rest == Rest.ZEROED) {
            Arrays.fill(bytes, next.offset(), bytes.length, (byte) 0);
        } else {
            bytes[next.offset() + 60] ^= 1;
        }
        Files.write(next.file(), bytes);
    }

    /** Three nodes and a volume with a brick on each; the server has stopped again. */
    private String makeAVolume() throws Exception {
        try (BricklayerServer server = start("")) {
            BricklayerClient client = client(server);
            String cluster =
                    client.createCluster(new ClusterCreateRequest(true, true)).id();
            for (int i = 1; i <= 3; i++) {
                String node = client.addNode(new NodeAddRequest(
                                i, new Hostnames(List.of("node" + i), List.of("10.0.0." + i)), cluster, Map.of()))
                        .id();
                client.addDevice(
                        WireJson.read("{\"node\":\"" + node + "\",\"name\":\"/dev/vdb\"}", DeviceAddRequest.class));
            }
            // without a key, so that a server that finds it half done takes it back
            HttpResponse<String> accepted = http.send(
                    HttpRequest.newBuilder(uri(server, "/volumes"))
                            .POST(HttpRequest.BodyPublishers.ofString(VOLUME))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(accepted.statusCode()).isEqualTo(202);
            while (client.volumes().isEmpty()) {
                Thread.sleep(20);
            }
            String volume = client.volumes().getFirst();
            client.createCluster(new ClusterCreateRequest(true, true));
            return volume;
        } finally {
            start("").close(); // has the simulated nodes write down what they hold as they do at each start
        }
    }

    private BricklayerServer start(String more) {
        String config =
                "{\"glusterfs\": {\"executor\": \"mock\"" + more + "}, \"bricklayer\": {\"data\": \"" + data + "\"}}";
        return BricklayerServer.start(ConfigFile.parse(config, Map.of(), ConfigFile.Authentication.DISABLED)
                .config());
    }

    private static BricklayerClient client(BricklayerServer server) {
        return BricklayerClient.to(URI.create("http://localhost:" + server.port()))
                .build();
    }

    private HttpResponse<String> get(BricklayerServer server, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(server, path)).build(), BodyHandlers.ofString());
    }

    private static URI uri(BricklayerServer server, String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    private record TheirId(String value) implements Key {}

    /** A row as a later release may write it: this one cannot read it, whatever is in it. */
    private record TheirRow(TheirId id, List<String> ids, Optional<String> plan) implements Row<TheirId> {}

    /** Puts a row in the place of another that speaks of the same things, and that this release cannot read. */
    private void spoil(StoredRow row) {
        String text = new String(row.json(), StandardCharsets.UTF_8);
        List<String> ids = Pattern.compile("\"([0-9a-f]{32})\"")
                .matcher(text)
                .results()
                .map(id -> id.group(1))
                .toList();
        Optional<String> plan = text.contains("\"plan\":") ? Optional.of("another") : Optional.empty();
        Table<TheirId, TheirRow> table = Table.of(row.table(), 99, TheirRow.class, TheirId::new);
        try (LogStore store = LogStore.open(
                LogStore.Options.in(data.resolve("journal")),
                JsonCodec.builder(Schema.of(table)).build(),
                InstantSource.system(),
                Thread.ofPlatform().factory(),
                Faults.NONE)) {
            store.write(tx -> {
                tx.put(table, new TheirRow(new TheirId(row.key()), ids, plan));
                return row.key();
            });
        }
    }

    private static String key(Map<String, StoredRow> rows, String table) {
        return Objects.requireNonNull(rows.get(table), table).key();
    }

    /** What lies on the nodes, in any order. */
    private Set<String> nodes() {
        try {
            return new TreeSet<>(Files.readAllLines(folder.resolve("data-nodes").resolve("nodes.jsonl")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (var files = Files.walk(to)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}

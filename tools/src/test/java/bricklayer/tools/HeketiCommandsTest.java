package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.DatabaseDump;
import bricklayer.api.WireJson;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code admin import heketi} and {@code admin export heketi} on a data folder that no server has open. */
class HeketiCommandsTest {

    private static final String DUMP = """
            {
              "clusterentries": {"C": {"Info": {"id": "C", "nodes": ["A"], "volumes": ["E"], "block": true, "file": true,
                "blockvolumes": []}}},
              "nodeentries": {"A": {"State": "online", "Info": {"zone": 1, "hostnames": {"manage": ["node1"],
                "storage": ["10.0.0.1"]}, "cluster": "C", "id": "A"}, "Devices": ["D"]}},
              "deviceentries": {"D": {"State": "online", "Info": {"name": "/dev/sdb", "storage": {"total": 10485760,
                "free": 8376320, "used": 2109440}, "id": "D", "pv_uuid": "Ab3xYz-0000-1111-2222-3333-4444-example"},
                "Bricks": ["B"], "NodeId": "A", "ExtentSize": 4096}},
              "volumeentries": {"E": {"Info": {"size": 2, "name": "data", "durability": {"type": "none", "replicate": {},
                "disperse": {}}, "snapshot": {"enable": false, "factor": 1}, "id": "E", "cluster": "C", "mount": {},
                "blockinfo": {}}, "Bricks": ["B"], "GlusterVolumeOptions": null, "Pending": {"Id": ""}}},
              "brickentries": {"B": {"Info": {"id": "B", "path": "/var/lib/heketi/mounts/vg_D/brick_B/brick", "device": "D",
                "node": "A", "volume": "E", "size": 2097152}, "TpSize": 2097152, "PoolMetadataSize": 12288,
                "Pending": {"Id": ""}, "LvmThinPool": "tp_F", "LvmLv": "", "SubType": 1}},
              "dbattributeentries": {"DB_CLUSTER_HAS_FILE_BLOCK_FLAG": {"Key": "DB_CLUSTER_HAS_FILE_BLOCK_FLAG",
                "Value": "yes"}}
            }
            """.replaceAll(
                    "(?<=[\"_])([A-F])(?=[\"/])", "$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void prepare() throws IOException {
        Files.writeString(folder.resolve("dump.json"), lowerCaseIds(DUMP));
        Files.writeString(
                folder.resolve("heketi.json"),
                "{\"port\": \"0\", \"glusterfs\": {\"executor\": \"mock\"}, \"bricklayer\": {\"data\": \""
                        + folder.resolve("data") + "\", \"simulated\": {\"folder\": \"" + folder.resolve("nodes")
                        + "\"}}}");
    }

    @Test
    void aPreviewMakesNothing() {
        assertThat(run("import", "heketi", "--file", "dump.json", "--config", "heketi.json", "--preview"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .startsWith("Would import: 1 clusters, 1 nodes, 1 devices, 1 volumes, 1 bricks, 0 block volumes,"
                        + " 0 unfinished operations");
        assertThat(folder.resolve("data/journal")).doesNotExist();
    }

    @Test
    void whatWasImportedOnceIsNotImportedOver() throws IOException {
        assertThat(run("import", "heketi", "--file", "dump.json", "--config", "heketi.json"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).startsWith("Imported: 1 clusters");

        assertThat(run("import", "heketi", "--file", "dump.json", "--config", "heketi.json"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("this server has records");

        assertThat(run("export", "heketi", "--data", "data", "--file", "back.json"))
                .as(err.toString())
                .isZero();
        Path back = folder.resolve("back.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(back)))
                .isEqualTo("rw-------");
        DatabaseDump before = WireJson.read(Files.readString(folder.resolve("dump.json")), DatabaseDump.class);
        DatabaseDump after = WireJson.read(Files.readString(back), DatabaseDump.class);
        assertThat(after.bricks()).isEqualTo(before.bricks());
        assertThat(after.nodes()).isEqualTo(before.nodes());
        assertThat(after.devices()).isEqualTo(before.devices());
        assertThat(after.clusters()).isEqualTo(before.clusters());

        assertThat(run("export", "heketi", "--data", "data", "--file", "back.json"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("back.json is there already");
    }

    @Test
    void anotherDataFolderMayBeNamed() {
        assertThat(run("import", "heketi", "--file", "dump.json", "--config", "heketi.json", "--data", "other"))
                .as(err.toString())
                .isZero();
        assertThat(folder.resolve("other/journal")).exists();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void problemsAreNamedAndNothingIsImported() throws IOException {
        Files.writeString(
                folder.resolve("dump.json"),
                Files.readString(folder.resolve("dump.json"))
                        .replace("\"State\": \"online\"", "\"State\": \"asleep\""));

        assertThat(run("import", "heketi", "--file", "dump.json", "--config", "heketi.json"))
                .isEqualTo(1);
        assertThat(out.toString())
                .startsWith("Not imported")
                .contains("node " + "a".repeat(32) + " State: 'asleep' is no state");
        assertThat(err.toString()).contains("Error: nothing was imported: 2 problems");
        assertThat(folder.resolve("data/journal")).doesNotExist();
    }

    @Test
    void whatIsNoDumpIsRefused() throws IOException {
        Files.writeString(folder.resolve("dump.json"), "buy milk");

        assertThat(run("import", "heketi", "--file", "dump.json", "--config", "heketi.json"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("this is no dump of Heketi's database");
        assertThat(run("import", "heketi", "--file", "none.json", "--config", "heketi.json"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("cannot read the dump none.json");
        assertThat(run("export", "heketi", "--data", "nowhere")).isEqualTo(1);
        assertThat(err.toString()).contains("holds no records");
    }

    private int run(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "admin";
        System.arraycopy(words, 0, all, 1, words.length);
        return Cli.run(folder, Map.of(), out, err, all);
    }

    private static String lowerCaseIds(String dump) {
        return java.util.regex.Pattern.compile("([A-F])\\1{31}")
                .matcher(dump)
                .replaceAll(id -> id.group().toLowerCase(java.util.Locale.ROOT));
    }
}

package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.PendingOperationDetails;
import bricklayer.tools.Cli.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What there is beyond the everyday commands, with the texts of heketi-cli. */
class WholeCommandLineTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // start sets it
    private Cli cli;

    @BeforeEach
    void start() throws IOException {
        cli = new Cli(folder, false);
        cli.loadThreeNodes();
    }

    @AfterEach
    void close() {
        cli.close();
    }

    private Ended run(String... args) {
        return cli.run(args);
    }

    private String cluster() {
        return run("cluster", "list").id();
    }

    private String node() {
        return run("node", "list").id();
    }

    private String device() {
        return run("node", "info", node()).out().replaceAll("(?s).*Devices:\nId:(\\S+).*", "$1");
    }

    private String volume(String... more) {
        String[] args = new String[3 + more.length];
        args[0] = "volume";
        args[1] = "create";
        args[2] = "--size=100";
        System.arraycopy(more, 0, args, 3, more.length);
        return run(args).out().replaceAll("(?s).*Volume Id: (\\S+).*", "$1");
    }

    @Test
    void flagsOfAClusterChangeOneByOne() {
        String cluster = cluster();

        assertThat(run("cluster", "setflags", cluster, "--block=false")).isEqualTo(new Ended(0, "", ""));
        assertThat(run("cluster", "list", "-o", "text").out()).isEqualTo("Clusters:\nId:" + cluster + " [file]\n");
        run("cluster", "setflags", cluster, "--file=false");
        assertThat(run("cluster", "list", "-o", "text").out()).isEqualTo("Clusters:\nId:" + cluster + " []\n");
        run("cluster", "setflags", cluster, "--block", "true");
        assertThat(run("cluster", "list", "-o", "text").out()).isEqualTo("Clusters:\nId:" + cluster + " [block]\n");
        assertThat(run("cluster", "setflags", cluster).err())
                .startsWith("Error: At least one of --file or --block must be specified.\n");
    }

    @ParameterizedTest
    @CsvSource({"node", "device"})
    void tagsAreSetAndRemoved(String kind) {
        String id = kind.equals("node") ? node() : device();

        assertThat(run(kind, "settags", id, "a:1", "c:d:e")).isEqualTo(new Ended(0, "", ""));
        assertThat(run(kind, "info", id).out()).contains("Tags:\n  a: 1\n  c: d:e\n");
        run(kind, "rmtags", id, "a", "unknown");
        assertThat(run(kind, "info", id).out()).contains("Tags:\n  c: d:e\n");
        run(kind, "settags", "--exact", id, "x:");
        assertThat(run(kind, "info", id).out()).contains("Tags:\n  x: \n");
        run(kind, "removetags", id, "--all");
        assertThat(run(kind, "info", id).out()).doesNotContain("Tags:");
        assertThat(run(kind, "settags", id, "plain").err())
                .startsWith("Error: expected colon (:) between tag name and value, got: plain\n");
        assertThat(run(kind, "settags", id).err()).startsWith("Error: at least one tag:value pair expected\n");
        assertThat(run(kind, "deltags", id).err()).startsWith("Error: at least one tag expected\n");
        assertThat(run(kind, "rmtags", "--all", id, "a").err())
                .startsWith("Error: --all may not be combined with named tags\n");
    }

    @ParameterizedTest
    @CsvSource({"node,Node", "device,Device"})
    void statesOfNodesAndDevicesReadTheSame(String kind, String title) {
        String id = kind.equals("node") ? node() : device();

        assertThat(run(kind, "remove", id).err()).contains(title + " must be offline before remove operation");
        assertThat(run(kind, "disable", id).out()).isEqualTo(title + " " + id + " is now offline\n");
        assertThat(run(kind, "enable", id).out()).isEqualTo(title + " " + id + " is now online\n");
        run(kind, "disable", id);
        assertThat(run(kind, "remove", id).out()).isEqualTo(title + " " + id + " is now removed\n");
        assertThat(run(kind, "info", id).out()).contains("State: removed\n");
        assertThat(run(kind, "enable", id).err()).contains("Cannot move a failed/removed " + kind + " to online state");
    }

    @Test
    void anExpertIsWarnedAndGivenTimeBeforeHealIsNotChecked() {
        String device = device();
        run("device", "disable", device);

        Ended ended = run("device", "remove", "--expert-option-disable-heal-check", device);

        assertThat(ended.out()).isEqualTo("Device " + device + " is now removed\n");
        assertThat(ended.err()).startsWith("Warning: ");
        assertThat(cli.time.sleeps()).contains(Duration.ofSeconds(10));
        assertThat(cli.server.body("POST /devices/" + device + "/state"))
                .isEqualTo("{\"state\":\"failed\",\"healcheck\":\"disable\"}");
    }

    @Test
    void aDeviceOrAllOfAClusterAreResynced() {
        String device = device();
        String cluster = cluster();

        assertThat(run("device", "resync", device)).isEqualTo(new Ended(0, "Device " + device + " updated\n", ""));
        assertThat(run("device", "resync", "beef").status()).isEqualTo(1);
        Ended all = run("device", "resync", "--cluster", cluster);
        assertThat(all.out().lines()).hasSize(6);
        assertThat(all.out())
                .startsWith("Now resyncing device " + device + "..\nDevice " + device + " (node " + node()
                        + ") in cluster " + cluster + " updated\n");
    }

    @Test
    void aBrickIsEvicted() {
        String volume = volume();
        String brick = run("device", "info", device()).out().replaceAll("(?s).*Bricks:\nId:(\\S+).*", "$1");

        assertThat(run("brick", "evict", brick)).isEqualTo(new Ended(0, "Brick " + brick + " evicted\n", ""));
        assertThat(cli.server.body("POST /bricks/to-evict/" + brick)).isEqualTo("{}");
        assertThat(run("volume", "info", "--json", volume).out()).doesNotContain(brick);
        assertThat(run("brick", "evict", brick, "more").err()).startsWith("Error: Too many arguments provided\n");
    }

    @Test
    void aVolumeIsCloned() {
        String volume = volume();

        Ended clone = run("volume", "clone", volume, "--name=copy");

        assertThat(clone.out()).startsWith("Name: copy\nSize: 100\nVolume Id: ").endsWith("Replica Count: 3\n");
        assertThat(run("volume", "list", "--output", "text").out().lines()).hasSize(2);
    }

    @Test
    void aHostingVolumeIsLockedAndUnlocked() {
        String host = volume("--block");

        assertThat(run("volume", "info", host).out())
                .contains("\nBlock: true\nFree Size: 98\nReserved Size: 2\nBlock Hosting Restriction: (none)\n");
        assertThat(run("volume", "set-block-hosting-restriction", "locked", host)
                        .out())
                .contains("\nBlock Hosting Restriction: locked\n");
        assertThat(run("volume", "set-block-hosting-restriction", "unlocked", host)
                        .out())
                .contains("\nBlock Hosting Restriction: (none)\n");
        assertThat(run("volume", "list", "-o", "text").out()).endsWith(" [block]\n");
    }

    @Test
    void aBlockVolumeLivesItsWholeLife() {
        String host = volume("--block=true");

        Ended created = run("blockvolume", "create", "--size=5", "--name=b", "--ha=2", "--auth");

        String id = run("blockvolume", "list").id();
        assertThat(created.out())
                .isEqualTo("Name: b\nSize: 5\nUsableSize: 5\nVolume Id: " + id + "\nCluster Id: " + cluster()
                        + "\nHosts: [192.0.2.1 192.0.2.2]\nIQN: iqn.2016-12.org.gluster-block:" + id
                        + "\nLUN: 0\nHacount: 2\nUsername: " + id + "\nPassword: chap\nBlock Hosting Volume: " + host
                        + "\n");
        assertThat(run("blockvolume", "info", id)).isEqualTo(created);
        assertThat(run("blockvolume", "list", "-o", "text").out())
                .isEqualTo(String.format("Id:%-35s Cluster:%-35s Name:b%n", id, cluster()));
        assertThat(run("blockvolume", "list", "--json").out()).isEqualTo("{\"blockvolumes\":[\"" + id + "\"]}\n");
        assertThat(run("blockvolume", "expand", id, "--new-size=7").out()).contains("\nSize: 7\n");
        assertThat(run("blockvolume", "expand", "--blockvolume", id, "--new-size=8")
                        .out())
                .contains("\nSize: 8\n");
        assertThat(run("volume", "info", host).out()).contains("\nBlock Volumes: [" + id + "]\n");
        assertThat(run("blockvolume", "delete", id).out()).isEqualTo("Volume " + id + " deleted\n");
        assertThat(run("blockvolume", "list").out()).isEmpty();
        assertThat(run("blockvolume", "create", "--size=1", "--ha=-1").err()).startsWith("Error: Invalid HA count\n");
    }

    @Test
    void kubernetesGetsAVolumeAndItsEndpoints() throws IOException {
        Ended printed = run(
                "volume",
                "create",
                "--size=1",
                "--name=v",
                "--gid=2001",
                "--persistent-volume",
                "--persistent-volume-endpoint=nodes");

        String id = run("volume", "list").id();
        String expected = """
                {
                  "kind": "PersistentVolume",
                  "apiVersion": "v1",
                  "metadata": {
                    "name": "glusterfs-%s",
                    "creationTimestamp": null,
                    "annotations": {
                      "pv.beta.kubernetes.io/gid": "2001"
                    }
                  },
                  "spec": {
                    "capacity": {
                      "storage": "1Gi"
                    },
                    "glusterfs": {
                      "endpoints": "nodes",
                      "path": "v"
                    },
                    "accessModes": [
                      "ReadWriteMany"
                    ],
                    "persistentVolumeReclaimPolicy": "Retain"
                  },
                  "status": {}
                }
                """.formatted(id.substring(0, 8));
        assertThat(printed.out()).isEqualTo(expected);
        assertThat(run("volume", "create", "--size=1", "--gid=2001", "--name=w", "--persistent-volume-file=pv.json")
                        .out())
                .isEmpty();
        assertThat(Files.readString(folder.resolve("pv.json")))
                .contains("\"endpoints\": \"TYPE ENDPOINT HERE\"")
                .endsWith("\"status\": {}\n}");
        assertThat(run("volume", "create", "--size=1", "--persistent-volume").err())
                .startsWith("Error: Missing endpoint\n");
        assertThat(run("volume", "endpoint", "patch", id).out())
                .isEqualTo("{\"subsets\": [{\"addresses\":[{\"ip\":\"192.0.2.1\"}],\"ports\":[{\"port\":1}]},"
                        + "{\"addresses\":[{\"ip\":\"192.0.2.2\"}],\"ports\":[{\"port\":1}]},"
                        + "{\"addresses\":[{\"ip\":\"192.0.2.3\"}],\"ports\":[{\"port\":1}]}]}\n");
    }

    @Test
    void operationsAreListedShownAndCleanedUp() {
        String one = "a".repeat(32);
        String two = "b".repeat(32);
        cli.server.service.pending(new PendingOperationDetails(
                one,
                "create-volume",
                "",
                "in-flight",
                List.of(new PendingOperationDetails.Change("b1", "Add brick")),
                "",
                0,
                "",
                "",
                null));
        cli.server.service.pending(
                new PendingOperationDetails(two, "delete-volume", "stale", "", List.of(), "", 0, "", "", null));

        assertThat(run("server", "operations", "list", "-o", "text").out())
                .isEqualTo("Id:" + one + "  Type:create-volume  Status:New in-flight\nId:" + two
                        + "  Type:delete-volume  Status:stale \n");
        assertThat(run("server", "operations", "info", one).out())
                .isEqualTo(
                        "\nId: " + one + "\nType: create-volume\nStatus: New in-flight\nChanges:\n    Add brick: b1\n");
        assertThat(run("server", "operations", "info").out())
                .isEqualTo("Operation Counts:\n  Total: 2\n  In-Flight: 0\n  New: 1\n  Failed: 0\n  Stale: 1\n");
        Ended cleaned = run("server", "operations", "cleanup", two);
        assertThat(cleaned.status()).isZero();
        assertThat(cleaned.out()).isEmpty();
        assertThat(cleaned.err().lines()).hasSize(3);
        assertThat(run("server", "operations", "list").ids()).containsExactly(one);
    }

    @Test
    void operationsAreResumedUndoneAndAbandoned() {
        for (String id : List.of("aa", "bb", "cc")) {
            cli.server.service.pending(
                    new PendingOperationDetails(id, "create-volume", "", "", List.of(), "", 0, "", "", null));
        }
        assertThat(run("server", "operations", "resume", "aa").out())
                .isEqualTo("Id: aa\nType: create-volume\nState: done\n");
        assertThat(run("server", "operations", "undo", "bb").out())
                .isEqualTo("Id: bb\nType: create-volume\nState: undone\n");
        String abandoned = "Id: cc\nType: create-volume\nState: abandoned\nRecords: as-before\n"
                + "Left on node3: bricks/mount-brick (unknown: node3 is down)\n    umount /brick\n";
        assertThat(run("server", "operations", "abandon", "cc").out()).isEqualTo(abandoned);
        assertThat(run("server", "operations", "show", "cc").out()).isEqualTo(abandoned);
        assertThat(run("server", "operations", "abandoned", "-o", "text").out())
                .isEqualTo("Id:cc  Type:create-volume  Left:1\n");
        assertThat(run("server", "operations", "abandon", "cc").status()).isNotZero();
    }

    @Test
    void recordsAreGivenAsTheServerGivesThem() {
        cli.server.service.dump = "{\n    \"volumeentries\": {\"ü\": 1}\n}\n";

        assertThat(run("db", "dump").out()).isEqualTo(cli.server.service.dump);
        assertThat(run("db", "check").out()).isEqualTo(cli.server.service.check + "\n");
        assertThat(run("server", "state", "examine", "gluster").out()).isEqualTo(cli.server.service.examination + "\n");
    }

    @Test
    void theLogLevelIsShownAndSet() {
        assertThat(run("loglevel", "get").out()).isEqualTo("info\n");
        assertThat(run("loglevel", "set", "debug").out()).isEqualTo("Server log level updated\n");
        assertThat(run("loglevel", "get").out()).isEqualTo("debug\n");
        assertThat(run("loglevel", "set").err()).startsWith("Error: missing log-level argument\n");
        assertThat(run("loglevel", "set", "a", "b").err()).startsWith("Error: too many arguments\n");
    }

    @Test
    void theModeIsShownAndSet() {
        assertThat(run("server", "mode", "get").out()).isEqualTo("normal\n");
        assertThat(run("server", "mode", "set", "read-only")).isEqualTo(new Ended(0, "", ""));
        assertThat(run("server", "mode", "get").out()).isEqualTo("read-only\n");
        assertThat(run("server", "mode", "set").err()).startsWith("Error: missing mode argument\n");
        assertThat(run("server", "mode", "set", "normal", "now").err()).startsWith("Error: too many arguments\n");
    }

    @Test
    void faultRulesAreSetAddedShownAndCleared() throws IOException {
        Path file = folder.resolve("rules.json");
        Files.writeString(file, "{\"rules\": [{\"name\": \"one\", \"step\": \"mount-brick\", \"act\": \"error\"}]}");
        String one = "Acted:1  Matched:3  {\"name\":\"one\",\"step\":\"mount-brick\",\"act\":\"error\"}\n";
        String two = "Acted:1  Matched:3  {\"point\":\"*:after\",\"skip\":2,\"act\":\"crash\"}\n";

        assertThat(run("server", "faults", "set", file.toString()).out()).isEqualTo(one);
        assertThat(run("server", "faults", "add", "--act=crash", "--point=*:after", "--skip=2")
                        .out())
                .isEqualTo(one + two);
        assertThat(run("server", "faults", "list").out()).isEqualTo(one + two);
        assertThat(run("server", "faults", "list", "--json").out()).contains("\"seed\":7");
        assertThat(run("server", "faults", "points").out()).isEqualTo("delete-volume/pivot:after  Times:2\n");
        assertThat(run("server", "faults", "clear")).isEqualTo(new Ended(0, "", ""));
        assertThat(run("server", "faults", "list").out()).isEmpty();
        Files.writeString(file, "{\"rules\": [{\"comand\": \"x\", \"act\": \"error\"}]}");
        assertThat(run("server", "faults", "set", file.toString()).err())
                .contains("cannot use the rules in " + file)
                .contains("there is no member \"comand\"");
        assertThat(run("server", "faults", "set", "/no/such").status()).isEqualTo(1);
    }

    @Test
    void theTopologyIsShown() {
        String volume = volume();

        Ended text = run("topology", "info");
        Ended json = run("topology", "info", "--json");

        assertThat(text.out())
                .startsWith("\nCluster Id: " + cluster() + "\n\n    File:  true\n    Block: true\n\n    Volumes:\n\n"
                        + "\tName: vol_" + volume + "\n\tSize: 100\n");
        assertThat(json.out())
                .startsWith("{\"clusters\":[{\"volumes\":[{\"size\":100,\"name\":\"vol_" + volume + "\"")
                .endsWith("\"id\":\"" + cluster() + "\",\"block\":true,\"file\":true}]}\n");
    }

    @Test
    void loadingSaysWhatAClusterAllows() throws IOException {
        Files.writeString(
                folder.resolve("more.json"),
                "{\"clusters\":[{\"block\":false,\"nodes\":[{\"node\":{\"hostnames\":{\"manage\":[\"n9\"],"
                        + "\"storage\":[\"192.0.2.9\"]},\"zone\":1},\"devices\":[\"/dev/sdb\"]}]}]}");

        assertThat(run("topology", "load", "--json", "more.json").out())
                .matches("Creating cluster \\.\\.\\. ID: " + Cli.ID + "\n\tAllowing file volumes on cluster.\n"
                        + "\tCreating node n9 \\.\\.\\. ID: " + Cli.ID + "\n\t\tAdding device /dev/sdb \\.\\.\\. OK\n");
    }

    @Test
    void whatIsDeletedWhileListedIsLeftOut() {
        String volume = volume();
        cli.server.vanished = volume;

        assertThat(run("volume", "list")).isEqualTo(new Ended(0, "", ""));
    }

    @Test
    void commandsWithoutJsonTakeTheFlagAllTheSame() {
        assertThat(run("device", "enable", device(), "--json").out()).endsWith(" is now online\n");
        assertThat(run("loglevel", "get", "--json").out()).isEqualTo("info\n");
        assertThat(run("device", "enable", "--help").out()).doesNotContain("--json");
    }

    @ParameterizedTest
    @CsvSource({
        "cluster info, Cluster id missing",
        "node info, Node id missing",
        "node add --cluster=c --management-host-name=m --storage-host-name=s, Missing zone",
        "node settags, id required",
        "device add --node=n, Missing device name",
        "device enable, device id missing",
        "device delete, Device id missing",
        "device resync, object/cluster id missing",
        "volume create, Missing volume size",
        "volume expand v, Missing volume amount to expand",
        "volume expand --expand-size=1, Missing volume id",
        "volume delete, Volume id missing",
        "blockvolume create, Missing volume size",
        "blockvolume expand x, Missing block volume net new size",
        "blockvolume expand --new-size=3, Missing block volume id",
        "blockvolume info, Volume id missing",
        "brick evict, Brick id missing",
        "topology load, Missing configuration file"
    })
    void whatIsMissingIsSaidInTheWordsOfHeketi(String line, String text) {
        Ended ended = run(line.split(" "));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).startsWith("Error: " + text + "\nTry: bricklayer ");
    }
}

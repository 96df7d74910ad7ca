package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.client.FakeServer;
import bricklayer.tools.Cli.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command against a server with a memory: what is printed, where, and how it ends. */
class CommandLineTest {

    private static final String ID = Cli.ID;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // signIn sets it
    private Cli cli;

    @SuppressWarnings("NullAway.Init") // signIn sets it
    private FakeServer server;

    @SuppressWarnings("NullAway.Init") // signIn sets it
    private Map<String, String> environment;

    @BeforeEach
    void signIn() {
        cli = new Cli(folder, false);
        server = cli.server;
        environment = cli.environment;
    }

    @AfterEach
    void close() {
        cli.close();
    }

    private Ended run(String... args) {
        return cli.run(args);
    }

    private void loadTopology() throws IOException {
        cli.loadThreeNodes();
    }

    @Test
    void aClusterIsCreatedListedShownAndDeleted() {
        Ended created = run("cluster", "create", "--block=false");

        assertThat(created.out()).matches("Cluster id: " + ID + "\n");
        assertThat(run("cluster", "list", "-o", "text").out()).isEqualTo("Clusters:\nId:" + created.id() + " [file]\n");
        assertThat(run("cluster", "info", created.id()).out())
                .isEqualTo("Cluster id: " + created.id() + "\nNodes:\n\nVolumes:\n\nBlock: false\n\nFile: true\n");
        assertThat(run("cluster", "delete", created.id()).out()).isEqualTo("Cluster " + created.id() + " deleted\n");
        assertThat(run("cluster", "list", "-o", "text").out()).isEqualTo("Clusters:\n");
    }

    @Test
    void aUserMayHaveTheNameOfACommand() {
        environment.remove("HEKETI_CLI_USER");
        environment.remove("HEKETI_CLI_KEY");

        for (String[] words : List.of(
                new String[] {"--user", "admin", "--secret", FakeServer.SECRET, "cluster", "list"},
                new String[] {"cluster", "list", "--user", "admin", "--secret", FakeServer.SECRET})) {
            Ended listed = run(words);
            assertThat(listed.status()).as(listed.err()).isZero();
        }
    }

    @Test
    void aNodeIsAddedListedShownDisabledAndDeleted() {
        String cluster = run("cluster", "create").id();

        Ended added = run(
                "node",
                "add",
                "--zone=2",
                "--cluster=" + cluster,
                "--management-host-name",
                "n1",
                "--storage-host-name",
                "192.0.2.1");

        String node = added.out().lines().skip(1).findFirst().orElseThrow().substring("Node Id: ".length());
        assertThat(added.out())
                .isEqualTo("Node information:\nNode Id: " + node + "\nState: online\nCluster Id: " + cluster
                        + "\nZone: 2\nManagement Hostname: n1\nStorage Hostname: 192.0.2.1\n");
        assertThat(run("node", "list", "--output=text").out()).isEqualTo("Id:" + node + "\tCluster:" + cluster + "\n");
        assertThat(run("device", "add", "--name=/dev/sdb", "--node=" + node).out())
                .isEqualTo("Device added successfully\n");
        assertThat(run("node", "info", node).out())
                .containsPattern("Devices:\nId:" + ID + " *Name:/dev/sdb +State:online +Size \\(GiB\\):500 ");
        assertThat(run("node", "disable", node).out()).isEqualTo("Node " + node + " is now offline\n");
        String device = run("node", "info", node, "--json")
                .out()
                .replaceAll("(?s).*\"id\":\"(" + ID + ")\",\"paths\".*", "$1")
                .strip();
        run("device", "disable", device);
        run("device", "remove", device);
        run("device", "delete", device);
        assertThat(run("node", "delete", node).out()).isEqualTo("Node " + node + " deleted\n");
    }

    @Test
    void aDeviceIsShown() throws IOException {
        loadTopology();
        String node = run("node", "list").id();
        String device =
                run("node", "info", node, "--json").out().replaceAll("(?s).*\"id\":\"(" + ID + ")\",\"paths\".*", "$1");

        assertThat(run("device", "info", device.strip()).out())
                .isEqualTo("Device Id: " + device.strip() + "\nState: online\nSize (GiB): 500\nUsed (GiB): 0\n"
                        + "Free (GiB): 500\nCreate Path: /dev/sdb\nPhysical Volume UUID: \nKnown Paths: /dev/sdb\n"
                        + "Bricks:\n");
        assertThat(run("device", "disable", device.strip()).out())
                .isEqualTo("Device " + device.strip() + " is now offline\n");
        assertThat(run("device", "remove", device.strip()).out())
                .isEqualTo("Device " + device.strip() + " is now removed\n");
        assertThat(run("device", "info", device.strip()).out()).contains("\nState: removed\n");
        assertThat(run("device", "delete", device.strip()).out()).isEqualTo("Device " + device.strip() + " deleted\n");
    }

    @Test
    void aVolumeLivesItsWholeLife() throws IOException {
        loadTopology();

        Ended created = run("volume", "create", "--size=10", "--name=v");

        String id = run("volume", "list").id();
        assertThat(created.out())
                .matches("Name: v\nSize: 10\nVolume Id: " + id + "\nCluster Id: " + ID + "\nMount: 192.0.2.1:v\n"
                        + "Mount Options: backup-volfile-servers=192.0.2.2,192.0.2.3\nBlock: false\nFree Size: 0\n"
                        + "Reserved Size: 0\nBlock Hosting Restriction: \\(none\\)\nBlock Volumes: \\[\\]\n"
                        + "Durability Type: replicate\nDistribute Count: 1\nReplica Count: 3\n");
        assertThat(run("volume", "list", "-otext").out()).matches("Id:" + id + " +Cluster:" + ID + " +Name:v\n");
        assertThat(run("volume", "expand", "--volume=" + id, "--expand-size=5").out())
                .contains("\nSize: 15\n");
        assertThat(run("volume", "expand", id, "--expand-size=5").out()).contains("\nSize: 20\n");
        assertThat(run("volume", "info", id).out()).contains("\nSize: 20\n");
        assertThat(run("volume", "delete", id).out()).isEqualTo("Volume " + id + " deleted\n");
        assertThat(run("volume", "list").out()).isEmpty();
    }

    @Test
    void createSendsWhatHeketisCommandSends() throws IOException {
        loadTopology();

        Ended created = run(
                "volume",
                "create",
                "--size=1",
                "--snapshot-factor=1.25",
                "--gid=2001",
                "--gluster-volume-options=performance.io-cache off,user.heketi.arbiter true",
                "--json");

        assertThat(created.out())
                .contains("\"durability\":{\"type\":\"replicate\",\"replicate\":{\"replica\":3},"
                        + "\"disperse\":{\"data\":4,\"redundancy\":2}},\"gid\":2001,"
                        + "\"glustervolumeoptions\":[\"performance.io-cache off\",\"user.heketi.arbiter true\"],"
                        + "\"snapshot\":{\"enable\":true,\"factor\":1.25}");
    }

    @Test
    void jsonMayBeAskedForBeforeOrAfterTheCommand() {
        assertThat(run("--json", "volume", "list").out()).isEqualTo("{\"volumes\":[]}\n");
        assertThat(run("volume", "list", "--json").out()).isEqualTo("{\"volumes\":[]}\n");
        assertThat(run("server", "operations", "info", "--json").out())
                .isEqualTo("{\"total\":0,\"in_flight\":0,\"stale\":0,\"failed\":0,\"new\":0}\n");
    }

    @Test
    void operationsAreCounted() {
        assertThat(run("server", "operations", "info").out())
                .isEqualTo("Operation Counts:\n  Total: 0\n  In-Flight: 0\n  New: 0\n  Failed: 0\n  Stale: 0\n");
    }

    @Test
    void aTopologyIsLoadedOnceAndFoundTheSecondTime() throws IOException {
        loadTopology();

        Ended again = run("topology", "load", "--json=topology.json");

        String cluster = run("cluster", "list").id();
        assertThat(again.out().lines())
                .containsExactly(
                        "\tFound node n1 on cluster " + cluster,
                        "\t\tFound device /dev/sdb",
                        "\tFound node n2 on cluster " + cluster,
                        "\t\tFound device /dev/sdb",
                        "\tFound node n3 on cluster " + cluster,
                        "\t\tFound device /dev/sdb");
    }

    @Test
    void aRefusedNodeShowsInOutputAndStatus() throws IOException {
        Files.writeString(
                folder.resolve("bad.json"),
                "{\"clusters\":[{\"nodes\":[{\"node\":{\"hostnames\":{\"manage\":[\"n1\"],\"storage\":[\"s\"]}},"
                        + "\"devices\":[\"/dev/sdb\"]}]}]}");

        Ended ended = run("topology", "load", "bad.json");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out())
                .contains("\tCreating node n1 ... Unable to create node: validation failed: zone: cannot be blank.\n");
        assertThat(ended.err()).isEqualTo("Error: 1 of the topology's nodes and devices were refused, see above\n");
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        Files.writeString(folder.resolve("broken.json"), "{\"clusters\":[{\"nodes\":3}]}");

        assertThat(run("topology", "load", "missing.json").err())
                .isEqualTo("Error: Unable to open config file missing.json: it does not exist\n");
        assertThat(run("topology", "load", "broken.json").err())
                .startsWith("Error: Unable to parse config file broken.json: line 1, column ")
                .contains("clusters.[0].nodes");
    }

    @Test
    void aRefusalIsOneLineOnStandardErrorAndNothingElse() {
        Ended ended = run("volume", "info", "beef".repeat(8));

        assertThat(ended)
                .isEqualTo(
                        new Ended(1, "", "Error: GET /volumes/" + "beef".repeat(8) + ": Id not found (status 404)\n"));
    }

    @Test
    void aWrongKeySaysHowToGiveTheRightOne() {
        assertThat(run("volume", "list", "--secret", "guess").err())
                .contains("secrets may not match")
                .endsWith("; give user and key with --user and HEKETI_CLI_KEY, or by bricklayer context set\n");
    }

    @Test
    void aServerThatIsNotThereSaysHowToNameTheRightOne() {
        server.close();

        assertThat(run("volume", "list").err())
                .isEqualTo("Error: cannot reach " + server.uri()
                        + ": connection refused; is it running? Give its address with --server or HEKETI_CLI_SERVER\n");
    }

    @Test
    void aFlagBeatsItsVariable() {
        environment.put("HEKETI_CLI_SERVER", "http://localhost:1");

        assertThat(run("volume", "list", "--server", server.uri().toString()).status())
                .isZero();
        assertThat(run("--server", server.uri().toString(), "volume", "list").status())
                .isZero();
    }

    @Test
    void theServerOfTheDataFolderIsFoundWhenNothingElseIsSaid() throws IOException {
        environment.clear();
        environment.put("BRICKLAYER_DATA", "here");
        Files.createDirectory(folder.resolve("here"));
        Files.writeString(folder.resolve("here/server.json"), "{\"pid\":1,\"url\":\"" + server.uri() + "\"}");
        Files.writeString(
                folder.resolve("here/heketi.json"),
                "{\"port\":\"8080\",\"jwt\":{\"admin\":{\"key\":\"" + FakeServer.SECRET + "\"}}}");

        assertThat(run("volume", "list", "--json").out()).isEqualTo("{\"volumes\":[]}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume create",
                "volume create --size=big",
                "volume info",
                "volume expand --expand-size=1",
                "volume shrink",
                "frobnicate",
                "volume list --frobnicate",
                "topology load",
                "node add",
                "server",
                "completion tcsh"
            })
    void wrongUseIsStatusTwoAndPointsToHelp(String line) {
        Ended ended = run(line.split(" "));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("Error: ")
                .contains("Try: bricklayer")
                .contains("--help");
    }

    @ParameterizedTest
    @CsvSource({
        "volum list, there is no command bricklayer volum, volume or",
        "volume lst, there is no command bricklayer volume lst, list or",
        "volume list --outptu=json, Unknown option: '--outptu=json', --output"
    })
    void whatIsMisspeltIsAnsweredWithWhatMayBeMeant(String line, String text, String meant) {
        Ended ended = run(line.split(" "));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err().lines().toList()).satisfies(lines -> {
            assertThat(lines).hasSize(3);
            assertThat(lines.get(0)).isEqualTo("Error: " + text);
            assertThat(lines.get(1)).startsWith("Did you mean: " + meant);
            assertThat(lines.get(2)).startsWith("Try: bricklayer");
        });
    }

    @Test
    void anEmptyIdIsRefusedHere() {
        assertThat(run("volume", "delete", "")).isEqualTo(new Ended(1, "", "Error: an id cannot be empty\n"));
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertThat(run("volume", "list", "--server", "localhost:8080").err())
                .isEqualTo("Error: not the address of a server: localhost:8080; expected something like"
                        + " http://localhost:8080\n");
    }

    @Test
    void groupsShowTheirHelp() {
        assertThat(run().out()).contains("quickstart").contains("HEKETI_CLI_KEY");
        assertThat(run("volume")).satisfies(ended -> {
            assertThat(ended.status()).isZero();
            assertThat(ended.out()).contains("create", "expand", "delete");
        });
        assertThat(run("volume", "create", "--help").out()).contains("--gluster-volume-options");
    }

    @Test
    void completionKnowsTheCommands() {
        assertThat(run("completion", "bash").out()).contains("complete -F");
        assertThat(run("completion", "zsh").status()).isZero();
    }

    @Test
    void versionsAreShown() {
        assertThat(run("version").out())
                .startsWith("bricklayer ")
                .isEqualTo(run("--version").out());
    }

    @Test
    void aTokenIsForOneRequest() {
        assertThat(run("token", "get", "/volumes").out().strip().split("\\.")).hasSize(3);
        environment.clear();
        assertThat(run("token", "GET", "/volumes").err()).contains("a token needs a key");
    }

    @Test
    void stoppingWithoutAServerSaysSo() {
        assertThat(run("stop"))
                .isEqualTo(new Ended(
                        0, "Nothing to stop: quickstart has not started a server in " + folder + "/data.\n", ""));
    }
}

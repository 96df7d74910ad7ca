package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.config.ConfigFile;
import bricklayer.config.ServerConfig;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.VolumeType;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.HostName;
import bricklayer.main.BricklayerServer;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.tools.Cli.Ended;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator asks of a running server and its nodes, and how scripts read the answer. */
class AdminCareCommandsTest {

    private static final Mounts MOUNTS = new Mounts(MountSettings.DEFAULTS);
    private static final Gluster GLUSTER = new Gluster(GlusterSettings.DEFAULTS);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // start sets it
    private BricklayerServer server;

    @BeforeEach
    void start() throws IOException {
        server = BricklayerServer.start(config());
        Files.writeString(folder.resolve("topology.json"), """
                {"clusters":[{"nodes":[
                  {"node":{"hostnames":{"manage":["n1"],"storage":["192.0.2.1"]},"zone":1},"devices":["/dev/sdb"]},
                  {"node":{"hostnames":{"manage":["n2"],"storage":["192.0.2.2"]},"zone":2},"devices":["/dev/sdb"]},
                  {"node":{"hostnames":{"manage":["n3"],"storage":["192.0.2.3"]},"zone":3},"devices":["/dev/sdb"]}]}]}
                """);
        assertThat(run("topology", "load", "--json=topology.json").status()).isZero();
    }

    private ServerConfig config() {
        String config = "{\"glusterfs\": {\"executor\": \"mock\"}, \"bricklayer\": {\"data\": \""
                + folder.resolve("data") + "\"}}";
        return ConfigFile.parse(config, Map.of(), ConfigFile.Authentication.DISABLED)
                .config();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Ended run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Cli.run(folder, Map.of("HEKETI_CLI_SERVER", "http://localhost:" + server.port()), out, err, args);
        return new Ended(status, out.toString(), err.toString());
    }

    @Test
    void saysWhetherChangesAreTaken() {
        Ended ready = run("admin", "ready", "--wait=60");
        assertThat(ready.status()).as(ready.err()).isZero();
        assertThat(ready.out()).startsWith("Ready: yes\n").contains("  journal     ok    it takes writes\n");
        assertThat(run("admin", "ready", "--json").out()).startsWith("{\"status\":\"ok\",\"checks\":[{");
        assertThat(run("admin", "ready", "--wait=-1").status()).isEqualTo(2);

        int port = server.port();
        server.close();
        assertThat(run("--server=http://localhost:" + port, "admin", "ready", "--wait=1")
                        .status())
                .isEqualTo(1);
        server = BricklayerServer.start(config());
    }

    @Test
    void aNodeIsReplacedAndTheVolumesStayWhole() throws IOException {
        run("volume", "create", "--size=10");
        run("volume", "create", "--size=20");
        assertThat(run("admin", "node", "replace", "n1", "n1").err()).contains("cannot replace itself");
        addFourth();
        assertThat(run("admin", "node", "replace", "n1", "n4").err()).contains("n4 has no device that is online");
        addDeviceToFourth();

        Ended replaced = run("admin", "node", "replace", "n1", "n4");

        assertThat(replaced.status()).as(replaced.err()).isZero();
        assertThat(replaced.out())
                .isEqualTo(
                        "Moving 2 bricks of n1 ...\nMoved; 2 of them to n4\nDeleted device /dev/sdb\nDeleted node n1\n");
        assertThat(run("admin", "doctor").out()).isEqualTo("n2: well\nn3: well\nn4: well\n");
        assertThat(run("server", "operations", "list").out()).isEmpty();
        assertThat(run("db", "check").out()).contains("\"totalinconsistencies\": 0");
    }

    @Test
    void aNodeThatNeverComesBackIsReplacedInSeveralTries() throws IOException {
        run("volume", "create", "--size=10");
        addFourth();
        addDeviceToFourth();
        server.close();
        try (SimulatedNodes nodes = SimulatedNodes.in(folder.resolve("data-nodes"), SimulatedSettings.DEFAULTS)) {
            nodes.cutPower(new HostName("n1"));
        }
        server = BricklayerServer.start(config());

        Ended waits = run("admin", "node", "replace", "n1", "n4");
        assertThat(waits.status()).isEqualTo(1);
        assertThat(waits.out()).contains("Moved; 1 of them to n4");
        assertThat(waits.err())
                .contains("1 bricks are moved but still to be removed from n1")
                .contains("--gone");

        Ended replaced = run("admin", "node", "replace", "--gone", "n1", "n4");
        assertThat(replaced.status()).as(replaced.out() + replaced.err()).isZero();
        assertThat(replaced.out())
                .contains("Abandoned what was to be removed there")
                .endsWith("Deleted node n1\n");
        assertThat(run("admin", "doctor").out()).isEqualTo("n2: well\nn3: well\nn4: well\n");
    }

    @Test
    void aVolumeMadeByHandIsAdoptedAndForgotten() {
        assertThat(run("admin", "adopt").out()).isEqualTo("Nothing to adopt.\n");
        byHand(
                MOUNTS.makeXfs("/dev/sdz", false),
                MOUNTS.mkdir("/data"),
                MOUNTS.mount("/dev/sdz", "/data"),
                GLUSTER.createVolume("photos", VolumeType.distribute(), List.of("192.0.2.1:/data/photos")),
                GLUSTER.start("photos"));

        Ended diff = run("admin", "diff");
        assertThat(diff.out()).contains("volume-orphan").contains("bricklayer admin adopt");
        Ended shown = run("admin", "adopt");
        assertThat(shown.status()).isZero();
        assertThat(shown.out())
                .startsWith("photos in cluster ")
                .contains("  192.0.2.1:/data/photos\n")
                .contains("cannot be managed: brick 192.0.2.1:/data/photos lies on no device of the records")
                .endsWith("can be adopted for reading only: bricklayer admin adopt photos\n");
        assertThat(run("admin", "adopt", "photos", "--plan").out()).isEqualTo(shown.out());
        Ended dry = run("--dry-run", "admin", "adopt", "photos");
        assertThat(dry.out()).as(dry.err()).contains("adopt-volume");
        assertThat(run("volume", "list").out()).isEmpty();
        Ended managed = run("admin", "adopt", "photos", "--managed");
        assertThat(managed.status()).isEqualTo(1);
        assertThat(managed.err()).contains("Cannot manage volume photos: brick 192.0.2.1:/data/photos lies on no");
        assertThat(run("admin", "adopt", "photos", "--managed", "--read-only").status())
                .isNotZero();

        Ended adopted = run("admin", "adopt", "--all");
        assertThat(adopted.status()).as(adopted.err()).isZero();
        assertThat(adopted.out()).startsWith("Adopted photos as volume ").endsWith(", for reading only\n");
        String id = run("volume", "list").id();
        assertThat(run("volume", "info", id).out()).contains("Name: photos").contains("Mount: 192.0.2.");
        Ended expand = run("volume", "expand", "--volume=" + id, "--expand-size=1");
        assertThat(expand.status()).isNotZero();
        assertThat(expand.err()).contains("Cannot expand volume photos: it was adopted for reading only");
        assertThat(run("volume", "delete", id).err()).contains("Cannot delete volume photos");
        assertThat(run("volume", "clone", id).err()).contains("Cannot clone volume photos");
        assertThat(run("admin", "adopt").out())
                .contains("adopted for reading only")
                .contains("stays for reading only");
        assertThat(run("admin", "diff").status()).isZero();
        assertThat(run("db", "check").out()).contains("\"totalinconsistencies\": 0");
        assertThat(run("db", "dump").out()).doesNotContain("photos");

        assertThat(run("admin", "forget", "photos").out()).startsWith("Forgot volume photos");
        assertThat(run("volume", "list").out()).isEmpty();
        assertThat(run("admin", "adopt").out()).contains("no record names it");
        assertThat(run("admin", "forget", "photos").err()).contains("photos");
    }

    @Test
    void whatWouldFailIsNotAdded() {
        String cluster = run("cluster", "list").id();
        simulated(nodes -> nodes.stopGlusterd(new HostName("n4")));
        String[] add = {
            "node",
            "add",
            "--zone=1",
            "--cluster=" + cluster,
            "--management-host-name=n4",
            "--storage-host-name=192.0.2.4"
        };

        Ended refused = run(add);

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("it would fail: glusterd does not answer. To mend it: systemctl enable --now glusterd")
                .contains("--no-doctor");
        assertThat(run("node", "list").out()).doesNotContain("n4");
        simulated(nodes -> nodes.startGlusterd(new HostName("n4")));
        Ended added = run(add);
        assertThat(added.status()).as(added.err()).isZero();
        String id = added.out().replaceAll("(?s).*Node Id: (\\w+).*", "$1");

        simulated(nodes -> nodes.disconnect(new HostName("n4")));
        Ended silent = run("device", "add", "--name=/dev/sdb", "--node=" + id);
        assertThat(silent.status()).isEqualTo(1);
        assertThat(silent.err()).contains("it would fail: ").contains("ssh to the node by hand");
        Ended tried = run("device", "add", "--no-doctor", "--name=/dev/sdb", "--node=" + id);
        assertThat(tried.status()).isEqualTo(1);
        assertThat(tried.err()).doesNotContain("it would fail");
        simulated(nodes -> nodes.reconnect(new HostName("n4")));
        assertThat(run("device", "add", "--name=/dev/sdb", "--node=" + id).out())
                .isEqualTo("Device added successfully\n");
    }

    @Test
    void aNodeChangesItsAddress() {
        run("volume", "create", "--size=10");
        simulated(nodes -> {
            nodes.alias(new HostName("n1"), "n1.new");
            nodes.alias(new HostName("n1"), "n1-storage");
            nodes.alias(new HostName("n2"), "n2-storage");
        });

        Ended stranger = run("node", "address", "n1", "--management-host-name=elsewhere");
        assertThat(stranger.status()).isEqualTo(1);
        assertThat(stranger.err()).contains("another machine answers there; gluster's id of it is ");
        assertThat(run("node", "address", "n1", "--management-host-name=n2").err())
                .contains("already used by node");
        Ended wrong = run("node", "address", "n1", "--storage-host-name=n2-storage");
        assertThat(wrong.err()).contains("it leads to 192.0.2.2, and the node has 192.0.2.1");
        assertThat(run("node", "address", "n1", "--storage-host-name=nowhere").err())
                .contains("it leads nowhere");
        assertThat(run("node", "address", "n1").status()).isNotZero();
        assertThat(run("--dry-run", "node", "address", "n1", "--management-host-name=n1.new")
                        .out())
                .contains("set-node-address");

        Ended changed = run("node", "address", "n1", "--management-host-name=n1.new", "--storage-host-name=n1-storage");
        assertThat(changed.status()).as(changed.err()).isZero();
        assertThat(changed.out()).contains(" is reached at n1.new\n").contains("it is 192.0.2.1, n1-storage\n");
        assertThat(changed.err()).contains("they and mounts go on using 192.0.2.1");
        assertThat(run("admin", "diff").out()).as("peers go by either name").doesNotContain("peer-");
        assertThat(run("volume", "create", "--size=10").status()).isZero();
        assertThat(run("volume", "delete", run("volume", "list").id()).status()).isZero();

        addFourth();
        simulated(nodes -> nodes.alias(new HostName("n4"), "n4-storage"));
        Ended empty = run("node", "address", "n4", "--storage-host-name=n4-storage");
        assertThat(empty.out()).as(empty.err()).contains("it is n4-storage, 192.0.2.4\n");
        assertThat(empty.err()).isEmpty();
    }

    private void simulated(Consumer<SimulatedNodes> deed) {
        server.close();
        try (SimulatedNodes nodes = SimulatedNodes.in(folder.resolve("data-nodes"), SimulatedSettings.DEFAULTS)) {
            deed.accept(nodes);
        }
        server = BricklayerServer.start(config());
    }

    /** On the first node, while no server runs. */
    private void byHand(Command... commands) {
        simulated(nodes -> {
            SimulatedExecutor shell = new SimulatedExecutor(nodes, pause -> {});
            for (Command command : commands) {
                assertThat(shell.ask(new HostName("n1"), command))
                        .isInstanceOfSatisfying(
                                CommandResult.Exited.class,
                                exited -> assertThat(exited.status())
                                        .as("%s: %s", command, exited)
                                        .isZero());
            }
        });
    }

    private void addFourth() {
        String cluster = run("cluster", "list").id();
        assertThat(run(
                                "node",
                                "add",
                                "--zone=1",
                                "--cluster=" + cluster,
                                "--management-host-name=n4",
                                "--storage-host-name=192.0.2.4")
                        .status())
                .isZero();
    }

    private void addDeviceToFourth() throws IOException {
        Files.writeString(folder.resolve("topology.json"), """
                {"clusters":[{"nodes":[{"node":{"hostnames":{"manage":["n4"],"storage":["192.0.2.4"]},"zone":1},"devices":["/dev/sdb"]}]}]}
                """);
        assertThat(run("topology", "load", "--json=topology.json").status()).isZero();
    }

    @Test
    void healthOfASoundServer() {
        Ended ended = run("admin", "health");

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).startsWith("Status: ok, since ").contains("Records: transaction ");
        assertThat(run("admin", "health", "--json").out()).startsWith("{\"status\":\"ok\"");
        assertThat(run("admin", "quarantine", "forget", "bricks", "none").status())
                .isEqualTo(1);
        assertThat(run("admin", "backup", "list").out()).contains("The server makes none");
        assertThat(run("admin", "backup", "now").err()).contains("No folder for backups is configured");
    }

    @Test
    void doctorAndRebootCheckOfSoundNodes() {
        Ended all = run("admin", "doctor");
        assertThat(all.status()).as(all.err()).isZero();
        assertThat(all.out()).hasLineCount(3).contains(": well");
        String name = all.out().substring(0, all.out().indexOf(':'));
        assertThat(run("admin", "doctor", name).out()).isEqualTo(name + ": well\n");
        assertThat(run("admin", "doctor", "--host", "elsewhere").out()).isEqualTo("elsewhere: well\n");
        assertThat(run("admin", "doctor", "nobody").err()).contains("no node is called nobody");

        run("volume", "create", "--size=10");
        Ended safe = run("admin", "reboot-check", name);
        assertThat(safe.status()).as(safe.out() + safe.err()).isZero();
        assertThat(safe.out()).isEqualTo(name + ": yes, it can be restarted now\n  volumes with a brick there: 1\n");
        run("volume", "create", "--size=10", "--durability=none");
        String no = "";
        int refused = 0;
        for (String line : all.out().lines().toList()) {
            Ended ended = run("admin", "reboot-check", line.substring(0, line.indexOf(':')));
            if (ended.status() == 3) {
                refused++;
                no = ended.out();
            }
        }
        assertThat(refused).isEqualTo(1);
        assertThat(no).contains("no, do not restart it now").contains("it keeps no second copy");
    }
}

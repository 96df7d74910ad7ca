package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BrickInfo;
import bricklayer.api.Drift;
import bricklayer.api.Durability;
import bricklayer.api.OperationInfo;
import bricklayer.api.OperationsHealth;
import bricklayer.api.RepairAnswer;
import bricklayer.api.RepairRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code admin diff} and {@code admin repair} as a person types them, and a script that looks at nothing but the exit status. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DriftCommandsTest extends Scenario {

    private static final Mounts MOUNTS = new Mounts(MountSettings.DEFAULTS);
    private static final Gluster GLUSTER = new Gluster(GlusterSettings.DEFAULTS);
    private static final Lvm LVM = new Lvm(LvmSettings.DEFAULTS);
    private static final HostName NODE = new HostName("node1");

    @SuppressWarnings("NullAway.Init")
    private BrickInfo brick;

    private record Ended(int status, String said) {}

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }

    @BeforeAll
    void prepare() {
        loadTopology(1);
        VolumeInfo volume = client.createVolume(
                VolumeCreateRequest.of(1, Durability.replicate(3)).named("data"));
        String node = manageHosts().entrySet().stream()
                .filter(entry -> entry.getValue().equals(NODE.value()))
                .findFirst()
                .orElseThrow()
                .getKey();
        brick = volume.bricks().stream()
                .filter(one -> one.node().equals(node))
                .findFirst()
                .orElseThrow();
    }

    /** While the server is away, as if somebody had been at the node. */
    private void byHand(Consumer<Hosts> hands) {
        onNodes(nodes -> hands.accept(new Hosts(new SimulatedExecutor(nodes, pause -> {}))));
    }

    private void onNodes(Consumer<SimulatedNodes> hands) {
        server.stop();
        ((SimulatedStand) stand).inside(nodes -> {
            hands.accept(nodes);
            return nodes;
        });
        server.restart();
    }

    private String device() {
        return DeviceMapper.path("vg_" + brick.device(), "brick_" + brick.id());
    }

    private Ended type(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "bricklayer.tools.Main",
                "admin"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HEKETI_CLI_SERVER", server.uri().toString());
        builder.environment().put("HEKETI_CLI_USER", "admin");
        builder.environment().put("HEKETI_CLI_KEY", ServerProcess.ADMIN_KEY);
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), said);
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private List<Drift.Finding> findings() {
        List<Drift.Finding> found = new ArrayList<>();
        client.reconcile("", "", line -> {
            if (line.finding() != null) {
                found.add(line.finding());
            }
        });
        return found;
    }

    @Test
    @Order(1)
    void nothingWasComparedYet() {
        Ended last = type("diff", "--last");

        assertThat(last.status()).as(last.said()).isEqualTo(3);
        assertThat(last.said()).contains("Nothing was compared since this server started");
    }

    @Test
    @Order(2)
    void whereAllAgreesTheStatusIs0() {
        Ended diff = type("diff");

        assertThat(diff.status()).as(diff.said()).isZero();
        assertThat(diff.said()).contains("3 nodes: 0 findings, 0 explained, 0 parts unknown");
        Ended repair = type("repair");
        assertThat(repair.status()).as(repair.said()).isZero();
        assertThat(repair.said()).contains("Nothing to repair.");
    }

    @Test
    @Order(3)
    void aFindingIsShownPlannedRepairedAndGone() throws Exception {
        byHand(hosts -> hosts.run(NODE, new Guard("by-hand"), MOUNTS.removeFstabEntry(device())));

        Ended diff = type("diff", "--json");
        assertThat(diff.status()).as(diff.said()).isEqualTo(1);
        assertThat(diff.said()).contains("\"kind\":\"fstab-missing\"").contains("\"end\":{\"nodes\":3,\"findings\":1");
        assertThat(diff.said().lines().filter(line -> line.contains("\"node\":{")))
                .hasSize(3);
        assertThat(client.health().findings())
                .extracting(OperationsHealth.Finding::what)
                .anyMatch(what -> what.contains("1 fstab-missing"));
        assertThat(client.lastReconcile().standing()).isEqualTo(1);
        assertThat(metrics())
                .contains(
                        "bricklayer_reconcile_findings{kind=\"fstab-missing\",} 1.0",
                        "bricklayer_reconcile_findings{kind=\"unmounted\",} 0.0",
                        "bricklayer_reconcile_unknown_nodes 0.0",
                        "bricklayer_node_commands_total{hostname=\"node1\",}");
        Ended last = type("diff", "--last");
        assertThat(last.status()).as(last.said()).isEqualTo(1);
        assertThat(last.said()).contains("fstab-missing", device(), "as of ");

        String id = client.lastReconcile().findings().getFirst().id();
        Ended plan = type("repair", "--plan", "--kind", "fstab-missing");
        assertThat(plan.status()).as(plan.said()).isZero();
        assertThat(plan.said()).contains(id, "flock", device());
        assertThat(findings()).hasSize(1);

        Ended repair = type("repair", "--finding", id);
        assertThat(repair.status()).as(repair.said()).isZero();
        assertThat(repair.said()).contains(": done");
        assertThat(client.health().findings()).isEmpty();
        assertThat(client.lastReconcile().standing()).isZero();
        assertThat(findings()).isEmpty();

        Ended again = type("repair", "--finding", id);
        assertThat(again.status()).as(again.said()).isEqualTo(1);
        assertThat(again.said()).contains("there is no such finding");
    }

    @Test
    @Order(4)
    void aFindingThatVanishedMeanwhileDoesNothing() {
        byHand(hosts -> hosts.run(NODE, new Guard("by-hand"), MOUNTS.removeFstabEntry(device())));
        String id = findings().getFirst().id();
        assertThat(ended(id).state()).isEqualTo("done");

        OperationInfo late = ended(id);

        assertThat(late.state()).isNotEqualTo("done");
        assertThat(late.error()).contains("Nothing to repair");
        assertThat(findings()).isEmpty();
    }

    @Test
    @Order(5)
    void whatTheNodesSayOfTheRecordsIsComparedAndTold() throws Exception {
        String group = "vg_" + brick.device();
        byHand(hosts -> {
            hosts.run(
                    NODE,
                    new Guard("by-hand"),
                    LVM.vgchangeTags(
                            group, List.of("bricklayer.node.zone=77"), List.of("bricklayer.device=" + brick.device())));
            hosts.run(NODE, new Guard("by-hand"), GLUSTER.setOption("data", "user.bricklayer.volume", "v:1"));
        });

        Ended diff = type("diff");
        assertThat(diff.status()).as(diff.said()).isEqualTo(1);
        assertThat(diff.said())
                .contains("2 findings", "group-identity-differs", group, "bricklayer.node.zone=77")
                .contains("volume-identity-differs", "user.bricklayer.volume v:1");
        assertThat(metrics()).contains("bricklayer_reconcile_findings{kind=\"group-identity-differs\",} 1.0");

        Ended plan = type("repair", "--plan");
        assertThat(plan.said()).contains("vgchange", "--deltag bricklayer.node.zone=77", "user.bricklayer.volume");
        Ended repair = type("repair");
        assertThat(repair.status()).as(repair.said()).isZero();
        Ended after = type("diff");
        assertThat(after.status()).as(after.said()).isZero();
        assertThat(client.compareStamps().differences()).isEmpty();
    }

    /** Without looking again first. */
    private OperationInfo ended(String finding) {
        RepairAnswer.Repair repair = client.repair(new RepairRequest(List.of(finding), false, false))
                .repairs()
                .getFirst();
        assertThat(repair.refused()).isEmpty();
        Eventually.within(PATIENCE, Duration.ofMillis(50), "the repair has ended", () -> {
            String state = client.operation(repair.operation()).state();
            return !state.equals("running") && !state.equals("undoing");
        });
        return client.operation(repair.operation());
    }

    @Test
    @Order(6)
    void whatIsDoneOnlyByNameIsLeftAloneWithoutOne() {
        onNodes(nodes -> nodes.nameNode(new HostName("stranger"), "10.0.0.99"));
        byHand(hosts -> hosts.run(NODE, new Guard("by-hand"), GLUSTER.peerProbe("10.0.0.99")));
        String id = findings().getFirst().id();

        Ended all = type("repair");
        assertThat(all.status()).as(all.said()).isEqualTo(1);
        assertThat(all.said()).contains(id, "peer-unknown", "left alone");
        Ended named = type("repair", "--finding", id);
        assertThat(named.status()).as(named.said()).isZero();
        assertThat(findings()).isEmpty();
        assertThat(type("repair", "--with-files").said()).contains("--with-files needs --finding");
    }

    @Test
    @Order(7)
    void whereANodeDoesNotAnswerTheStatusIs2() {
        onNodes(nodes -> nodes.disconnect(NODE));

        Ended diff = type("diff");

        assertThat(diff.status()).as(diff.said()).isEqualTo(2);
        assertThat(diff.said()).contains("unknown: node " + brick.node(), "1 parts unknown");
        onNodes(nodes -> nodes.reconnect(NODE));
    }

    private String metrics() throws IOException, InterruptedException {
        try (Rest rest = new Rest(server.uri())) {
            return rest.get("/metrics").body();
        }
    }
}

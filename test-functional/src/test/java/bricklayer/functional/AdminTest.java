package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.Durability;
import bricklayer.api.NodeInfo;
import bricklayer.api.OperationInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.PendingOperationDetails;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.WireJson;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.host.HostName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators do to a running server. Simulated nodes alone: none of it looks different on real ones. */
final class AdminTest extends Scenario {

    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final String REPLICATED =
            "{\"size\":1,\"durability\":{\"type\":\"replicate\",\"replicate\":{\"replica\":3}}}";

    /** Two operations at a time, eager looks at the nodes, and everything in the log. */
    private static final String TUNED = ", \"max_inflight_operations\": 2, \"loglevel\": \"debug\","
            + " \"start_time_monitor_gluster_nodes\": 1, \"refresh_time_monitor_gluster_nodes\": 1";

    private interface Asking<T> {
        T with(Rest rest) throws IOException, InterruptedException;
    }

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 50, TUNED);
    }

    @BeforeAll
    void prepare() {
        loadTopology(1);
    }

    @AfterEach
    void nothingIsLeft() {
        awaitNoOperations();
        client.volumes().forEach(client::deleteVolume);
        assertNoSpaceUsed();
    }

    private <T> T ask(Asking<T> asking) {
        try (Rest rest = new Rest(server.uri())) {
            return asking.with(rest);
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private Rest.Answer get(String path) {
        return ask(rest -> rest.get(path));
    }

    private Rest.Answer post(String path, String body) {
        return ask(rest -> rest.send("POST", path, body, ""));
    }

    /** The answer of a job that was accepted. */
    private Rest.Answer ended(Rest.Answer accepted) {
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        return ask(rest -> rest.end(accepted.location().orElseThrow(), PATIENCE, OFTEN));
    }

    private String log() {
        try {
            return Files.readString(server.log(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("no log", e);
        }
    }

    private void change(NodeInfo node, BiConsumer<SimulatedNodes, HostName> how) {
        ((SimulatedStand) stand).inside(nodes -> {
            how.accept(nodes, new HostName(node.hostnames().manage().getFirst()));
            return true;
        });
    }

    @Test
    void modesAreLeftBySignalOnly() {
        assertThat(post("/admin", "{\"state\":\"read-only\"}").status()).isEqualTo(204);
        assertThat(get("/admin").body()).isEqualTo("{\"state\":\"read-only\"}\n");
        assertThat(get("/clusters").status()).isEqualTo(200);
        for (String state : new String[] {"normal", "read-only"}) {
            Rest.Answer refused = post("/admin", "{\"state\":\"" + state + "\"}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).isEqualTo("Service disabled for maintenance\n");
        }
        assertThat(post("/volumes", REPLICATED).status()).isEqualTo(503);

        server.signal("USR2");

        Eventually.within(
                PATIENCE,
                OFTEN,
                "the signal is heard",
                () -> get("/admin").body().equals("{\"state\":\"normal\"}\n"));
        assertThat(post("/admin", "{\"state\":\"local-client\"}").status()).isEqualTo(204);
        Rest.Answer local = post("/clusters", "{}");
        assertThat(local.status()).as("from 127.0.0.1").isEqualTo(201);
        client.clusters().stream()
                .filter(id -> local.body().contains(id))
                .toList()
                .forEach(client::deleteCluster);

        post("/admin", "{\"state\":\"read-only\"}");
        server.stop();
        server.restart();
        assertThat(get("/admin").body()).as("the mode is not stored").isEqualTo("{\"state\":\"normal\"}\n");
    }

    @Test
    void theLogSaysAsMuchAsItIsTold() {
        assertThat(get("/internal/logging").body()).isEqualTo("{\"loglevel\":{\"glusterfs\":\"debug\"}}\n");
        assertThat(log()).contains("DEBUG requests").contains("path=/hello");

        assertThat(post("/internal/logging", "{\"loglevel\":{\"glusterfs\":\"none\"}}")
                        .status())
                .isEqualTo(200);
        assertThat(get("/volumes/abcdef01").status()).isEqualTo(404);
        assertThat(post("/internal/logging", "{\"loglevel\":{\"glusterfs\":\"debug\"}}")
                        .status())
                .isEqualTo(200);
        get("/volumes/abcdef02");

        Eventually.within(
                PATIENCE, OFTEN, "the later request is logged", () -> log().contains("path=/volumes/abcdef02"));
        assertThat(log()).doesNotContain("path=/volumes/abcdef01");
    }

    @Test
    void moreThanTheLimitIsRefusedAfterEverythingElseThatIsWrong() {
        String first = post("/volumes", REPLICATED).location().orElseThrow();
        String second = post("/volumes", REPLICATED).location().orElseThrow();
        NodeInfo node = nodes().findFirst().orElseThrow();
        String unknown = "0123456789abcdef0123456789abcdef";

        Rest.Answer busy = post("/volumes", REPLICATED);

        assertThat(busy.status()).isEqualTo(429);
        assertThat(busy.body()).isEqualTo("Server busy. Retry operation later.\n");
        assertThat(busy.retryAfter()).contains("2");
        assertThat(post("/volumes", "{").status()).isEqualTo(422);
        assertThat(post("/volumes", "{\"size\":0}").status()).isEqualTo(400);
        assertThat(post("/volumes/" + unknown + "/expand", "{\"expand_size\":1}")
                        .status())
                .isEqualTo(404);
        assertThat(post("/nodes/" + node.id() + "/state", "{\"state\":\"failed\"}")
                        .status())
                .isEqualTo(429);
        assertThat(ended(post("/nodes/" + node.id() + "/state", "{\"state\":\"online\"}"))
                        .status())
                .as("not counted")
                .isEqualTo(204);
        assertThat(client.pendingOperations())
                .extracting(PendingOperation::typeName)
                .filteredOn("create-volume"::equals)
                .hasSize(2);
        assertThat(ended(post("/operations/pending/cleanup", "{}")).status())
                .as("not counted itself")
                .isEqualTo(204);
        for (String queue : new String[] {first, second}) {
            assertThat(ask(rest -> rest.end(queue, PATIENCE, OFTEN)).status()).isEqualTo(303);
        }
    }

    @Test
    void anOperationStuckOnADeadNodeIsEndedOnRequestWhenTheNodeIsBack() {
        NodeInfo node = nodes().findFirst().orElseThrow();
        String host = node.hostnames().manage().getFirst();
        String id = post("/volumes", REPLICATED).location().orElseThrow().substring("/queue/".length());
        Eventually.within(PATIENCE, OFTEN, "some of it is done", () -> {
            PendingOperationDetails.Progress progress = details(id).progress();
            return progress != null && progress.stepsDone() > 5;
        });
        server.kill9();
        change(node, SimulatedNodes::cutPower);
        server.restart();
        Eventually.within(
                PATIENCE, OFTEN, "it cannot be taken back", () -> details(id).attempts() > 0);

        PendingOperationDetails stuck = details(id);
        assertThat(stuck.obstacle()).contains(host);
        assertThat(stuck.typeName()).isEqualTo("create-volume");
        assertThat(stuck.changes())
                .extracting(PendingOperationDetails.Change::description)
                .containsOnly("Add volume", "Add brick");
        // in vain, and each time the pause until the next attempt grows
        for (int i = 0; i < 9; i++) {
            assertThat(ended(post("/operations/pending/cleanup", "{\"operations\":[\"" + id + "\"]}"))
                            .status())
                    .isEqualTo(204);
        }
        PendingOperationDetails later = details(id);
        assertThat(later.status()).isEqualTo("failed");
        assertThat(later.attempts()).isGreaterThanOrEqualTo(10);
        Instant due = Instant.parse(later.notBefore());
        assertThat(client.operations().failed()).isEqualTo(1);

        server.stop();
        change(node, SimulatedNodes::returnPower);
        server.restart();
        assertThat(client.operations().total()).isEqualTo(1);
        Rest.Answer cleaned = post("/operations/pending/cleanup", "{}");
        assertThat(ended(cleaned).status()).isEqualTo(204);

        awaitNoOperations();
        assertThat(Instant.now()).as("it was not its turn").isBefore(due);
        assertThat(get("/queue/" + id).status()).isEqualTo(500);
        server.kill9();
        server.restart();
        assertThat(get(cleaned.location().orElseThrow()).status()).isEqualTo(204);
        assertThat(look().traces()).isEmpty();
    }

    @Test
    void anOperationStuckOnADeadNodeIsAbandonedAndTakenUpAgainWhenTheNodeIsBack() {
        NodeInfo node = nodes().findFirst().orElseThrow();
        String host = node.hostnames().manage().getFirst();
        String id = post("/volumes", REPLICATED).location().orElseThrow().substring("/queue/".length());
        Eventually.within(PATIENCE, OFTEN, "some of it is done", () -> {
            PendingOperationDetails.Progress progress = details(id).progress();
            return progress != null && progress.stepsDone() > 5;
        });
        server.kill9();
        change(node, SimulatedNodes::cutPower);
        server.restart();
        Eventually.within(
                PATIENCE, OFTEN, "it cannot be taken back", () -> details(id).attempts() > 0);

        Rest.Answer undone = ended(steered(id, "undo"));
        assertThat(undone.status()).isEqualTo(500);
        assertThat(undone.body()).contains("stays open").contains(host);

        Rest.Answer abandoned = ended(steered(id, "abandon"));
        assertThat(abandoned.status()).isEqualTo(303);
        assertThat(abandoned.location()).contains("/operations/" + id);
        OperationInfo given = client.operation(id);
        assertThat(given.state()).isEqualTo("abandoned");
        assertThat(given.records()).isEqualTo("as-before");
        assertThat(given.leftovers())
                .anySatisfy(left -> assertThat(left.hosts()).containsExactly(host))
                .anySatisfy(left -> assertThat(left.seen()).startsWith("unknown: "))
                .allSatisfy(left -> assertThat(left.commands()).isNotEmpty());
        awaitNoOperations();
        assertThat(client.volumes()).isEmpty();
        assertThat(get("/queue/" + id).status()).isEqualTo(500);
        assertThat(usedOn(node)).as("it may be taken").isPositive();
        assertThat(post("/operations/pending/" + id + "/abandon", "").status()).isEqualTo(409);
        assertThat(post("/operations/pending/" + "0".repeat(32) + "/abandon", "")
                        .status())
                .isEqualTo(404);

        server.kill9();
        change(node, SimulatedNodes::returnPower);
        server.restart();
        assertThat(client.abandonedOperations()).containsExactly(given);
        assertThat(client.resumeOperation(id).state()).isEqualTo("undone");
        assertThat(client.abandonedOperations()).isEmpty();
        assertThat(usedOn(node)).isZero();
        assertThat(look().traces()).isEmpty();
    }

    /** Accepted, once nobody drives it. */
    private Rest.Answer steered(String id, String how) {
        Rest.Answer[] last = new Rest.Answer[1];
        Eventually.within(PATIENCE, OFTEN, "nobody drives it", () -> {
            last[0] = post("/operations/pending/" + id + "/" + how, "");
            return last[0].status() != 409;
        });
        return last[0];
    }

    private long usedOn(NodeInfo node) {
        return client.node(node.id()).devices().stream()
                .mapToLong(device -> device.storage().usedKiB())
                .sum();
    }

    private PendingOperationDetails details(String id) {
        Rest.Answer answer = get("/operations/pending/" + id);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return WireJson.read(answer.body().getBytes(StandardCharsets.UTF_8), PendingOperationDetails.class);
    }

    @Test
    void whatToCleanUpIsValidated() {
        assertThat(post("/operations/pending/cleanup", "").status()).isEqualTo(422);
        Rest.Answer wrong = post("/operations/pending/cleanup", "{\"operations\":[\"x\"]}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).isEqualTo("validation failed: operations: x is not a valid UUID.\n");
        String many = "\"0123456789abcdef0123456789abcdef\",".repeat(33);
        assertThat(post(
                                "/operations/pending/cleanup",
                                "{\"operations\":[" + many.substring(0, many.length() - 1) + "]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aNodeThatDoesNotAnswerGetsNoBricks() {
        NodeInfo node = nodes().findFirst().orElseThrow();
        String gauge = "bricklayer_node_up{cluster=\"" + node.cluster() + "\",node=\"" + node.id() + "\",hostname=\""
                + node.hostnames().manage().getFirst() + "\",} ";
        server.stop();
        change(node, SimulatedNodes::cutPower);
        server.restart();
        try {
            Eventually.within(PATIENCE, OFTEN, "it is known", () -> metrics().contains(gauge + "0.0"));
            assertThat(client.node(node.id()).state()).as("not changed by it").isEqualTo("online");

            Rest.Answer refused =
                    ask(rest -> rest.sendAsking("POST", "/volumes", REPLICATED, "application/problem+json"));

            assertThat(refused.status()).isEqualTo(500);
            assertThat(refused.body())
                    .contains("Failed to allocate new volume: No space")
                    .contains("its node does not answer");
        } finally {
            server.stop();
            change(node, SimulatedNodes::returnPower);
            server.restart();
        }
        Eventually.within(PATIENCE, OFTEN, "it is back", () -> metrics().contains(gauge + "1.0"));
        client.createVolume(VolumeCreateRequest.of(1, Durability.replicate(3)));
    }

    private String metrics() {
        return get("/metrics").body();
    }

    @Test
    void aDeviceIsMeasuredAgain() {
        client.createVolume(VolumeCreateRequest.of(1, Durability.replicate(3)));
        var device = devices().findFirst().orElseThrow();
        String path = "/devices/" + device.id() + "/resync";

        Rest.Answer accepted = get(path);

        assertThat(accepted.body())
                .isEqualTo("<a href=\"" + accepted.location().orElseThrow() + "\">Accepted</a>.\n\n");
        assertThat(ended(accepted).status()).isEqualTo(204);
        assertThat(client.device(device.id())).isEqualTo(device);
        assertThat(metrics().lines())
                .anyMatch(line -> line.startsWith("bricklayer_device_foreign_bytes{")
                        && line.contains(device.id())
                        && line.endsWith(" 0.0"));
        assertThat(get("/devices/0123456789abcdef0123456789abcdef/resync").status())
                .isEqualTo(404);

        post("/volumes", REPLICATED);
        Rest.Answer refused = ended(get(path));
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.body()).isEqualTo("The target exists, contains other items, or is in use.\n");
    }
}

package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bricklayer.api.Durability;
import bricklayer.api.FaultReport;
import bricklayer.api.FaultRules;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.client.BricklayerException;
import bricklayer.client.Credentials;
import bricklayer.client.Patience;
import bricklayer.client.RequestRefused;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An administrator makes things go wrong in a running server: each kind of fault is felt outside, and afterwards records and nodes agree. */
final class FaultInjectionTest extends FaultScenario {

    private static final VolumeCreateRequest REPLICATED = VolumeCreateRequest.of(1, Durability.replicate(3));

    private void rules(String... rules) {
        client.setFaults(WireJson.read("{\"rules\": [" + String.join(",", rules) + "]}", FaultRules.class));
    }

    /** Does not wait for a server that has died. */
    private BricklayerClient impatient() {
        return BricklayerClient.to(server.uri())
                .as(Credentials.admin(ServerProcess.ADMIN_KEY))
                .patience(Patience.PROBE.withOperation(Duration.ofSeconds(5)))
                .build();
    }

    private long acted() {
        return client.faults().rules().stream()
                .mapToLong(FaultReport.InForce::acted)
                .sum();
    }

    @Test
    void anErrorIsToldInItsOwnWords() {
        rules("""
                {"operation": "create-volume", "step": "mount-brick", "act": "error", "status": 32, "stderr": "mount: bad superblock"}""");

        assertThatThrownBy(() -> client.createVolume(REPLICATED))
                .hasMessageContaining("mount: bad superblock")
                .hasMessageContaining("status 32");
        assertThat(client.volumes()).isEmpty();
    }

    @Test
    void anErrorThatHappensOnceIsPlannedAround() {
        rules("{\"operation\": \"create-volume\", \"step\": \"mount-brick\", \"times\": 1, \"act\": \"error\"}");

        // the node that failed is left out, so there must be one to spare
        client.createVolume(VolumeCreateRequest.of(1, Durability.replicate(2)));

        assertThat(acted()).isEqualTo(1);
    }

    @Test
    void aDelayIsWaitedFor() {
        rules(
                "{\"operation\": \"create-volume\", \"command\": \"^mkfs\", \"node\": \"node2\", \"act\": \"delay\", \"wait_ms\": 700}");
        long beganNs = System.nanoTime();

        client.createVolume(REPLICATED);

        assertThat(Duration.ofNanos(System.nanoTime() - beganNs)).isGreaterThan(Duration.ofMillis(700));
        assertThat(acted()).isEqualTo(1);
    }

    @Test
    void aCommandThatHangsIsGivenUp() {
        rules(
                "{\"operation\": \"create-volume\", \"command\": \"^mkfs\", \"node\": \"node2\", \"act\": \"hang\", \"wait_ms\": 200}");

        assertThatThrownBy(() -> client.createVolume(REPLICATED))
                .hasMessageContaining("on node node2")
                .hasMessageContaining("its outcome is unknown");
    }

    @Test
    void workWhoseReplyIsLostCountsAsDone() {
        rules("{\"operation\": \"create-volume\", \"act\": \"lost-reply\"}");

        VolumeInfo volume = client.createVolume(REPLICATED);

        assertThat(acted()).isGreaterThan(20);
        assertThat(volume.bricks()).hasSize(3);
    }

    @Test
    void garbageAndTruncatedAnswersAreNotBelieved() {
        for (String act : new String[] {"garbage", "truncated"}) {
            rules("{\"command\": \".*\", \"questions\": true, \"probability\": 0.2, \"act\": \"" + act + "\"}");
            try {
                client.createVolume(REPLICATED);
            } catch (BricklayerException refused) {
                assertThat(refused).hasMessageContaining("node");
            }
            assertThat(acted()).as(act).isPositive();
            client.clearFaults();
            awaitNoOperations();
        }
    }

    @Test
    void aNodeThatCannotBeReachedIsNamed() {
        rules("{\"node\": \"node3\", \"questions\": true, \"act\": \"unreachable\"}");

        assertThatThrownBy(() -> client.createVolume(REPLICATED)).hasMessageContaining("node3");
        client.clearFaults();
        client.createVolume(REPLICATED);
    }

    @Test
    void aCrashIsTheEndOfTheProcess() {
        VolumeInfo volume = client.createVolume(REPLICATED);
        rules("{\"point\": \"delete-volume/pivot:after\", \"act\": \"crash\"}");

        assertThatThrownBy(() -> impatient().deleteVolume(volume.id())).isInstanceOf(BricklayerException.class);
        assertThat(server.awaitOwnEnd()).isEqualTo(CRASHED);
        server.restart();
        awaitNoOperations();

        assertThat(client.volumes()).as("past its pivot a delete is finished").isEmpty();
        assertThat(client.faults().rules()).as("rules end with the process").isEmpty();
    }

    @Test
    void aCrashBeforeACommandAndOneAfterIt() {
        for (String when :
                new String[] {"\"command\": \"lvcreate\"", "\"command\": \"lvcreate\", \"output\": \"\\\\A\""}) {
            rules("{\"operation\": \"create-volume\", " + when + ", \"act\": \"crash\"}");
            assertThatThrownBy(() -> impatient().createVolume(REPLICATED)).isInstanceOf(BricklayerException.class);
            assertThat(server.awaitOwnEnd()).isEqualTo(CRASHED);
            server.restart();
            awaitNoOperations();
        }
    }

    @Test
    void aJournalThatCannotBeWrittenRefusesAndRecovers() {
        rules(
                "{\"point\": \"store/frame-write:before\", \"act\": \"error\", \"stderr\": \"No space left on device\", \"times\": 1}");

        assertThatThrownBy(() -> client.createVolume(REPLICATED)).isInstanceOf(BricklayerException.class);
        assertThat(client.volumes()).isEmpty();
        server.stop();
        server.restart();
        client.createVolume(REPLICATED);
    }

    @Test
    void theSameSeedMakesTheSameChoices() {
        String rule = "{\"command\": \".*\", \"probability\": 0.5, \"act\": \"lost-reply\"}";
        client.setFaults(WireJson.read("{\"seed\": 42, \"rules\": [" + rule + "]}", FaultRules.class));

        assertThat(client.faults().seed()).isEqualTo(42);
    }

    @Test
    void thePointsThatWerePassedAreListedInOrder() {
        rules();
        client.createVolume(REPLICATED);

        assertThat(client.faults().points().stream()
                        .map(FaultReport.Passed::point)
                        .filter(point -> !point.startsWith("store/")))
                .startsWith("submit/begin:before", "create-volume/begin:after")
                .endsWith("create-volume/end:before", "create-volume/end:after")
                .contains("create-volume/bricks/mount-brick@node1:before");
    }

    @Test
    void rulesThatAreNotUnderstoodAreRefusedAndThoseBeforeStay() throws Exception {
        rules("{\"name\": \"stays\", \"point\": \"nowhere\", \"act\": \"error\"}");

        assertThatThrownBy(() -> rules("{\"point\": \"x\", \"act\": \"garbage\"}"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("garbage is done to commands");
        assertThat(client.faults().rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.rule().name()).isEqualTo("stays"));
        assertThat(metrics())
                .contains("bricklayer_fault_injection_allowed 1.0")
                .contains("bricklayer_fault_rules 1.0")
                .contains("bricklayer_faults_injected{rule=\"stays\",} 0.0");
        assertThat(Files.readString(server.log())).contains("FAULT INJECTION IS ALLOWED");
    }

    @Test
    void isForAdministratorsAndOffUnlessAllowed() throws Exception {
        BricklayerClient user = BricklayerClient.to(server.uri())
                .as(new Credentials("user", "a key for nobody, long enough"))
                .build();
        assertThatThrownBy(user::faults).hasMessageContaining("Administrator access required");

        Path elsewhere = folder.resolve("off");
        try (ServerProcess plain = ServerProcess.start(
                elsewhere.resolve("server"), new SimulatedStand(elsewhere.resolve("nodes"), 0).access())) {
            BricklayerClient admin = clientOf(plain);
            assertThatThrownBy(admin::faults).hasMessageContaining("--allow-fault-injection");
            assertThatThrownBy(admin::clearFaults).hasMessageContaining("--allow-fault-injection");
            assertThatThrownBy(() -> admin.setFaults(new FaultRules(0, java.util.List.of())))
                    .hasMessageContaining("--allow-fault-injection");
            assertThat(Files.readString(plain.log())).doesNotContain("FAULT INJECTION");
        }
    }

    @Test
    void heketisHooksAreInForceWhereFaultsAreAllowed() throws IOException {
        assumeTrue(
                stand.liesInsideServer(),
                "Heketi's configuration has hooks for the executors mock and ssh, none for pods");
        Path elsewhere = folder.resolve("heketi");
        Stand.Access plain = new SimulatedStand(elsewhere.resolve("nodes"), 0).access();
        String hooks = plain.glusterfs().replace("\"mock\"", """
                "inject/mock", "injectexec": { "command_injection": { "commands": [
                  { "Cmd": "^gluster --version", "Reaction": { "Err": "no gluster today" } } ] } }""");
        Stand.Access access = new Stand.Access(hooks, plain.bricklayer());
        try (ServerProcess allowed = ServerProcess.start(elsewhere.resolve("allowed"), access.allowingFaults())) {
            assertThat(clientOf(allowed).faults().rules())
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.rule().stderr()).isEqualTo("no gluster today"));
        }
        try (ServerProcess refused = ServerProcess.start(elsewhere.resolve("refused"), access)) {
            assertThat(Files.readString(refused.log())).contains("1 fault rules are configured and NOT in force");
        }
    }

    private String metrics() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(server.uri().resolve("/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}

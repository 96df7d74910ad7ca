package bricklayer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterInfo;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceDeleteRequest;
import bricklayer.api.Durability;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeInfo;
import bricklayer.api.Problem;
import bricklayer.api.StateRequest;
import bricklayer.api.TopologyFile;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BricklayerClientTest {

    private static final VolumeCreateRequest REPLICA_3 = VolumeCreateRequest.of(10, Durability.replicate(3));

    private long seed = 7;
    private final TestTime time = new TestTime();
    private final FakeServer server = new FakeServer(time);
    private final BricklayerClient client = builder().build();

    private BricklayerClient.Builder builder() {
        return BricklayerClient.to(server.uri())
                .as(Credentials.admin(FakeServer.SECRET))
                .time(time)
                .random(new SplittableRandom(seed++));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aVolumeLivesItsWholeLife() {
        load();

        VolumeInfo created = client.createVolume(REPLICA_3.named("v"));
        VolumeInfo grown = client.expandVolume(created.id(), 5);

        assertThat(created.bricks()).hasSize(3);
        assertThat(client.volumes()).containsExactly(created.id());
        assertThat(grown.sizeGiB()).isEqualTo(15);
        assertThat(client.volume(created.id())).isEqualTo(grown);
        client.deleteVolume(created.id());
        assertThat(client.volumes()).isEmpty();
    }

    @Test
    void clustersNodesAndDevicesComeAndGo() {
        ClusterInfo cluster = client.createCluster(new ClusterCreateRequest(true, false));
        NodeInfo node = client.addNode(
                new NodeAddRequest(1, new Hostnames(List.of("m"), List.of("s")), cluster.id(), Map.of("rack", "r1")));
        client.addDevice(new DeviceAddRequest("/dev/sdb", Map.of(), node.id(), false));
        client.addDevice(new DeviceAddRequest("/dev/sdc", Map.of(), node.id(), false));

        List<String> devices = client.node(node.id()).devices().stream()
                .map(device -> device.id())
                .toList();
        assertThat(devices).hasSize(2);
        assertThat(client.device(devices.get(0)).name()).isEqualTo("/dev/sdb");
        assertThat(client.cluster(cluster.id()).nodes()).containsExactly(node.id());
        client.setNodeState(node.id(), new StateRequest("offline", ""));
        for (String device : devices) {
            client.setDeviceState(device, new StateRequest("offline", ""));
            client.setDeviceState(device, new StateRequest("failed", ""));
        }
        client.deleteDevice(devices.get(0));
        client.deleteDevice(devices.get(1), new DeviceDeleteRequest(true));
        client.deleteNode(node.id());
        client.deleteCluster(cluster.id());
        assertThat(client.clusters()).isEmpty();
    }

    @Test
    void helloNeedsNoCredentials() {
        BricklayerClient nobody = BricklayerClient.to(server.uri()).build();

        assertThat(nobody.hello()).isEqualTo("Hello from Heketi");
        assertThatThrownBy(nobody::volumes)
                .isInstanceOf(NotAuthorised.class)
                .hasMessage("GET /volumes: Required authorization token not found (status 401)");
    }

    @Test
    void aWrongKeyIsSaidSo() {
        BricklayerClient wrong = builder().as(Credentials.admin("guess")).build();

        assertThatThrownBy(wrong::operations)
                .isInstanceOf(NotAuthorised.class)
                .hasMessageContaining("secrets may not match");
    }

    @Test
    void anIdWithOddCharactersIsSignedAsTheServerReadsIt() {
        assertThatThrownBy(() -> client.volume("ü b%/../x?y")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> client.volume("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void looksAtAnOperationEverLessOften() {
        load();
        server.pendingLooks = 10;
        int before = time.sleeps().size();

        client.createVolume(REPLICA_3);

        List<Long> millis =
                time.sleeps().stream().skip(before).map(Duration::toMillis).toList();
        assertThat(millis).containsExactly(20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L, 1000L, 1000L);
    }

    @Test
    void waitsAsLongAsABusyServerAsksAndALittleMore() {
        load();
        server.pendingLooks = 0;
        server.busy = 2;
        server.retryAfter = "4";
        int before = time.sleeps().size();

        client.createVolume(REPLICA_3);

        List<Duration> sleeps = time.sleeps().subList(before, time.sleeps().size());
        assertThat(sleeps).hasSize(2);
        assertThat(sleeps)
                .allSatisfy(sleep -> assertThat(sleep).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6)));
        List<String> creates = server.seen().stream()
                .filter(it -> it.startsWith("POST /volumes"))
                .toList();
        assertThat(creates).hasSize(3);
        assertThat(creates).containsOnly(creates.get(0));
    }

    @Test
    void neverWaitsLongerThanItsOwnLimitForABusyServer() {
        server.busy = 1;
        server.retryAfter = "86400";

        client.volumes();

        assertThat(time.sleeps())
                .singleElement()
                .satisfies(sleep -> assertThat(sleep).isLessThanOrEqualTo(Duration.ofSeconds(45)));
    }

    @Test
    void givesUpOnAServerThatStaysBusy() {
        server.busy = Integer.MAX_VALUE;

        ServerBusy busy = catchThrowableOfType(ServerBusy.class, () -> client.createVolume(REPLICA_3));

        assertThat(busy.status()).isEqualTo(429);
        assertThat(busy.text()).isEqualTo("Server busy. Retry operation later.");
        assertThat(server.seen()).hasSize(1 + Patience.NORMAL.busyRetries());
    }

    @Test
    void aLostAnswerIsAskedForAgainAndTheRequestActsOnce() {
        load();
        server.dropAfter = 2;

        VolumeInfo volume = client.createVolume(REPLICA_3);

        assertThat(server.volumes()).containsExactly(volume);
    }

    @Test
    void aServerThatIgnoresKeysIsNotAskedTwice() {
        load();
        BricklayerClient careful =
                builder().idempotencyKeys(IdempotencyKeys.IGNORED).build();
        server.dropAfter = 1;
        int before = server.seen().size();

        OutcomeUnknown unknown = catchThrowableOfType(OutcomeUnknown.class, () -> careful.createVolume(REPLICA_3));

        assertThat(server.seen()).hasSize(before + 1);
        assertThat(unknown.queuePath()).isEmpty();
        assertThat(server.seen().get(before)).isEqualTo("POST /volumes " + unknown.idempotencyKey());
    }

    @Test
    void aServerThatIsNotSaidToHonourKeysIsAskedFirst() {
        load();
        server.dropAfter = 1;

        client.createVolume(REPLICA_3);

        assertThat(server.volumes()).hasSize(1);
        assertThat(server.seen()).contains("GET /plans/0");
    }

    @Test
    void aHeketiIsNotAskedTwiceForAChange() {
        server.heketi = true;
        load();
        server.dropAfter = 1;

        OutcomeUnknown unknown = catchThrowableOfType(OutcomeUnknown.class, () -> client.createVolume(REPLICA_3));

        assertThat(unknown).hasMessageContaining("whether it acted is not known");
        assertThat(server.seen().stream().filter(it -> it.startsWith("POST /volumes")))
                .hasSize(1);
    }

    @Test
    void aServerThatEndsAfterItWasAskedIsWaitedForAndThenTheOutcomeIsUnknown() {
        load();
        server.dieAfter = true;
        Patience normal = Patience.NORMAL;
        // a connection that the server took while it ended is never answered: that wait is real
        BricklayerClient asking = builder()
                .patience(new Patience(
                        normal.connect(),
                        Duration.ofSeconds(3),
                        normal.operation(),
                        normal.pollFirst(),
                        normal.pollMax(),
                        normal.reconnect(),
                        normal.lostRetries(),
                        normal.busyRetries(),
                        normal.busyFirst(),
                        normal.busyMax()))
                .build();
        int before = time.sleeps().size();

        assertThatThrownBy(() -> asking.createVolume(REPLICA_3)).isInstanceOf(OutcomeUnknown.class);

        assertThat(time.sleeps().stream().skip(before).reduce(Duration.ZERO, Duration::plus))
                .isBetween(
                        Patience.NORMAL.reconnect(), Patience.NORMAL.reconnect().multipliedBy(2));
    }

    @Test
    void aCallRepeatedWithItsKeyActsOnce() {
        load();
        server.dropAfter = 1 + Patience.NORMAL.lostRetries();
        OutcomeUnknown unknown = catchThrowableOfType(OutcomeUnknown.class, () -> client.createVolume(REPLICA_3));

        VolumeInfo volume = client.withIdempotencyKey(unknown.idempotencyKey()).createVolume(REPLICA_3);

        assertThat(server.volumes()).containsExactly(volume);
    }

    @Test
    void eachMutatingRequestHasAKeyOfItsOwnAndNoReadHasOne() {
        load();
        client.createVolume(REPLICA_3);
        client.createVolume(REPLICA_3);

        List<String> changes = server.seen().stream()
                .filter(it -> !it.startsWith("GET"))
                .map(it -> it.split(" ", -1)[2])
                .toList();
        assertThat(changes).doesNotHaveDuplicates().allMatch(key -> key.matches("[0-9a-f]{32}"));
        assertThat(server.seen().stream().filter(it -> it.startsWith("GET")))
                .allMatch(it -> it.split(" ", -1).length == 2);
    }

    @Test
    void anOperationOutlivesLostConnections() {
        load();
        server.dropLooks = 9;

        assertThat(client.createVolume(REPLICA_3).bricks()).hasSize(3);
    }

    @Test
    void anOperationIsFollowedByItsPlaceInTheQueue() {
        load();
        server.dropLooks = Integer.MAX_VALUE;
        OutcomeUnknown unknown = catchThrowableOfType(OutcomeUnknown.class, () -> client.createVolume(REPLICA_3));
        server.dropLooks = 0;

        String made = client.follow(unknown.queuePath().orElseThrow()).orElseThrow();

        assertThat(made).isEqualTo("/volumes/" + client.volumes().get(0));
        assertThatThrownBy(() -> client.follow("@elsewhere")).isInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void whatKeepsUsFromHearingTheEndIsNoRefusalOfTheRequest() {
        load();
        server.queueRefuses = 401;

        assertThatThrownBy(() -> client.createVolume(REPLICA_3))
                .isInstanceOf(OutcomeUnknown.class)
                .hasMessageContaining("asking for it was refused")
                .hasCauseInstanceOf(NotAuthorised.class);
    }

    @Test
    void aProxyThatDoesNotReachTheServerIsWaitedFor() {
        load();
        server.queueRefuses = 502;
        server.queueRefusals = 5;

        assertThat(client.createVolume(REPLICA_3).bricks()).hasSize(3);
    }

    @Test
    void aServerThatStaysAwayLeavesTheOutcomeUnknown() {
        load();
        server.dropLooks = Integer.MAX_VALUE;

        OutcomeUnknown unknown = catchThrowableOfType(OutcomeUnknown.class, () -> client.createVolume(REPLICA_3));

        assertThat(unknown.queuePath())
                .hasValueSatisfying(path -> assertThat(path).startsWith("/queue/"));
        assertThat(unknown).hasMessageContaining("lost the server");
    }

    @Test
    void anOperationThatTakesTooLongGoesOnWithoutUs() {
        load();
        server.pendingLooks = Integer.MAX_VALUE;
        BricklayerClient hasty = builder()
                .patience(Patience.NORMAL.withOperation(Duration.ofSeconds(5)))
                .build();

        assertThatThrownBy(() -> hasty.createVolume(REPLICA_3))
                .isInstanceOf(OutcomeUnknown.class)
                .hasMessageContaining("not done after PT5S");
    }

    @Test
    void anOperationThatTheServerForgotHasAnUnknownOutcome() {
        load();
        server.forgetOperations = true;

        assertThatThrownBy(() -> client.createVolume(REPLICA_3))
                .isInstanceOf(OutcomeUnknown.class)
                .hasMessageContaining("does not know the operation any more");
    }

    @Test
    void aFailedOperationSaysWhy() {
        load();
        server.failNext = "lvcreate on node-1 ended with status 5";

        OperationFailed failed = catchThrowableOfType(OperationFailed.class, () -> client.createVolume(REPLICA_3));

        assertThat(failed.text()).isEqualTo("lvcreate on node-1 ended with status 5");
        assertThat(failed).hasMessage("POST /volumes: lvcreate on node-1 ended with status 5 (status 500)");
    }

    @Test
    void aProblemKeepsAllItsMembers() {
        server.problems = true;

        ServerFailed failed = catchThrowableOfType(ServerFailed.class, () -> client.createVolume(REPLICA_3));

        Problem problem = failed.problem().orElseThrow();
        assertThat(failed.text()).isEqualTo("Failed to allocate new volume: No space");
        assertThat(failed).hasMessageEndingWith("(status 500); add a device");
        assertThat(problem.host()).isEqualTo("node-1");
        assertThat(problem.stderr()).isEqualTo("no room");
        assertThat(problem.more()).containsEntry("largestGiB", 7);
    }

    @Test
    void refusalsHaveTheirOwnTypes() {
        load();

        assertThatThrownBy(() -> client.volume("beef"))
                .isInstanceOf(NotFound.class)
                .hasMessage("GET /volumes/beef: Id not found (status 404)");
        assertThatThrownBy(() -> client.createVolume(VolumeCreateRequest.of(0, Durability.none())))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> client.deleteCluster(client.clusters().get(0))).isInstanceOf(Conflict.class);
    }

    @Test
    void aServerThatIsNotThereIsSaidSoAtOnce() {
        URI gone = server.uri();
        server.close();

        assertThatThrownBy(() -> client.createVolume(REPLICA_3))
                .isInstanceOf(ServerUnreachable.class)
                .hasMessage("cannot reach " + gone + ": connection refused");
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void interruptingEndsTheWaitAndKeepsTheFlag() {
        load();
        server.pendingLooks = Integer.MAX_VALUE;

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> client.createVolume(REPLICA_3)).isInstanceOf(OutcomeUnknown.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void addressesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> BricklayerClient.to(URI.create("localhost:8080")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected something like http://localhost:8080");
    }

    @Test
    void secretsAreNotShown() {
        assertThat(Credentials.admin("hidden").toString()).isEqualTo("Credentials[user=admin]");
    }

    @Test
    void loadingATopologyTellsEachStep() {
        List<String> steps = new ArrayList<>();

        TopologyLoad load = client.loadTopology(
                topology(2),
                step -> steps.add(step.kind() + " " + step.done() + "/" + step.total() + " " + step.subject()));

        assertThat(load.nodesAdded()).isEqualTo(2);
        assertThat(load.devicesAdded()).isEqualTo(4);
        assertThat(load.clusters()).isEqualTo(client.clusters());
        assertThat(steps)
                .containsExactly(
                        "CLUSTER_CREATED 0/6 " + client.clusters().get(0),
                        "NODE_ADDING 0/6 node-1",
                        "NODE_ADDED 1/6 node-1",
                        "DEVICE_ADDING 1/6 /dev/sdb",
                        "DEVICE_ADDED 2/6 /dev/sdb",
                        "DEVICE_ADDING 2/6 /dev/sdc",
                        "DEVICE_ADDED 3/6 /dev/sdc",
                        "NODE_ADDING 3/6 node-2",
                        "NODE_ADDED 4/6 node-2",
                        "DEVICE_ADDING 4/6 /dev/sdb",
                        "DEVICE_ADDED 5/6 /dev/sdb",
                        "DEVICE_ADDING 5/6 /dev/sdc",
                        "DEVICE_ADDED 6/6 /dev/sdc");
    }

    @Test
    void loadingATopologyAgainAddsOnlyWhatIsNew() {
        client.loadTopology(topology(2), step -> {});
        int before = server.seen().size();

        TopologyLoad again = client.loadTopology(topology(2), step -> {});

        assertThat(again.nodesFound()).isEqualTo(2);
        assertThat(again.devicesFound()).isEqualTo(4);
        assertThat(server.seen().subList(before, server.seen().size())).allMatch(it -> it.startsWith("GET "));
        TopologyLoad more = client.loadTopology(topology(3), step -> {});
        assertThat(more.nodesAdded()).isEqualTo(1);
        assertThat(more.devicesAdded()).isEqualTo(2);
        assertThat(client.clusters()).hasSize(1).isEqualTo(more.clusters());
    }

    @Test
    void aRefusedNodeIsReportedAndAnEmptyClusterTakenBack() {
        TopologyFile bad = new TopologyFile(List.of(new TopologyFile.Cluster(
                true,
                true,
                List.of(new TopologyFile.NodeEntry(
                        new TopologyFile.Node(new Hostnames(List.of("m"), List.of("s")), 0, Map.of()),
                        List.of(TopologyFile.Device.named("/dev/sdb")))))));
        List<TopologyStep.Kind> kinds = new ArrayList<>();

        TopologyLoad load = client.loadTopology(bad, step -> kinds.add(step.kind()));

        assertThat(load.refused()).containsExactly("node m: validation failed: zone: cannot be blank.");
        assertThat(load.clusters()).isEmpty();
        assertThat(client.clusters()).isEmpty();
        assertThat(kinds)
                .containsExactly(
                        TopologyStep.Kind.CLUSTER_CREATED,
                        TopologyStep.Kind.NODE_ADDING,
                        TopologyStep.Kind.NODE_REFUSED,
                        TopologyStep.Kind.DEVICE_SKIPPED,
                        TopologyStep.Kind.CLUSTER_DELETED);
    }

    private void load() {
        client.loadTopology(topology(3), step -> {});
    }

    private static TopologyFile topology(int nodes) {
        List<TopologyFile.NodeEntry> entries = new ArrayList<>();
        for (int n = 1; n <= nodes; n++) {
            entries.add(new TopologyFile.NodeEntry(
                    new TopologyFile.Node(new Hostnames(List.of("node-" + n), List.of("192.0.2." + n)), n, Map.of()),
                    List.of(TopologyFile.Device.named("/dev/sdb"), TopologyFile.Device.named("/dev/sdc"))));
        }
        return new TopologyFile(List.of(new TopologyFile.Cluster(true, true, entries)));
    }
}

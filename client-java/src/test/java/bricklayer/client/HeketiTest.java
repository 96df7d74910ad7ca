package bricklayer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BrickEvictRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Durability;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.OperationsCleanupRequest;
import bricklayer.api.Snapshot;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The client against a server that has nothing Heketi has not: errors in plain text, 429 without {@code Retry-After}, an end of an operation that is told once, no
 * keys, no route of Bricklayer's own.
 */
class HeketiTest {

    private static final VolumeCreateRequest REPLICA_3 = VolumeCreateRequest.of(10, Durability.replicate(3));

    private final TestTime time = new TestTime();
    private final FakeServer server = new FakeServer(time);
    private final BricklayerClient client = BricklayerClient.to(server.uri())
            .as(Credentials.admin(FakeServer.SECRET))
            .time(time)
            .random(new SplittableRandom(3))
            .build();

    @BeforeEach
    void load() {
        server.heketi = true;
        client.loadTopology(ThreeNodes.OF_ONE_DEVICE, step -> {});
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void everythingLivesItsWholeLife() {
        String cluster = client.clusters().get(0);
        String node = client.addNode(
                        new NodeAddRequest(4, new Hostnames(List.of("n4"), List.of("192.0.2.4")), cluster, Map.of()))
                .id();
        client.addDevice(new DeviceAddRequest("/dev/sdb", Map.of(), node, false));
        DeviceInfo device = client.node(node).devices().get(0);
        client.resyncDevice(device.id());
        assertThat(client.changeNodeTags(node, new TagsChangeRequest("set", Map.of("rack", "4"))))
                .containsExactly(Map.entry("rack", "4"));

        VolumeInfo volume = client.createVolume(REPLICA_3);
        assertThat(client.expandVolume(volume.id(), 5).sizeGiB()).isEqualTo(15);
        client.evictBrick(volume.bricks().get(0).id(), new BrickEvictRequest("disable"));
        VolumeInfo copy = client.cloneVolume(volume.id(), new VolumeCloneRequest("copy"));
        VolumeInfo host = client.createVolume(new VolumeCreateRequest(
                100, "", List.of(), Durability.replicate(3), 0, List.of(), true, Snapshot.UNSAID));
        BlockVolumeInfo block = client.createBlockVolume(new BlockVolumeCreateRequest(1, List.of(), "", 2, false));
        assertThat(client.expandBlockVolume(block.id(), 2).sizeGiB()).isEqualTo(2);
        assertThat(client.topology().clusters().get(0).volumes()).hasSize(3);

        client.deleteBlockVolume(block.id());
        for (String id : List.of(copy.id(), host.id(), volume.id())) {
            client.deleteVolume(id);
        }
        client.setDeviceState(device.id(), new StateRequest("offline", ""));
        client.setDeviceState(device.id(), new StateRequest("failed", ""));
        client.deleteDevice(device.id());
        client.deleteNode(node);
        client.cleanUpOperations(new OperationsCleanupRequest(List.of()));
        assertThat(client.volumes()).isEmpty();
        assertThat(client.dumpDb()).isEqualTo(server.service.dump);
    }

    @Test
    void refusalsAreToldInItsWords() {
        assertThatThrownBy(() -> client.volume("beef"))
                .isInstanceOf(NotFound.class)
                .hasMessage("GET /volumes/beef: Id not found (status 404)")
                .extracting(e -> ((NotFound) e).problem())
                .isEqualTo(java.util.Optional.empty());
        server.failNext = "no room";
        assertThatThrownBy(() -> client.createVolume(REPLICA_3))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("POST /volumes: no room (status 500)");
    }

    @Test
    void itsThrottleIsWaitedFor() {
        server.busy = 2;

        client.createVolume(REPLICA_3);

        assertThat(server.volumes()).hasSize(1);
    }

    @Test
    void aChangeWhoseAnswerWasLostIsNeverSentAgain() {
        server.dropAfter = 1;

        OutcomeUnknown lost = catchThrowableOfType(OutcomeUnknown.class, () -> client.createVolume(REPLICA_3));

        assertThat(lost).hasMessageContaining("whether it acted is not known");
        assertThat(server.seen().stream().filter(it -> it.startsWith("POST /volumes ")))
                .hasSize(1);
    }

    @Test
    void anEndThatWasToldAndLostLeavesTheOutcomeUnknown() {
        server.dropEnd = true;

        assertThatThrownBy(() -> client.createVolume(REPLICA_3))
                .isInstanceOf(OutcomeUnknown.class)
                .hasMessageContaining("its result was fetched before");
        assertThat(server.volumes()).hasSize(1);
    }

    @Test
    void whatItDoesNotHaveIsNotFound() {
        int before = server.seen().size();

        assertThatThrownBy(client::health).isInstanceOf(NotFound.class);
        assertThatThrownBy(client::backups).isInstanceOf(NotFound.class);
        assertThatThrownBy(
                        () -> client.plan(it -> it.deleteCluster(it.clusters().get(0))))
                .isInstanceOf(UnexpectedAnswer.class)
                .hasMessageContaining("cannot plan changes without making them");
        assertThat(server.seen().stream().skip(before)).allMatch(it -> it.startsWith("GET "));
    }
}

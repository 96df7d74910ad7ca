package bricklayer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.BlockRestrictionRequest;
import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BrickEvictRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Durability;
import bricklayer.api.NodeInfo;
import bricklayer.api.NodeZone;
import bricklayer.api.OperationInfo;
import bricklayer.api.OperationsCleanupRequest;
import bricklayer.api.OperationsInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.PendingOperationDetails;
import bricklayer.api.Snapshot;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.TopologyInfo;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What there is beyond the everyday life of volumes: copies, block volumes, moving bricks, upkeep of the server. */
class WholeApiTest {

    private final TestTime time = new TestTime();
    private final FakeServer server = new FakeServer(time);
    private final BricklayerClient client = BricklayerClient.to(server.uri())
            .as(Credentials.admin(FakeServer.SECRET))
            .time(time)
            .random(new SplittableRandom(11))
            .build();

    @BeforeEach
    void loadThreeNodes() {
        client.loadTopology(ThreeNodes.OF_ONE_DEVICE, step -> {});
    }

    @AfterEach
    void close() {
        server.close();
    }

    private VolumeInfo volume(boolean block) {
        return client.createVolume(new VolumeCreateRequest(
                100, "", List.of(), Durability.replicate(3), 0, List.of(), block, Snapshot.UNSAID));
    }

    private NodeInfo node() {
        String cluster = client.clusters().get(0);
        return client.node(client.cluster(cluster).nodes().get(0));
    }

    @Test
    void aCloneIsAVolumeOfItsOwn() {
        VolumeInfo source = volume(false);

        VolumeInfo clone = client.cloneVolume(source.id(), new VolumeCloneRequest("copy"));

        assertThat(clone.name()).isEqualTo("copy");
        assertThat(client.volumes()).containsExactly(source.id(), clone.id());
        assertThat(client.cloneVolume(source.id(), new VolumeCloneRequest("")).name())
                .startsWith("vol_");
    }

    @Test
    void aBlockVolumeLivesItsWholeLife() {
        VolumeInfo host = volume(true);

        BlockVolumeInfo created = client.createBlockVolume(new BlockVolumeCreateRequest(5, List.of(), "b", 2, true));

        assertThat(created.target().hosts()).hasSize(2);
        assertThat(created.hostingVolume()).isEqualTo(host.id());
        assertThat(client.blockVolumes()).containsExactly(created.id());
        assertThat(client.blockVolume(created.id())).isEqualTo(created);
        assertThat(client.volume(host.id()).blockInfo().freeGiB()).isEqualTo(93);
        assertThat(client.expandBlockVolume(created.id(), 8).sizeGiB()).isEqualTo(8);
        assertThatThrownBy(() -> client.deleteVolume(host.id())).isInstanceOf(Conflict.class);
        client.deleteBlockVolume(created.id());
        assertThat(client.blockVolumes()).isEmpty();
    }

    @Test
    void aRestrictedHostTakesNoMoreBlockVolumes() {
        VolumeInfo host = volume(true);

        VolumeInfo locked = client.setBlockRestriction(host.id(), new BlockRestrictionRequest("locked"));

        assertThat(locked.blockInfo().restriction()).isEqualTo("locked");
        assertThatThrownBy(() -> client.createBlockVolume(new BlockVolumeCreateRequest(1, List.of(), "", 0, false)))
                .isInstanceOf(ServerFailed.class);
        assertThat(client.setBlockRestriction(host.id(), new BlockRestrictionRequest(""))
                        .blockInfo()
                        .restriction())
                .isEmpty();
    }

    @Test
    void anEvictedBrickIsReplaced() {
        VolumeInfo volume = volume(false);
        String brick = volume.bricks().get(0).id();

        client.evictBrick(brick, new BrickEvictRequest("disable"));

        assertThat(server.body("POST /bricks/to-evict/" + brick)).isEqualTo("{\"healcheck\":\"disable\"}");
        assertThat(client.volume(volume.id()).bricks())
                .hasSize(3)
                .noneMatch(it -> it.id().equals(brick));
        assertThatThrownBy(() -> client.evictBrick(brick, new BrickEvictRequest("")))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void tagsAreAnsweredAsTheyAreNow() {
        NodeInfo node = node();
        DeviceInfo device = node.devices().get(0);

        assertThat(client.changeNodeTags(node.id(), new TagsChangeRequest("update", Map.of("a", "1", "b", "2"))))
                .isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(client.changeNodeTags(node.id(), new TagsChangeRequest("delete", Map.of("a", ""))))
                .isEqualTo(Map.of("b", "2"));
        assertThat(client.changeDeviceTags(device.id(), new TagsChangeRequest("set", Map.of("c", "3"))))
                .isEqualTo(Map.of("c", "3"));
        assertThat(node().tags()).isEqualTo(Map.of("b", "2"));
        assertThat(node().devices().get(0).tags()).isEqualTo(Map.of("c", "3"));
        assertThat(client.changeNodeTags(node.id(), new TagsChangeRequest("set", Map.of())))
                .isEmpty();
    }

    @Test
    void aZoneIsChanged() {
        NodeInfo node = node();

        assertThat(client.setNodeZone(node.id(), new NodeZone(7))).isEqualTo(new NodeZone(7));
        assertThat(node().zone()).isEqualTo(7);
    }

    @Test
    void statesSayWhetherHealIsChecked() {
        DeviceInfo device = node().devices().get(0);

        client.setDeviceState(device.id(), new StateRequest("offline", "disable"));

        assertThat(server.body("POST /devices/" + device.id() + "/state"))
                .isEqualTo("{\"state\":\"offline\",\"healcheck\":\"disable\"}");
        assertThat(client.device(device.id()).state()).isEqualTo("offline");
    }

    @Test
    void aDeviceIsResynced() {
        DeviceInfo device = node().devices().get(0);

        client.resyncDevice(device.id());

        assertThat(server.seen()).anyMatch(it -> it.startsWith("GET /devices/" + device.id() + "/resync"));
        assertThatThrownBy(() -> client.resyncDevice("beef")).isInstanceOf(NotFound.class);
    }

    @Test
    void flagsOfAClusterAreSet() {
        String cluster = client.clusters().get(0);

        client.setClusterFlags(cluster, new ClusterFlagsRequest(false, true));

        assertThat(client.cluster(cluster).file()).isFalse();
        assertThat(client.cluster(cluster).block()).isTrue();
    }

    @Test
    void operationsThatDoNotEndAreListedShownAndCleanedUp() {
        PendingOperationDetails stale = new PendingOperationDetails(
                "aa",
                "create-volume",
                "stale",
                "",
                List.of(new PendingOperationDetails.Change("b1", "Add brick")),
                "node3 is down",
                2,
                "",
                "",
                null);
        server.service.pending(stale);
        server.service.pending(
                new PendingOperationDetails("bb", "delete-volume", "", "", List.of(), "", 0, "", "", null));

        assertThat(client.operations()).isEqualTo(new OperationsInfo(2, 0, 1, 0, 1));
        assertThat(client.pendingOperations()).extracting(PendingOperation::id).containsExactly("aa", "bb");
        assertThat(client.pendingOperation("aa")).isEqualTo(stale);
        client.cleanUpOperations(new OperationsCleanupRequest(List.of("cc")));
        assertThat(client.pendingOperations()).hasSize(2);
        client.cleanUpOperations(new OperationsCleanupRequest(List.of()));
        assertThat(client.pendingOperations()).extracting(PendingOperation::id).containsExactly("bb");
    }

    @Test
    void operationsAreResumedUndoneAndAbandoned() {
        for (String id : List.of("aa", "bb", "cc")) {
            server.service.pending(
                    new PendingOperationDetails(id, "create-volume", "", "", List.of(), "", 0, "", "", null));
        }
        assertThat(client.resumeOperation("aa").state()).isEqualTo("done");
        assertThat(client.undoOperation("bb").state()).isEqualTo("undone");
        OperationInfo given = client.abandonOperation("cc");
        assertThat(given.records()).isEqualTo("as-before");
        assertThat(given.leftovers().get(0).commands()).containsExactly("umount /brick");
        assertThat(client.pendingOperations()).isEmpty();
        assertThat(client.operation("cc")).isEqualTo(given);
        assertThat(client.abandonedOperations()).containsExactly(given);
    }

    @Test
    void recordsComeAsTextOrIntoAStream() {
        server.service.dump = "{\"a\":\"" + "x".repeat(1 << 20) + "\u00e9\"}";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client.dumpDb(out);

        assertThat(client.dumpDb()).isEqualTo(server.service.dump);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(server.service.dump);
        assertThat(client.checkDb()).isEqualTo(server.service.check);
        assertThat(client.examineGluster()).isEqualTo(server.service.examination);
        out.reset();
        client.examineGluster(out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(server.service.examination);
        out.reset();
        client.backupDb(out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(server.service.backup);
    }

    @Test
    void aBackupThatIsCutOffIsNoBackup() {
        server.service.cut = 3;

        assertThatThrownBy(() -> client.backupDb(new ByteArrayOutputStream()))
                .isInstanceOf(ServerUnreachable.class)
                .hasMessageStartingWith("GET /backup/db on ");
    }

    @Test
    void aStreamThatDoesNotTakeTheBackupIsToldApartFromALostServer() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };

        assertThatThrownBy(() -> client.backupDb(full))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write the answer")
                .hasRootCauseMessage("no space left");
    }

    @Test
    void nothingOfARefusalGoesIntoTheStream() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BricklayerClient wrong = BricklayerClient.to(server.uri())
                .as(Credentials.admin("guess"))
                .time(time)
                .build();

        assertThatThrownBy(() -> wrong.backupDb(out)).isInstanceOf(NotAuthorised.class);
        assertThat(out.size()).isZero();
    }

    @Test
    void anExaminationThatTakesTooLongEnds() {
        BricklayerClient hasty = BricklayerClient.to(server.uri())
                .as(Credentials.admin(FakeServer.SECRET))
                .time(time)
                .patience(Patience.NORMAL.withOperation(Duration.ofMillis(200)))
                .build();
        server.service.stallMillis = 2000;

        assertThatThrownBy(hasty::examineGluster).isInstanceOf(ServerUnreachable.class);
    }

    @Test
    void theLogLevelIsReadAndSet() {
        assertThat(client.logLevel()).isEqualTo("info");
        client.setLogLevel("debug");
        assertThat(client.logLevel()).isEqualTo("debug");
        assertThatThrownBy(() -> client.setLogLevel("loud"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("invalid log level: loud");
    }

    @Test
    void theModeIsReadAndSet() {
        assertThat(client.adminMode()).isEqualTo("normal");
        client.setAdminMode("read-only");
        assertThat(client.adminMode()).isEqualTo("read-only");
        assertThatThrownBy(() -> client.setAdminMode("normal"))
                .isInstanceOf(ServerFailed.class)
                .hasMessageContaining("Service disabled for maintenance");
    }

    @Test
    void theTopologyHoldsAllClustersWithTheirVolumesAndNodes() {
        VolumeInfo volume = volume(false);

        TopologyInfo topology = client.topology();

        TopologyInfo.Cluster cluster = topology.clusters().get(0);
        assertThat(topology.clusters()).hasSize(1);
        assertThat(cluster.id()).isEqualTo(volume.cluster());
        assertThat(cluster.volumes()).containsExactly(volume);
        assertThat(cluster.nodes()).extracting(NodeInfo::zone).containsExactly(1, 2, 3);
    }

    @Test
    void whatVanishesWhileTheTopologyIsReadIsLeftOut() {
        VolumeInfo volume = volume(false);
        server.vanished = volume.id();

        assertThat(client.topology().clusters().get(0).volumes()).isEmpty();
    }
}

package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.AdoptionRequest;
import bricklayer.api.BlockRestrictionRequest;
import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BrickEvictRequest;
import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceDeleteRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.api.DoctorRequest;
import bricklayer.api.Drift;
import bricklayer.api.Durability;
import bricklayer.api.Event;
import bricklayer.api.FaultRules;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeInfo;
import bricklayer.api.OperationInfo;
import bricklayer.api.OperationsCleanupRequest;
import bricklayer.api.PendingOperation;
import bricklayer.api.PlanInfo;
import bricklayer.api.QuarantinedForgetRequest;
import bricklayer.api.RebuildRequest;
import bricklayer.api.RepairRequest;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.client.Conflict;
import bricklayer.client.EventQuery;
import bricklayer.client.EventStream;
import bricklayer.client.NotFound;
import bricklayer.client.OperationFailed;
import bricklayer.client.RequestRefused;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Every method of the client, and that the server did what it says. The server has three nodes with two devices each, and makes block hosting volumes by itself. */
final class EveryCall {

    private static final VolumeCreateRequest REPLICATED = VolumeCreateRequest.of(1, Durability.replicate(3));
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration OFTEN = Duration.ofMillis(20);

    private final BricklayerClient client;

    EveryCall(BricklayerClient client) {
        this.client = client;
    }

    void service() {
        assertThat(client.hello()).isEqualTo("Hello from Heketi");
        assertThat(client.live().passed()).isTrue();
        assertThat(client.ready().passed()).isTrue();
        assertThat(client.metrics()).contains("heketi_up 1");
        assertThat(client.description()).startsWith("{").contains("\"openapi\"");
        assertThat(client.health().quarantined()).isEmpty();
        String level = client.logLevel();
        client.setLogLevel("debug");
        assertThat(client.logLevel()).isEqualTo("debug");
        client.setLogLevel(level);
        client.setAdminMode("local-client");
        assertThat(client.adminMode()).isEqualTo("local-client");
        client.setAdminMode("normal");
        assertThat(client.setFaults(new FaultRules(42, List.of())).seed()).isEqualTo(42);
        assertThat(client.faults().rules()).isEmpty();
        client.clearFaults();
    }

    void clustersAndNodes() {
        String cluster =
                client.createCluster(new ClusterCreateRequest(true, false)).id();
        client.setClusterFlags(cluster, new ClusterFlagsRequest(false, true));
        assertThat(client.cluster(cluster).block()).isTrue();
        assertThat(client.clusters()).hasSize(2).contains(cluster);

        NodeInfo node = client.addNode(
                new NodeAddRequest(9, new Hostnames(List.of("node9"), List.of("10.0.0.9")), cluster, Map.of()));
        assertThat(client.changeNodeTags(node.id(), new TagsChangeRequest("set", Map.of("rack", "9"))))
                .isEqualTo(Map.of("rack", "9"));
        client.setNodeState(node.id(), new StateRequest("offline", ""));
        assertThat(client.node(node.id()).state()).isEqualTo("offline");
        client.setNodeState(node.id(), new StateRequest("online", ""));
        assertThat(client.doctor().nodes()).isNotEmpty();
        assertThat(client.doctor(node.id()).nodes()).hasSize(1);
        assertThat(client.doctor(new DoctorRequest("node10")).nodes()).hasSize(1);
        assertThat(client.rebootCheck(node.id()).reasons()).isEmpty();

        client.addDevice(new DeviceAddRequest("/dev/vdb", Map.of(), node.id(), false));
        client.addDevice(new DeviceAddRequest("/dev/vdc", Map.of(), node.id(), false));
        List<DeviceInfo> devices = client.node(node.id()).devices();
        assertThat(devices).extracting(DeviceInfo::name).containsExactlyInAnyOrder("/dev/vdb", "/dev/vdc");
        for (DeviceInfo device : devices) {
            client.resyncDevice(device.id());
            assertThat(client.changeDeviceTags(device.id(), new TagsChangeRequest("update", Map.of("kind", "ssd"))))
                    .isEqualTo(Map.of("kind", "ssd"));
            client.setDeviceState(device.id(), new StateRequest("offline", ""));
            client.setDeviceState(device.id(), new StateRequest("failed", ""));
            assertThat(client.device(device.id()).state()).isEqualTo("failed");
        }
        assertThatThrownBy(() -> client.deleteNode(node.id())).isInstanceOf(Conflict.class);
        client.deleteDevice(devices.get(0).id());
        client.deleteDevice(devices.get(1).id(), new DeviceDeleteRequest(true));
        client.deleteNode(node.id());
        client.deleteCluster(cluster);
        assertThat(client.topology().clusters()).hasSize(1);
    }

    void events() {
        String position;
        try (EventStream events = client.events(EventQuery.ALL.ofKinds("cluster"))) {
            String cluster =
                    client.createCluster(new ClusterCreateRequest(true, false)).id();
            Event made = events.next();
            assertThat(made.type()).isEqualTo("created");
            assertThat(made.id()).isEqualTo(cluster);
            client.deleteCluster(cluster);
            position = events.position();
        }
        try (EventStream events =
                client.events(EventQuery.ALL.ofKinds("cluster").after(position).untilNow())) {
            assertThat(events.next().type()).isEqualTo("deleted");
            assertThat(events.hasNext()).isFalse();
        }
    }

    void volumes() {
        VolumeInfo volume = client.createVolume(REPLICATED.named("data"));
        assertThat(client.expandVolume(volume.id(), 1).sizeGiB()).isEqualTo(2);
        assertThat(client.volume(volume.id()).name()).isEqualTo("data");
        VolumeInfo copy = client.cloneVolume(volume.id(), new VolumeCloneRequest("copy"));
        assertThat(client.volumes()).containsExactlyInAnyOrder(volume.id(), copy.id());
        client.deleteVolume(copy.id());
        client.deleteVolume(volume.id());
        VolumeInfo moved = client.createVolume(VolumeCreateRequest.of(1, Durability.replicate(3)));
        String brick = moved.bricks().getFirst().id();
        client.evictBrick(brick, new BrickEvictRequest("disable"));
        assertThat(client.volume(moved.id()).bricks())
                .hasSize(3)
                .noneMatch(it -> it.id().equals(brick));
        client.deleteVolume(moved.id());
        assertThat(client.volumes()).isEmpty();
    }

    void blockVolumes() {
        BlockVolumeInfo block = client.createBlockVolume(new BlockVolumeCreateRequest(1, List.of(), "b", 2, true));
        assertThat(client.expandBlockVolume(block.id(), 2).sizeGiB()).isEqualTo(2);
        assertThat(client.blockVolume(block.id()).target().hosts()).hasSize(2);
        assertThat(client.blockVolumes()).containsExactly(block.id());
        assertThat(client.setBlockRestriction(block.hostingVolume(), new BlockRestrictionRequest("locked"))
                        .blockInfo()
                        .restriction())
                .isEqualTo("locked");
        client.deleteBlockVolume(block.id());
        client.deleteVolume(block.hostingVolume());
    }

    void plans() {
        PlanInfo plan = client.plan(it -> it.createVolume(REPLICATED)).orElseThrow();
        assertThat(client.volumes()).isEmpty();
        assertThat(client.plan(plan.id()).kind()).isEqualTo("create-volume");
        String made = client.carryOut(plan.id()).orElseThrow();
        assertThat(made).isEqualTo("/volumes/" + client.volumes().getFirst());
        client.volumes().forEach(client::deleteVolume);
    }

    /** A delete does not come to its end while a node does not answer. */
    void operations() {
        VolumeInfo volume = client.createVolume(REPLICATED);
        client.setFaults(WireJson.read(
                "{\"rules\": [{\"operation\": \"delete-volume\", \"command\": \" lvremove \", \"node\": \"node3\", \"act\": \"error\"}]}",
                FaultRules.class));
        CompletableFuture<?> deleted = client.runAsync(it -> it.deleteVolume(volume.id()));
        Eventually.within(
                PATIENCE, OFTEN, "it is open", () -> client.pendingOperations().size() == 1);
        PendingOperation open = client.pendingOperations().getFirst();
        assertThat(client.operations().total()).isEqualTo(1);
        Eventually.within(
                PATIENCE,
                OFTEN,
                "it failed once",
                () -> client.pendingOperation(open.id()).attempts() > 0);
        client.cleanUpOperations(new OperationsCleanupRequest(List.of(open.id())));
        assertThatThrownBy(() -> steered(() -> client.undoOperation(open.id())))
                .as("past its pivot")
                .isInstanceOf(OperationFailed.class);

        OperationInfo abandoned = steered(() -> client.abandonOperation(open.id()));
        assertThat(abandoned.state()).isEqualTo("abandoned");
        assertThat(client.abandonedOperations()).containsExactly(abandoned);
        assertThat(deleted).failsWithin(PATIENCE);

        client.clearFaults();
        assertThat(client.resumeOperation(open.id()).state()).isEqualTo("done");
        assertThat(client.follow("/queue/" + open.id())).isEmpty();
        assertThat(client.operation(open.id()).state()).isEqualTo("done");
        assertThat(client.volumes()).isEmpty();
    }

    /** Once nobody drives it. */
    private static OperationInfo steered(Supplier<OperationInfo> how) {
        List<OperationInfo> info = new ArrayList<>();
        Eventually.within(PATIENCE, OFTEN, "nobody drives it", () -> {
            try {
                return info.add(how.get());
            } catch (Conflict driven) {
                return false;
            }
        });
        return info.getFirst();
    }

    void records() {
        VolumeInfo volume = client.createVolume(REPLICATED);
        assertThat(client.dump().volumes()).containsOnlyKeys(volume.id());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client.dumpDb(out);
        String dump = client.dumpDb();
        assertThat(dump).contains(volume.id());
        assertThat(client.checkRecords().totalInconsistencies()).isZero();
        assertThat(client.checkDb()).contains("\"totalinconsistencies\": 0");
        out.reset();
        client.backupDb(out);
        assertThat(out.size()).isPositive();
        int before = client.backups().backups().size();
        assertThat(client.backUp().backups()).hasSizeGreaterThan(before);
        assertThat(client.previewHeketiImport(dump).imported()).isFalse();
        assertThatThrownBy(() -> client.importHeketi(dump)).isInstanceOf(Conflict.class);
        assertThat(WireJson.write(client.exportHeketi())).contains(volume.id());
        assertThatThrownBy(() -> client.forgetQuarantined(new QuarantinedForgetRequest("volume", volume.id())))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> client.rebuild(new RebuildRequest(List.of(), null, false, false)))
                .isInstanceOf(RequestRefused.class);
        client.deleteVolume(volume.id());
    }

    void reconcile() {
        assertThat(client.examine().clusters()).hasSize(1);
        assertThat(client.examineGluster()).contains("ClusterHeketiID");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client.examineGluster(out);
        assertThat(out.size()).isPositive();
        List<Drift> lines = new ArrayList<>();
        client.reconcile("", "", lines::add);
        assertThat(Objects.requireNonNull(lines.getLast().end()).findings()).isZero();
        assertThat(client.lastReconcile().standing()).isZero();
        assertThat(client.repair(new RepairRequest(List.of("0".repeat(16)), true, false))
                        .repairs())
                .singleElement()
                .satisfies(repair -> assertThat(repair.refused()).isNotEmpty());
        assertThat(client.adoptions("").volumes()).isEmpty();
        assertThatThrownBy(() -> client.adopt(new AdoptionRequest("nobodys", "", false)))
                .isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> client.forgetVolume("0".repeat(32))).isInstanceOf(NotFound.class);
        client.stamp();
        assertThat(client.compareStamps().differences()).isEmpty();
        assertThatThrownBy(() -> client.reconcile("", "", line -> {
                    throw new IllegalStateException("the caller's own");
                }))
                .hasMessage("the caller's own");
    }
}

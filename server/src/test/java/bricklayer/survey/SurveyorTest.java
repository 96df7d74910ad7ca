package bricklayer.survey;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.gluster.BrickProcess;
import bricklayer.gluster.ClusterSeen;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.SnapshotSeen;
import bricklayer.gluster.VolumeDetails;
import bricklayer.gluster.VolumeType;
import bricklayer.glusterblock.BlockInfo;
import bricklayer.glusterblock.BlocksSeen;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.Command;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.host.Told;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.lvm.GroupsSeen;
import bricklayer.lvm.LvSeen;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.PvSeen;
import bricklayer.lvm.ThinLv;
import bricklayer.lvm.VgSeen;
import bricklayer.mount.FstabEntry;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.mount.MountsSeen;
import bricklayer.mount.MountsSeen.Folder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two simulated nodes with one volume on the first. */
final class SurveyorTest {

    private static final ClusterId CLUSTER = new ClusterId("c1".repeat(16));
    private static final HostName N1 = new HostName("node1");
    private static final HostName N2 = new HostName("node2");
    private static final Node FIRST = node("a1", N1, "10.0.0.1");
    private static final Node SECOND = node("a2", N2, "10.0.0.2");
    private static final String LV = "/dev/mapper/vg_1-brick_a";
    private static final String POINT = Device.MOUNT_ROOT + "/vg_1/brick_a";
    private static final String UUID = "DfPwKf-aLAq-NEtY-aFR0-IJkU-vDGG-ZXVvrK";

    private final SimulatedNodes nodes = SimulatedNodes.inMemory(SimulatedSettings.DEFAULTS);
    private final SimulatedExecutor executor = new SimulatedExecutor(nodes, pause -> {});
    private final Hosts hosts = new Hosts(executor);
    private final Gluster gluster = new Gluster(GlusterSettings.DEFAULTS);
    private final GlusterBlock blocks = new GlusterBlock(GlusterBlockSettings.DEFAULTS);
    private final Lvm lvm = new Lvm(LvmSettings.DEFAULTS);
    private final Mounts mounts = new Mounts(MountSettings.DEFAULTS);
    private final Surveyor surveyor = new Surveyor(hosts, lvm, mounts, gluster, blocks);

    @BeforeEach
    void makeAVolume() {
        nodes.nameNode(N1, "10.0.0.1");
        nodes.nameNode(N2, "10.0.0.2");
        run(
                gluster.peerProbe("10.0.0.2"),
                lvm.pvcreate("/dev/vdb", UUID),
                lvm.vgcreate("vg_1", "/dev/vdb", List.of("bricklayer.node=x")),
                lvm.lvcreateThin(
                        new ThinLv("vg_1", "tp_a", "brick_a", 4_194_304, 20_480, 4_194_304, false, List.of("b=1"))),
                mounts.makeXfs(LV, false),
                mounts.mkdir(POINT),
                mounts.addFstabEntry(LV, POINT),
                mounts.mount(LV, POINT),
                mounts.makeBrickDirectory(POINT + "/brick"));
        mounts.setGroup(POINT + "/brick", 2001).forEach(this::run);
        run(
                gluster.createVolume("data", VolumeType.distribute(), List.of("10.0.0.1:" + POINT + "/brick")),
                gluster.start("data"),
                gluster.createSnapshot("snap", "data"));
    }

    @Test
    void seesWhatANodeHoldsInThreeCommands() {
        long before = executor.counters().asked();

        NodeSurvey seen = surveyor.node(FIRST);

        assertThat(executor.counters().asked() - before).isEqualTo(3);
        assertThat(seen.gaps()).isEmpty();
        var groups = seen.groups().map(all -> all).or(new GroupsSeen(List.of(), List.of()));
        PvSeen physical = groups.physicalVolumes().getFirst();
        assertThat(physical.device()).isEqualTo("/dev/vdb");
        assertThat(physical.uuid()).isEqualTo(UUID);
        VgSeen group = groups.groups().getFirst();
        assertThat(group.name()).isEqualTo("vg_1");
        assertThat(group.tags()).containsExactly("bricklayer.node=x");
        assertThat(group.sizeKiB() - group.freeKiB()).isEqualTo(4_194_304 + 2 * 20_480);
        List<LvSeen> volumes = seen.volumes().or(List.of());
        assertThat(volumes).extracting(LvSeen::name).contains("brick_a", "tp_a").hasSize(3);
        assertThat(volumes).filteredOn(LvSeen::isThinPool).singleElement().satisfies(pool -> {
            assertThat(pool.sizeKiB()).isEqualTo(4_194_304);
            assertThat(pool.metadataKiB()).isEqualTo(20_480);
            assertThat(pool.tags()).containsExactly("b=1");
        });
        assertThat(volumes)
                .filteredOn(lv -> !lv.origin().isEmpty())
                .singleElement()
                .satisfies(lv -> assertThat(lv.origin()).isEqualTo("brick_a"));
        MountsSeen mounted = mountsOf(seen);
        assertThat(mounted.mounts())
                .filteredOn(mount -> mount.device().equals(LV))
                .singleElement()
                .satisfies(mount -> assertThat(mount.path()).isEqualTo(POINT));
        assertThat(mounted.fstab()).containsExactly(new FstabEntry(LV, POINT, "xfs", "rw,inode64,noatime,nouuid"));
        assertThat(mounted.folders())
                .containsExactly(
                        new Folder(Device.MOUNT_ROOT + "/vg_1", true, "755", 0),
                        new Folder(POINT, true, "755", 0),
                        new Folder(POINT + "/brick", true, "2775", 2001));
        assertThat(mounted.strays()).isEmpty();
    }

    @Test
    void seesFilesOnTheRootDisk() {
        nodes.killBrick(N1, POINT + "/brick");
        run(mounts.unmount(POINT), mounts.mkdir(POINT + "/brick/data"));

        MountsSeen mounted = mountsOf(surveyor.node(FIRST));

        assertThat(mounted.strays()).extracting(MountsSeen.Stray::path).containsExactly(POINT + "/brick/data");
        assertThat(mounted.folders()).contains(new Folder(POINT + "/brick", true, "755", 0));
    }

    @Test
    void seesAClusterInOneCommand() {
        long before = executor.counters().asked();

        ClusterSurvey survey = surveyor.cluster(CLUSTER, List.of(SECOND, FIRST), List.of(), List.of());

        assertThat(executor.counters().asked() - before).isEqualTo(1);
        assertThat(survey.answering()).isEqualTo(SECOND.id());
        ClusterSeen seen = seen(survey);
        assertThat(seen.volumes()).extracting(VolumeDetails::name).containsExactly("data");
        assertThat(seen.processes().or(List.of()))
                .containsExactly(new BrickProcess("data", "10.0.0.1:" + POINT + "/brick", true));
        assertThat(seen.peers()).hasSize(2);
        assertThat(seen.snapshots().or(List.of()))
                .singleElement()
                .extracting(SnapshotSeen::name, SnapshotSeen::origin, SnapshotSeen::active)
                .containsExactly("snap", "data", false);
    }

    @Test
    void seesBricksThatAreDown() {
        nodes.killBrick(N1, POINT + "/brick");

        assertThat(seen(surveyor.cluster(CLUSTER, List.of(FIRST), List.of(), List.of()))
                        .processes()
                        .or(List.of()))
                .extracting(BrickProcess::up)
                .containsExactly(false);
    }

    @Test
    void seesBlockVolumes() {
        run(blocks.create("data", "block1", true, List.of("10.0.0.1"), 1));
        long before = executor.counters().asked();

        ClusterSurvey survey =
                surveyor.cluster(CLUSTER, List.of(FIRST), List.of("data"), List.of("data/block1", "data/gone"));

        assertThat(executor.counters().asked() - before).isEqualTo(2);
        var seen = survey.blocks().or(BlocksSeen.NONE);
        assertThat(seen.names().get("data")).isEqualTo(new Told.Known<>(List.of("block1")));
        assertThat(seen.infos().get("data/gone")).isEqualTo(new Told.Known<>(Optional.empty()));
        assertThat(seen.infos())
                .hasEntrySatisfying(
                        "data/block1",
                        told -> assertThat(told.or(Optional.empty()).map(BlockInfo::ha))
                                .contains(1));
    }

    @Test
    void anotherNodeIsAskedWhenOneDoesNotKnow() {
        nodes.stopGlusterd(N2);

        ClusterSurvey survey = surveyor.cluster(CLUSTER, List.of(SECOND, FIRST), List.of(), List.of());

        assertThat(survey.answering()).isEqualTo(FIRST.id());
        assertThat(survey.gluster().isKnown()).isTrue();
    }

    /** And it is asked once only: each question to a dead node takes its time. */
    @Test
    void anUnreachableNodeIsUnknownWithTheReason() {
        nodes.cutPower(N1);
        nodes.stopGlusterd(N2);
        long before = executor.counters().asked();

        NodeSurvey seen = surveyor.node(FIRST);
        ClusterSurvey survey = surveyor.cluster(CLUSTER, List.of(FIRST, SECOND), List.of(), List.of());

        assertThat(executor.counters().asked() - before).isEqualTo(3);
        assertThat(seen.gaps()).singleElement().asString().contains("no route to host");
        assertThat(survey.gluster().isKnown()).isFalse();
        assertThat(survey.gluster().whyNot()).contains("no route to host").contains("gluster daemon is operational");
    }

    private static MountsSeen mountsOf(NodeSurvey survey) {
        assertThat(survey.mounts().whyNot()).isEmpty();
        return survey.mounts().or(new MountsSeen(List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    private static ClusterSeen seen(ClusterSurvey survey) {
        assertThat(survey.gluster().whyNot()).isEmpty();
        return ((Told.Known<ClusterSeen>) survey.gluster()).value();
    }

    private void run(Command... commands) {
        for (Command command : commands) {
            hosts.run(N1, new Guard("op1.lane1"), command);
        }
    }

    private static Node node(String id, HostName host, String storage) {
        return new Node(
                new NodeId(id.repeat(16)), CLUSTER, 1, List.of(host.value()), List.of(storage), Map.of(), State.ONLINE);
    }
}

package bricklayer.examine;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.Examination.ClusterState;
import bricklayer.api.Examination.LvmReport;
import bricklayer.api.Examination.MountStatus;
import bricklayer.api.Examination.NodeState;
import bricklayer.api.Examination.Volumes;
import bricklayer.api.WireJson;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.VolumeType;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.Command;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.RequestedDurability;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.ThinLv;
import bricklayer.main.Formats;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.SequentialThreads;
import bricklayer.store.memory.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two simulated nodes with one volume on the first: what is learned, and that whatever a node does not say is told and harms nothing else. */
final class ExaminerTest {

    private static final ClusterId CLUSTER = new ClusterId("c1".repeat(16));
    private static final HostName N1 = new HostName("node1");
    private static final HostName N2 = new HostName("node2");
    private static final String ID1 = "a1".repeat(16);
    private static final String ID2 = "a2".repeat(16);
    private static final String LV = "/dev/mapper/vg_1-brick_a";
    private static final String POINT = "/m/vg_1/brick_a";
    private static final String FIRST_LINE = "OnDemand Examiner invoked while 2 ops are in flight";

    private final SimulatedNodes nodes = SimulatedNodes.inMemory(SimulatedSettings.DEFAULTS);
    private final Hosts hosts = new Hosts(new SimulatedExecutor(nodes, pause -> {}));
    private final Gluster gluster = new Gluster(GlusterSettings.DEFAULTS);
    private final Lvm lvm = new Lvm(LvmSettings.DEFAULTS);
    private final Mounts mounts = new Mounts(MountSettings.DEFAULTS);
    private final Examiner examiner = new Examiner(
            hosts, gluster, new GlusterBlock(GlusterBlockSettings.DEFAULTS), lvm, mounts, new SequentialThreads());
    private final MemoryStore store = new MemoryStore(Formats.SCHEMA);

    @BeforeEach
    void makeAVolume() {
        nodes.nameNode(N1, "10.0.0.1");
        nodes.nameNode(N2, "10.0.0.2");
        run(
                gluster.peerProbe("10.0.0.2"),
                lvm.pvcreate("/dev/vdb", "DfPwKf-aLAq-NEtY-aFR0-IJkU-vDGG-ZXVvrK"),
                lvm.vgcreate("vg_1", "/dev/vdb", List.of()),
                lvm.lvcreateThin(new ThinLv("vg_1", "tp_a", "brick_a", 1_048_576, 8192, 1_048_576, false, List.of())),
                mounts.makeXfs(LV, false),
                mounts.mkdir(POINT),
                mounts.addFstabEntry(LV, POINT),
                mounts.mount(LV, POINT),
                mounts.makeBrickDirectory(POINT + "/brick"),
                gluster.createVolume("data", VolumeType.distribute(), List.of("10.0.0.1:" + POINT + "/brick")),
                gluster.start("data"));
        store.write(tx -> {
            tx.put(Cluster.TABLE, new Cluster(CLUSTER, true, true));
            tx.put(Node.TABLE, node(ID1, N1, "10.0.0.1"));
            tx.put(Node.TABLE, node(ID2, N2, "10.0.0.2"));
            tx.put(Volume.TABLE, volume("data"));
            return CLUSTER;
        });
    }

    @Test
    void seesWhatTheNodesHold() {
        Examiner.Result result = examine();

        assertThat(result.report())
                .containsExactly(FIRST_LINE, "heketi volume list matches with volume list of all nodes");
        NodeState first = nodesOf(result).getFirst();
        assertThat(first.id()).isEqualTo(ID1);
        assertThat(row(first.physicalVolumes(), "pv"))
                .contains(Map.entry("pv_name", "/dev/vdb"), Map.entry("vg_name", "vg_1"))
                .hasSize(6);
        assertThat(row(first.volumeGroups(), "vg"))
                .containsEntry("vg_name", "vg_1")
                .containsKey("vg_size")
                .hasSize(7);
        assertThat(row(first.logicalVolumes(), "lv"))
                .contains(Map.entry("lv_name", "brick_a"), Map.entry("lv_size", "1048576.00k"))
                .hasSize(12);
        assertThat(first.mounts().statuses())
                .containsExactly(new MountStatus(LV, POINT, "xfs", "rw,inode64,noatime,nouuid", true));
        assertThat(WireJson.write(first.volumes()))
                .startsWith(
                        "{\"XMLName\":{\"Space\":\"\",\"Local\":\"volInfo\"},\"Volumes\":{\"XMLName\":{\"Space\":\"\","
                                + "\"Local\":\"volumes\"},\"Count\":1,\"VolumeList\":[{\"VolumeName\":\"data\",\"ID\":\"")
                .contains("\"Status\":1,\"StatusStr\":\"Started\",\"BrickCount\":1,\"DistCount\":1,\"StripeCount\":0,"
                        + "\"ReplicaCount\":1,\"ArbiterCount\":0,\"DisperseCount\":0,\"RedundancyCount\":0,\"Type\":0,"
                        + "\"TypeStr\":\"Distribute\",\"Transport\":0,\"Bricks\":{\"BrickList\":[{\"UUID\":\"")
                .contains("\"Name\":\"10.0.0.1:" + POINT + "/brick\"")
                .contains("\"IsArbiter\":0}]},\"OptCount\":")
                .contains("\"Options\":{\"OptionList\":[{\"Name\":\"");
        assertThat(WireJson.write(nodesOf(result).getLast()))
                .startsWith("{\"NodeHeketiID\":\"" + ID2 + "\",\"VolumeInfo\":{")
                .endsWith("\"LVMPVInfo\":{\"report\":[{\"pv\":[]}]},\"LVMVGInfo\":{\"report\":[{\"vg\":[]}]},"
                        + "\"LVMLVInfo\":{\"report\":[{\"lv\":[]}]},\"BricksMountStatus\":{\"Statuses\":[]},"
                        + "\"BlockVolumeNames\":null}");
    }

    @Test
    void seesThatABrickIsNotMounted() {
        run(gluster.stop("data"), mounts.unmount(POINT));

        assertThat(nodesOf(examine()).getFirst().mounts().statuses())
                .singleElement()
                .matches(status -> !Objects.requireNonNull(status).mounted());
    }

    @Test
    void tellsWhenARecordHasNoVolume() {
        store.write(tx -> {
            tx.put(Volume.TABLE, volume("gone"));
            return CLUSTER;
        });

        assertThat(examine().report())
                .containsExactly(
                        FIRST_LINE,
                        "heketi volume list does not match with volume list of node " + ID1,
                        "heketi volume list does not match with volume list of node " + ID2);
    }

    @Test
    void anUnreachableNodeIsALine() {
        nodes.disconnect(N2);

        Examiner.Result result = examine();
        assertThat(result.report())
                .containsExactly(
                        FIRST_LINE,
                        "could not fetch data from node node2",
                        "heketi volume list matches with volume list of all nodes");
        assertThat(nodesOf(result)).extracting(NodeState::id).containsExactly(ID1);
    }

    @Test
    void aNodeWithoutGlusterdSaysTheRest() {
        nodes.stopGlusterd(N2);

        Examiner.Result result = examine();
        assertThat(result.report())
                .containsExactly(
                        FIRST_LINE,
                        "heketi volume list could not be compared with volume list of node " + ID2
                                + " due to missing info");
        assertThat(nodesOf(result).getLast().volumes()).isEqualTo(Volumes.UNKNOWN);
        assertThat(nodesOf(result).getLast().mounts().statuses()).isEmpty();
    }

    @Test
    void aClusterOfWhichNobodyAnswersIsALine() {
        nodes.disconnect(N1);
        nodes.disconnect(N2);

        Examiner.Result result = examine();
        assertThat(result.report())
                .containsExactly(
                        FIRST_LINE,
                        "could not fetch data from node node1",
                        "could not fetch data from node node2",
                        "not able to fetch any data from cluster " + CLUSTER);
        assertThat(WireJson.write(result.clusters()))
                .isEqualTo("[{\"ClusterHeketiID\":\"" + CLUSTER + "\",\"NodesData\":null}]");
    }

    private Examiner.Result examine() {
        return examiner.examine(store.rows(), 2);
    }

    private static List<NodeState> nodesOf(Examiner.Result result) {
        ClusterState only = result.clusters().getFirst();
        return Objects.requireNonNull(only.nodes());
    }

    private static Map<String, String> row(LvmReport report, String kind) {
        return Objects.requireNonNull(
                        Objects.requireNonNull(report.report()).getFirst().get(kind))
                .getFirst();
    }

    private void run(Command... commands) {
        for (Command command : commands) {
            hosts.run(N1, new Guard("op1.lane1"), command);
        }
    }

    private static Node node(String id, HostName manage, String storage) {
        return new Node(new NodeId(id), CLUSTER, 1, List.of(manage.value()), List.of(storage), Map.of(), State.ONLINE);
    }

    private static Volume volume(String name) {
        return new Volume(
                new VolumeId("%32s".formatted(name).replaceAll("[^0-9a-f]", "0")),
                name,
                CLUSTER,
                1,
                new RequestedDurability("none", 0, 0, 0),
                false,
                1,
                0,
                List.of(),
                false,
                List.of(),
                0,
                "");
    }
}

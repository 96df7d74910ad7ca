package bricklayer.dump;

import static bricklayer.dump.SmallWorld.CLUSTER;
import static bricklayer.dump.SmallWorld.DEVICE;
import static bricklayer.dump.SmallWorld.NODE;
import static bricklayer.dump.SmallWorld.brick;
import static bricklayer.dump.SmallWorld.volume;
import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.ConsistencyReport;
import bricklayer.api.ConsistencyReport.Section;
import bricklayer.api.WireJson;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.operation.Plan;
import bricklayer.store.QuarantinedRow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sound pictures, also those in the middle of an operation, have no inconsistencies; each kind of damage has its line. */
final class ConsistencyCheckTest {

    private static final Volume VOLUME = volume("e1", "data", 10);
    private static final Brick FIRST = brick("b1", VOLUME, 0, 10_485_760, 53_248);
    private static final Brick SECOND = brick("b2", VOLUME, 1, 2_097_152, 12_288);

    private final SmallWorld world =
            new SmallWorld().put(Volume.TABLE, VOLUME).put(Brick.TABLE, FIRST).put(Brick.TABLE, SECOND);

    @Test
    void findsNothingInASoundPicture() {
        assertThat(WireJson.write(check()))
                .isEqualTo("{\"clusters\":{\"total\":1,\"pending\":0,\"ok\":1,\"notok\":0,\"inconsistencies\":null},"
                        + "\"volumes\":{\"total\":1,\"pending\":0,\"ok\":1,\"notok\":0,\"inconsistencies\":null},"
                        + "\"bricks\":{\"total\":2,\"pending\":0,\"ok\":2,\"notok\":0,\"inconsistencies\":null},"
                        + "\"nodes\":{\"total\":1,\"pending\":0,\"ok\":1,\"notok\":0,\"inconsistencies\":null},"
                        + "\"devices\":{\"total\":1,\"pending\":0,\"ok\":1,\"notok\":0,\"inconsistencies\":null},"
                        + "\"blockvolumes\":{\"total\":0,\"pending\":0,\"ok\":0,\"notok\":0,\"inconsistencies\":null},"
                        + "\"dbattributes\":{\"total\":0,\"pending\":0,\"ok\":0,\"notok\":0,\"inconsistencies\":null},"
                        + "\"pendingoperations\":{\"total\":0,\"pending\":0,\"ok\":0,\"notok\":0,\"inconsistencies\":null},"
                        + "\"totalinconsistencies\":0}");
    }

    @Test
    void findsNothingWhileVolumesGrowComeAndMove() {
        Volume coming = volume("e2", "coming", 1);
        Brick ofComing = brick("b3", coming, 0, 1024, 4096);
        Brick moved = brick("b4", VOLUME, 0, 1024, 4096);
        world.put(Volume.TABLE, coming)
                .put(Brick.TABLE, ofComing)
                .put(Brick.TABLE, moved)
                .open(
                        "0a",
                        Plan.of("create-volume")
                                .creates(Volume.TABLE, coming)
                                .creates(Brick.TABLE, ofComing)
                                .build())
                .open(
                        "0b",
                        Plan.of("evict-brick")
                                .creates(Brick.TABLE, moved)
                                .deletes(Brick.TABLE, FIRST)
                                .build());

        ConsistencyReport report = check();
        assertThat(report.totalInconsistencies()).isZero();
        assertThat(report.volumes()).isEqualTo(new Section(2, 1, 2, 0, null));
        assertThat(report.bricks()).isEqualTo(new Section(4, 3, 4, 0, null));
        assertThat(report.operations()).isEqualTo(new Section(2, 0, 2, 0, null));
    }

    @Test
    void tellsOfRowsThatNameOnesThatAreNotThere() {
        world.delete(Cluster.TABLE, CLUSTER).delete(Device.TABLE, DEVICE.id()).delete(Volume.TABLE, VOLUME.id());

        ConsistencyReport report = check();
        assertThat(report.nodes().texts()).containsExactly("Node " + NODE + " unknown cluster " + CLUSTER);
        assertThat(report.bricks())
                .isEqualTo(new Section(
                        2,
                        0,
                        0,
                        2,
                        List.of(
                                "Brick " + FIRST.id() + " unknown volume " + VOLUME.id(),
                                "Brick " + FIRST.id() + " unknown device " + DEVICE.id(),
                                "Brick " + SECOND.id() + " unknown volume " + VOLUME.id(),
                                "Brick " + SECOND.id() + " unknown device " + DEVICE.id())));
        assertThat(report.totalInconsistencies()).isEqualTo(5);
    }

    @Test
    void tellsOfANodeThatIsGoneAndOfAVolumeWithoutCluster() {
        world.delete(Node.TABLE, NODE).delete(Cluster.TABLE, CLUSTER);

        ConsistencyReport report = check();
        assertThat(report.devices().texts()).containsExactly("Device " + DEVICE.id() + " unknown node " + NODE);
        assertThat(report.bricks().texts()).contains("Brick " + FIRST.id() + " unknown node " + NODE);
        assertThat(report.volumes().texts()).containsExactly("Volume " + VOLUME.id() + " unknown cluster " + CLUSTER);
    }

    @Test
    void tellsOfADeviceThatHoldsMoreThanItHas() {
        world.change(Device.TABLE, DEVICE.id(), device -> device.withSize(1024, 4096));

        assertThat(check().devices().texts())
                .containsExactly(
                        "Device " + DEVICE.id() + " size values differ Total(1024) != Free(0) + Used(12648448)");
    }

    @Test
    void tellsOfABrickThatIsMissingFromTheMiddleAndOfAVolumeWithoutAny() {
        world.delete(Brick.TABLE, FIRST.id()).put(Volume.TABLE, volume("e2", "empty", 1));

        assertThat(check().volumes().texts())
                .containsExactly(
                        "Volume " + VOLUME.id() + " has bricks at the positions 1 instead of 0 to 0",
                        "Volume " + "e2".repeat(16) + " has no bricks");
    }

    @Test
    void tellsOfABrickOnAnotherNodeThanItsDevice() {
        Node other = SmallWorld.node(
                new bricklayer.inventory.NodeId("a2".repeat(16)), CLUSTER, "node-b.example", "192.0.2.12");
        world.put(Node.TABLE, other)
                .change(
                        Device.TABLE,
                        DEVICE.id(),
                        device -> new Device(
                                device.id(),
                                other.id(),
                                device.name(),
                                device.tags(),
                                device.state(),
                                device.totalKiB(),
                                device.extentKiB(),
                                device.pvUuid(),
                                device.paths()));

        assertThat(check().bricks().texts())
                .contains("Brick " + FIRST.id() + " is said to be on node " + NODE + ", but its device " + DEVICE.id()
                        + " is on node " + other.id());
    }

    @Test
    void tellsOfOperationsWhoseRowsAreMissing() {
        world.open(
                        "0a",
                        Plan.of("expand-volume")
                                .updates(Volume.TABLE, VOLUME.grownBy(1))
                                .creates(Brick.TABLE, SECOND)
                                .build())
                .delete(Volume.TABLE, VOLUME.id())
                .delete(Brick.TABLE, SECOND.id());

        assertThat(check().operations().texts())
                .containsExactly(
                        "pending op " + "0a".repeat(16) + ": change id missing " + VOLUME.id()
                                + " not found in volumes",
                        "pending op " + "0a".repeat(16) + " id in change missing " + SECOND.id()
                                + " not found in bricks");
    }

    @Test
    void tellsOfRowsThatCannotBeRead() {
        ConsistencyReport report = ConsistencyCheck.of(
                world.rows(),
                List.of(
                        new QuarantinedRow("volumes", "e9", 9, "{}", "version 9 is newer", Optional.empty()),
                        new QuarantinedRow("tools", "saw", 7, "{}", "no table tools", Optional.empty())));

        assertThat(report.volumes())
                .isEqualTo(new Section(2, 0, 1, 1, List.of("Row e9 of volumes cannot be read: version 9 is newer")));
        assertThat(report.attributes().texts()).containsExactly("Row saw of tools cannot be read: no table tools");
        assertThat(report.totalInconsistencies()).isEqualTo(2);
    }

    private ConsistencyReport check() {
        return ConsistencyCheck.of(world.rows(), List.of());
    }
}

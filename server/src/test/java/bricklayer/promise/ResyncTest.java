package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.host.Command;
import bricklayer.host.Guard;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import bricklayer.operation.Plan;
import bricklayer.operation.Planner;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a device holds is asked of its node again. */
class ResyncTest {

    private final StorageWorld world = new StorageWorld(3, nothing -> {});

    private Device device() {
        return world.rows().all(Device.TABLE).iterator().next();
    }

    private Operation resync() {
        Planner planner = (rows, attempt) -> world.devicePlans.resync(rows, device().id());
        return world.submit(planner).orElseThrow();
    }

    @Test
    void whatIsAllocatedByOursAndLvmsSpareIsNotForeign() {
        world.prepared((rows, attempt) ->
                world.volumePlans.create(rows, VolumeCreateRequest.of(10, Durability.replicate(3)), attempt));
        Device before = world.rows()
                .get(
                        Device.TABLE,
                        world.rows()
                                .all(bricklayer.inventory.Brick.TABLE)
                                .iterator()
                                .next()
                                .device())
                .orElseThrow();
        world.submit((rows, attempt) -> world.devicePlans.resync(rows, before.id()));
        Device after = world.rows().get(Device.TABLE, before.id()).orElseThrow();
        assertThat(after).isEqualTo(before.withForeign(0));
        assertThat(Inventory.usedKiB(world.rows(), after)).isPositive();
    }

    @Test
    void whatSomebodyElseAllocatedIsShown() {
        Device device = device();
        Node node = world.rows().get(Node.TABLE, device.node()).orElseThrow();
        world.executor.change(
                node.host(),
                new Guard("somebody"),
                Command.of(
                        Duration.ofSeconds(10),
                        "/usr/sbin/lvm",
                        "lvcreate",
                        "-qq",
                        "--autobackup=n",
                        "--poolmetadatasize",
                        "8192K",
                        "--chunksize",
                        "256K",
                        "--size",
                        "1048576K",
                        "--thin",
                        device.volumeGroup() + "/foreign",
                        "--virtualsize",
                        "1048576K",
                        "--name",
                        "theirs"));
        assertThat(resync().state()).isEqualTo(OperationState.DONE);
        // data, metadata, and LVM's spare for it, of which we expect none
        assertThat(device().foreignKiB()).contains(1048576L + 2 * 8192);
        assertThat(Inventory.usedKiB(world.rows(), device())).isZero();
    }

    @Test
    void aSizeThatHasChangedIsRecorded() {
        Device right = device();
        world.submit((rows, attempt) -> Plan.of("set-wrong-size")
                .updates(Device.TABLE, right.withSize(7, 7))
                .build());
        assertThat(device().totalKiB()).isEqualTo(7);

        assertThat(resync().state()).isEqualTo(OperationState.DONE);

        assertThat(device()).isEqualTo(right.withForeign(0));
    }

    @Test
    void aNodeThatDoesNotAnswerLeavesTheRecordAsItWas() {
        Device before = device();
        world.executor
                .nodes()
                .cutPower(world.rows()
                        .get(Node.TABLE, before.node())
                        .orElseThrow()
                        .host());
        Operation failed = resync();
        assertThat(failed.state()).isEqualTo(OperationState.ABORTED);
        assertThat(failed.error().orElseThrow()).contains("vgs");
        assertThat(device()).isEqualTo(before);
    }
}

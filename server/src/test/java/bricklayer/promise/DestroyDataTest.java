package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.DeviceAddRequest;
import bricklayer.inventory.Device;
import bricklayer.lvm.PhysicalVolume;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code destroydata} wipes a disk on the caller's word, but never one that holds bricks under another name. */
class DestroyDataTest {

    private final StorageWorld world = new StorageWorld(1, _ -> {});
    private final Device ours = world.rows().all(Device.TABLE).iterator().next();

    private DeviceAddRequest destroying(String path) {
        return new DeviceAddRequest(path, Map.of(), ours.node().value(), true);
    }

    @Test
    void aDiskThatIsOursIsNotWiped() {
        PhysicalVolume onIt = new PhysicalVolume(ours.pvUuid(), ours.volumeGroup());
        var operation = world.submit((rows, attempt) ->
                        world.devicePlans.add(rows, destroying("/dev/disk/by-id/the-same"), Optional.of(onIt)))
                .orElseThrow();
        assertThat(operation.error()).contains("Device already in use (ID: " + ours.id() + ")");
        world.check();
        world.mustBeAsBefore();
    }

    @Test
    void aDiskOfSomebodyElseIsWipedAndTaken() {
        var node = new bricklayer.host.HostName("node1");
        world.executor.nodes().foreignSignature(node, "/dev/vdd", "ext4");
        var operation = world.submit(
                        (rows, attempt) -> world.devicePlans.add(rows, destroying("/dev/vdd"), Optional.empty()))
                .orElseThrow();
        assertThat(operation.error()).isEmpty();
        world.check();
    }

    @Test
    void withoutTheWordItIsRefusedAndLeftAsItIs() {
        var node = new bricklayer.host.HostName("node1");
        world.executor.nodes().foreignSignature(node, "/dev/vdd", "ext4");
        DeviceAddRequest polite =
                new DeviceAddRequest("/dev/vdd", Map.of(), ours.node().value(), false);
        var operation = world.submit((rows, attempt) -> world.devicePlans.add(rows, polite, Optional.empty()))
                .orElseThrow();
        assertThat(operation.error().orElseThrow()).contains("node1", "pvcreate", "ext4 signature");
        assertThat(world.executor.nodes().picture(node))
                .contains("disk /dev/vdd")
                .contains("ext4");
        world.check();
    }
}

package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.BrickEvictRequest;
import bricklayer.api.BrickInfo;
import bricklayer.api.DeviceDeleteRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Durability;
import bricklayer.api.NodeInfo;
import bricklayer.api.StateRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.client.OperationFailed;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Bricks move to other devices, devices and nodes are emptied and go, and the volumes keep their data. */
abstract class BrickMoves extends Scenario {

    @Test
    void volumesOutliveTheirBricksDevicesAndNodes() {
        Map<String, String> untouched = look().pictures();
        loadTopology(2);

        VolumeInfo replicated = client.createVolume(
                VolumeCreateRequest.of(1, Durability.replicate(3)).named("replicated"));
        VolumeInfo dispersed = client.createVolume(
                VolumeCreateRequest.of(2, Durability.disperse(2, 1)).named("dispersed"));
        VolumeInfo distributed =
                client.createVolume(VolumeCreateRequest.of(1, Durability.none()).named("distributed"));
        List<VolumeInfo> moving = List.of(replicated, dispersed);
        moving.forEach(this::fill);

        moving.forEach(this::evictOne);
        assertThatThrownBy(
                        () -> client.evictBrick(distributed.bricks().getFirst().id(), new BrickEvictRequest("")))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("neither replicated nor dispersed");
        assertAgree(volumes(), look());
        client.deleteVolume(distributed.id());

        disturb();
        moving.forEach(this::healed);
        removeADevice(moving);
        moving.forEach(this::healed);

        client.deleteVolume(dispersed.id());
        client.deleteVolume(replicated.id());
        VolumeInfo mirrored = client.createVolume(
                VolumeCreateRequest.of(1, Durability.replicate(2)).named("mirrored"));
        fill(mirrored);
        removeANode(mirrored);

        client.deleteVolume(mirrored.id());
        assertNoSpaceUsed();
        devices().filter(device -> device.state().equals("failed")).forEach(device -> client.deleteDevice(device.id()));
        removeEverything();
        assertThat(look().pictures()).isEqualTo(untouched);
    }

    private void evictOne(VolumeInfo volume) {
        BrickInfo brick = volume.bricks().getFirst();
        client.evictBrick(brick.id(), new BrickEvictRequest(""));

        VolumeInfo after = client.volume(volume.id());
        assertThat(after.bricks()).hasSameSizeAs(volume.bricks());
        Set<String> common = ids(after);
        common.retainAll(ids(volume));
        assertThat(common).as("bricks that stayed").hasSize(volume.bricks().size() - 1);
        assertThat(after.bricks()).noneMatch(other -> other.device().equals(brick.device()));
        assertAgree(volumes(), look());
        healed(after);
    }

    private static Set<String> ids(VolumeInfo volume) {
        return volume.bricks().stream().map(BrickInfo::id).collect(Collectors.toSet());
    }

    private void removeADevice(List<VolumeInfo> volumes) {
        DeviceInfo full = devices()
                .max(Comparator.comparingInt(device -> device.bricks().size()))
                .orElseThrow();
        int bricks = full.bricks().size();
        assertThat(bricks).isPositive();
        client.setDeviceState(full.id(), new StateRequest("offline", ""));
        client.setDeviceState(full.id(), new StateRequest("failed", ""));

        DeviceInfo empty = client.device(full.id());
        assertThat(empty.state()).isEqualTo("failed");
        assertThat(empty.bricks()).isEmpty();
        assertThat(empty.storage().usedKiB()).isZero();
        volumes.forEach(volume -> assertThat(client.volume(volume.id()).bricks())
                .hasSameSizeAs(volume.bricks())
                .noneMatch(brick -> brick.device().equals(full.id())));
        assertAgree(volumes(), look());
        client.deleteDevice(full.id(), new DeviceDeleteRequest(false));
    }

    private void removeANode(VolumeInfo volume) {
        NodeInfo node = client.node(volume.bricks().getFirst().node());
        client.setNodeState(node.id(), new StateRequest("offline", ""));
        client.setNodeState(node.id(), new StateRequest("failed", ""));

        NodeInfo empty = client.node(node.id());
        assertThat(empty.state()).isEqualTo("failed");
        assertThat(empty.devices()).allSatisfy(device -> {
            assertThat(device.state()).isEqualTo("failed");
            assertThat(device.bricks()).isEmpty();
        });
        VolumeInfo after = client.volume(volume.id());
        assertThat(after.bricks()).hasSize(2).noneMatch(brick -> brick.node().equals(node.id()));
        assertAgree(volumes(), look());
        healed(after);
        client.node(node.id()).devices().forEach(device -> client.deleteDevice(device.id()));
        client.deleteNode(node.id());
        assertThat(client.volume(volume.id()).mount().glusterfs().hosts()).hasSize(2);
    }

    /** glusterd of one node is started anew, and another node loses its power and gets it back. */
    abstract void disturb();

    /** Puts data into the volume, where it can hold any. */
    abstract void fill(VolumeInfo volume);

    /** Waits until all bricks hold what they should, and looks whether the data is what it was. */
    abstract void healed(VolumeInfo volume);
}

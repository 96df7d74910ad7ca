package bricklayer.inventory;

import bricklayer.api.BlockInfo;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BrickInfo;
import bricklayer.api.ClusterInfo;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Durability;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeInfo;
import bricklayer.api.Snapshot;
import bricklayer.api.Storage;
import bricklayer.api.VolumeInfo;
import bricklayer.api.VolumeMount;
import bricklayer.store.Rows;
import java.util.List;
import java.util.Objects;

/** Rows as the wire shows them. Everything is read from one picture, so an answer never mixes two moments. */
public final class Views {

    private Views() {}

    public static ClusterInfo cluster(Rows rows, Cluster cluster) {
        return new ClusterInfo(
                cluster.id().value(),
                visibleNodes(rows, cluster.id()).stream()
                        .map(node -> node.id().value())
                        .toList(),
                rows.find(Volume.TABLE, Volume.BY_CLUSTER, cluster.id().value()).stream()
                        .filter(volume -> Inventory.isVisible(rows, volume))
                        .map(volume -> volume.id().value())
                        .toList(),
                cluster.block(),
                cluster.file(),
                visibleIds(
                        rows,
                        rows.find(
                                BlockVolume.TABLE,
                                BlockVolume.BY_CLUSTER,
                                cluster.id().value())));
    }

    public static NodeInfo node(Rows rows, Node node) {
        return new NodeInfo(
                node.zone(),
                new Hostnames(node.manageHosts(), node.storageHosts()),
                node.cluster().value(),
                node.tags(),
                node.id().value(),
                node.state().wire(),
                Inventory.devices(rows, node.id()).stream()
                        .filter(device -> Inventory.isVisible(rows, device))
                        .map(device -> device(rows, device))
                        .toList());
    }

    public static DeviceInfo device(Rows rows, Device device) {
        long used = Inventory.usedKiB(rows, device);
        return new DeviceInfo(
                device.name(),
                device.tags(),
                new Storage(device.totalKiB(), device.totalKiB() - used, used),
                device.id().value(),
                device.paths(),
                Objects.requireNonNullElse(device.pvUuid(), ""),
                device.state().wire(),
                Inventory.bricksOn(rows, device.id()).stream()
                        .filter(brick -> Inventory.isMember(rows, brick) || Inventory.isDiscarded(rows, brick))
                        .map(Views::brick)
                        .toList());
    }

    public static BrickInfo brick(Brick brick) {
        return new BrickInfo(
                brick.id().value(),
                brick.path(),
                brick.device().value(),
                brick.node().value(),
                brick.volume().value(),
                brick.sizeKiB());
    }

    public static VolumeInfo volume(Rows rows, Volume volume) {
        RequestedDurability asked = volume.requested();
        return new VolumeInfo(
                volume.sizeGiB(),
                volume.name(),
                new Durability(
                        asked.type(),
                        new Durability.Replicate(asked.replica()),
                        new Durability.Disperse(asked.data(), asked.redundancy())),
                volume.gid(),
                volume.options(),
                volume.blockHosting(),
                new Snapshot(volume.snapshotEnabled(), volume.snapshotFactor()),
                volume.id().value(),
                volume.cluster().value(),
                VolumeMount.of(
                        volume.name(),
                        visibleNodes(rows, volume.cluster()).stream()
                                .map(Node::storageHost)
                                .toList()),
                volume.blockHosting() ? blockInfo(rows, volume) : BlockInfo.NONE,
                rows.find(Brick.TABLE, Brick.BY_VOLUME, volume.id().value()).stream()
                        .filter(brick -> Inventory.isMember(rows, brick))
                        .map(Views::brick)
                        .toList(),
                volume.isReadOnly());
    }

    private static BlockInfo blockInfo(Rows rows, Volume volume) {
        return new BlockInfo(
                HostingSpace.freeGiB(rows, volume),
                volume.reservedGiB(),
                visibleIds(rows, Inventory.blockVolumesOn(rows, volume.id())),
                volume.restriction());
    }

    public static BlockVolumeInfo blockVolume(BlockVolume block) {
        return new BlockVolumeInfo(
                block.sizeGiB(),
                block.name(),
                block.haCount(),
                block.id().value(),
                new BlockVolumeInfo.Target(
                        block.hosts(),
                        block.iqn(),
                        0,
                        block.chap().user(),
                        block.chap().password()),
                block.cluster().value(),
                block.hostingVolume().value(),
                block.usableGiB());
    }

    private static List<String> visibleIds(Rows rows, List<BlockVolume> blocks) {
        return blocks.stream()
                .filter(block -> Inventory.isVisible(rows, block))
                .map(block -> block.id().value())
                .toList();
    }

    private static List<Node> visibleNodes(Rows rows, ClusterId cluster) {
        return Inventory.nodes(rows, cluster).stream()
                .filter(node -> Inventory.isVisible(rows, node))
                .toList();
    }
}

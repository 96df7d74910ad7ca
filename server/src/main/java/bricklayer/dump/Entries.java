package bricklayer.dump;

import bricklayer.api.ClusterInfo;
import bricklayer.api.DatabaseDump.BrickEntry;
import bricklayer.api.DatabaseDump.ClusterEntry;
import bricklayer.api.DatabaseDump.DeviceEntry;
import bricklayer.api.DatabaseDump.DeviceFacts;
import bricklayer.api.DatabaseDump.NodeEntry;
import bricklayer.api.DatabaseDump.NodeFacts;
import bricklayer.api.DatabaseDump.VolumeEntry;
import bricklayer.api.DatabaseDump.VolumeFacts;
import bricklayer.api.Hostnames;
import bricklayer.api.Storage;
import bricklayer.api.VolumeInfo;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.Views;
import bricklayer.inventory.Volume;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows of one picture as entries of Heketi's dump. Nodes and devices that are being added are left out, as Heketi does not record them before they are there; volumes and bricks that are being made
 * are not. A brick that is to replace another has an entry and is in no list, as in Heketi.
 */
final class Entries {

    private static final int NORMAL = 1;
    private static final int ARBITER = 2;

    private final Rows rows;
    private final PendingItems pending;

    Entries(Rows rows, PendingItems pending) {
        this.rows = rows;
        this.pending = pending;
    }

    ClusterEntry cluster(Cluster cluster) {
        return new ClusterEntry(new ClusterInfo(
                cluster.id().value(),
                ids(nodes(cluster.id())),
                ids(rows.find(Volume.TABLE, Volume.BY_CLUSTER, cluster.id().value()).stream()
                        .filter(volume -> !volume.isReadOnly())),
                cluster.block(),
                cluster.file(),
                BlockEntries.ids(rows, cluster)));
    }

    NodeEntry node(Node node) {
        return new NodeEntry(
                node.state().wire(),
                new NodeFacts(
                        node.zone(),
                        new Hostnames(node.manageHosts(), node.storageHosts()),
                        node.cluster().value(),
                        node.tags(),
                        node.id().value()),
                ids(Inventory.devices(rows, node.id()).stream().filter(this::isThere)));
    }

    DeviceEntry device(Device device) {
        long used = Inventory.usedKiB(rows, device);
        return new DeviceEntry(
                device.state().wire(),
                new DeviceFacts(
                        device.name(),
                        device.tags(),
                        new Storage(device.totalKiB(), device.totalKiB() - used, used),
                        device.id().value(),
                        device.paths(),
                        device.pvUuid()),
                ids(Inventory.bricksOn(rows, device.id()).stream()
                        .filter(brick -> Inventory.isMember(rows, brick) || Inventory.isDiscarded(rows, brick))
                        .filter(this::isThere)),
                device.node().value(),
                device.extentKiB());
    }

    BrickEntry brick(Brick brick) {
        Brick answering = answeringForPool(brick);
        return new BrickEntry(
                Views.brick(brick),
                answering.poolKiB(),
                answering.metadataKiB(),
                pending.markOf(Brick.TABLE, brick.id()),
                brick.pool(),
                brick.lv().equals("brick_" + brick.id()) ? "" : brick.lv(),
                brick.arbiter() ? ARBITER : NORMAL);
    }

    /** Heketi says of each brick how large its pool is, and frees as much when the pool goes with it. Here one of those that share it does. */
    private Brick answeringForPool(Brick brick) {
        return brick.poolKiB() > 0
                ? brick
                : rows.find(Brick.TABLE, Brick.BY_POOL, Brick.poolOn(brick.device(), brick.pool())).stream()
                        .filter(other -> other.poolKiB() > 0)
                        .findFirst()
                        .orElse(brick);
    }

    VolumeEntry volume(Volume volume) {
        VolumeInfo info = Views.volume(rows, volume);
        return new VolumeEntry(
                new VolumeFacts(
                        info.sizeGiB(),
                        volume.requestedClusters(),
                        info.name(),
                        info.durability(),
                        info.gid(),
                        info.block(),
                        info.snapshot(),
                        info.id(),
                        info.cluster(),
                        info.mount(),
                        BlockEntries.info(rows, volume)),
                ids(rows.find(Brick.TABLE, Brick.BY_VOLUME, volume.id().value()).stream()
                        .filter(brick -> Inventory.isMember(rows, brick))),
                volume.options(),
                pending.markOf(Volume.TABLE, volume.id()));
    }

    boolean isThere(Node node) {
        return !pending.isBeingMade(Node.TABLE, node.id());
    }

    boolean isThere(Device device) {
        return !pending.isBeingMade(Device.TABLE, device.id());
    }

    /** A clone has no entry before it is made, though its cluster lists it and its bricks have theirs. */
    boolean isThere(Volume volume) {
        return !pending.isBeingCloned(volume.id()) && !volume.isReadOnly();
    }

    /** Heketi has no bricks but on its own devices, so what was adopted for reading only is in no dump. */
    boolean isThere(Brick brick) {
        return !brick.isForeign()
                && rows.get(Volume.TABLE, brick.volume())
                        .filter(Volume::isReadOnly)
                        .isEmpty();
    }

    private Stream<Node> nodes(ClusterId cluster) {
        return Inventory.nodes(rows, cluster).stream().filter(this::isThere);
    }

    private static List<String> ids(Stream<? extends Row<?>> found) {
        return found.map(row -> row.id().value()).toList();
    }
}

package bricklayer.inventory;

import bricklayer.metrics.HeketiFigures;
import bricklayer.operation.OpenStatus;
import bricklayer.operation.Operation;
import bricklayer.operation.Operations;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import java.util.List;
import java.util.function.Supplier;

/** The picture of the rows that Heketi's metrics are made from. Takes no lock. */
public final class Figures implements Supplier<HeketiFigures> {

    private final Store store;
    private final Operations operations;

    public Figures(Store store, Operations operations) {
        this.store = store;
        this.operations = operations;
    }

    @Override
    public HeketiFigures get() {
        Rows rows = store.rows();
        List<Operation> open = operations.open();
        return new HeketiFigures(
                Inventory.clusters(rows).stream()
                        .map(cluster -> cluster(rows, cluster))
                        .toList(),
                new HeketiFigures.Operations(
                        count(open, OpenStatus.STALE),
                        count(open, OpenStatus.FAILED),
                        count(open, OpenStatus.NEW),
                        open.size(),
                        operations.inFlight()));
    }

    private int count(List<Operation> open, OpenStatus status) {
        return (int) open.stream()
                .filter(operation -> operations.status(operation) == status)
                .count();
    }

    private static HeketiFigures.Cluster cluster(Rows rows, Cluster cluster) {
        int volumes =
                (int) rows.find(Volume.TABLE, Volume.BY_CLUSTER, cluster.id().value()).stream()
                        .filter(volume -> Inventory.isVisible(rows, volume))
                        .count();
        return new HeketiFigures.Cluster(
                cluster.id().value(),
                volumes,
                (int) rows
                        .find(
                                BlockVolume.TABLE,
                                BlockVolume.BY_CLUSTER,
                                cluster.id().value())
                        .stream()
                        .filter(block -> Inventory.isVisible(rows, block))
                        .count(),
                Inventory.nodes(rows, cluster.id()).stream()
                        .map(node -> node(rows, node))
                        .toList());
    }

    private static HeketiFigures.Node node(Rows rows, Node node) {
        return new HeketiFigures.Node(
                node.manageHosts().getFirst(),
                node.storageHost(),
                Inventory.devices(rows, node.id()).stream()
                        .map(device -> device(rows, device))
                        .toList());
    }

    private static HeketiFigures.Device device(Rows rows, Device device) {
        long used = Inventory.usedKiB(rows, device);
        return new HeketiFigures.Device(
                device.id().value(),
                device.name(),
                device.pvUuid(),
                device.totalKiB(),
                device.totalKiB() - used,
                used,
                rows.count(Brick.TABLE, Brick.BY_DEVICE, device.id().value()));
    }
}

package bricklayer.inventory;

import bricklayer.metrics.OwnFigures;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** The picture that our own metrics are made from. Takes no lock. */
public final class OwnPicture implements Supplier<OwnFigures> {

    private final Store store;
    private final Supplier<Optional<String>> recordsReadOnly;
    private final Function<NodeId, Optional<Boolean>> up;

    /**
     * @param recordsReadOnly why the records take no changes; empty while they do
     * @param up whether a node answers; empty when nothing is known
     */
    public OwnPicture(Store store, Supplier<Optional<String>> recordsReadOnly, Function<NodeId, Optional<Boolean>> up) {
        this.store = store;
        this.recordsReadOnly = recordsReadOnly;
        this.up = up;
    }

    @Override
    public OwnFigures get() {
        Rows rows = store.rows();
        List<OwnFigures.Node> nodes = StreamSupport.stream(rows.all(Node.TABLE).spliterator(), false)
                .map(node -> new OwnFigures.Node(
                        node.cluster().value(),
                        node.id().value(),
                        node.manageHosts().getFirst(),
                        up.apply(node.id())))
                .toList();
        List<OwnFigures.Device> devices = StreamSupport.stream(
                        rows.all(Device.TABLE).spliterator(), false)
                .flatMap(device -> device.foreignKiB().stream()
                        .map(foreign -> new OwnFigures.Device(
                                device.node().value(), device.id().value(), device.name(), foreign)))
                .toList();
        return new OwnFigures(
                recordsReadOnly.get().isPresent(), store.quarantined().size(), nodes, devices);
    }
}

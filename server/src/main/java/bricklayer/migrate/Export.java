package bricklayer.migrate;

import bricklayer.api.WireStream;
import bricklayer.dump.Dump;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.operation.OpenStatus;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import bricklayer.stamp.Stamper;
import bricklayer.store.QuarantinedRow;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** One picture of the records as Heketi's {@code db import} reads it, and what is lost on the way. */
public final class Export {

    private final Dump dump;
    private final List<String> omitted;

    private Export(Dump dump, List<String> omitted) {
        this.dump = dump;
        this.omitted = List.copyOf(omitted);
    }

    /**
     * Of one picture of the rows.
     *
     * @param statusOf how an open operation stands, which only a running server knows
     */
    public static Export of(Store store, Function<Operation, OpenStatus> statusOf) {
        Rows rows = store.rows();
        return new Export(Dump.of(rows, statusOf), omitted(rows, store.quarantined()));
    }

    /** As {@link #of}, where no server runs: what is open has been left by one. */
    public static Export ofStopped(Store store) {
        return of(store, operation -> operation.retry().failures() > 0 ? OpenStatus.FAILED : OpenStatus.STALE);
    }

    /** What Heketi has no words for, in sentences. */
    public List<String> omitted() {
        return omitted;
    }

    /** Writes the dump's members into the object that was begun last. */
    public void writeDump(WireStream out) {
        dump.writeMembers(out);
    }

    /** Writes both as one document. */
    void writeTo(WireStream out) {
        out.beginObject().member("omitted", omitted).beginObject("dump");
        dump.writeMembers(out);
        out.endObject().endObject();
    }

    private static List<String> omitted(Rows rows, List<QuarantinedRow> quarantined) {
        List<String> omitted = new ArrayList<>();
        for (Operation operation : rows.all(Operation.TABLE)) {
            operation(operation, omitted);
        }
        long measured = StreamSupport.stream(rows.all(Device.TABLE).spliterator(), false)
                .filter(device -> device.foreignKiB().isPresent())
                .count();
        if (measured > 0) {
            omitted.add("what the last resync of " + measured + " devices found allocated beyond their bricks");
        }
        for (QuarantinedRow row : quarantined) {
            omitted.add("row " + row.key() + " of " + row.table() + ", which cannot be read: " + row.reason());
        }
        return omitted;
    }

    private static void operation(Operation operation, List<String> omitted) {
        String name = "operation " + operation.id() + " (" + operation.kind() + ")";
        if (operation.kind().equals(Stamper.KIND)) {
            // what it writes on the nodes is for a rebuild of our records, and Heketi reads none of it
            return;
        }
        if (operation.state().open() && !Dump.has(operation.kind())) {
            omitted.add(name + " has not ended, and Heketi has none of its kind: what it is doing on the nodes, Heketi"
                    + " will know nothing of; better let it end first");
        } else if (operation.state().open() && operation.kind().equals(Inventory.DISCARD_BRICK)) {
            omitted.add(
                    name + " becomes an eviction that Heketi drops: the replaced brick stays on its node; better let"
                            + " it end first");
        } else if (operation.state() == OperationState.ABANDONED && operation.canBeReopened()) {
            omitted.add(name + " was abandoned, and what it may have left on the nodes is not in the dump");
        }
    }
}

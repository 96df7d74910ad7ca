package bricklayer.dump;

import bricklayer.api.DatabaseDump.AttributeEntry;
import bricklayer.api.DatabaseDump.OperationEntry;
import bricklayer.api.WireStream;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.operation.OpenStatus;
import bricklayer.operation.Operation;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One picture of the rows as Heketi dumps its database, written entry by entry: what it takes in memory besides the picture is one entry.
 */
public final class Dump {

    /** What every database of Heketi's newest release says about its own format. */
    private static final Map<String, String> FORMAT = Map.of(
            "DB_BRICK_HAS_SUBTYPE_FIELD", "yes",
            "DB_CLUSTER_HAS_FILE_BLOCK_FLAG", "yes",
            "DB_DEVICE_HAS_ID_META", "yes",
            "DB_HAS_PENDING_OPS_BUCKET", "yes");

    private final Rows rows;
    private final PendingItems pending;
    private final Entries entries;

    private Dump(Rows rows, PendingItems pending) {
        this.rows = rows;
        this.pending = pending;
        this.entries = new Entries(rows, pending);
    }

    /**
     * Of one picture of the rows.
     *
     * @param statusOf how an open operation stands, which only a running server knows
     */
    public static Dump of(Rows rows, Function<Operation, OpenStatus> statusOf) {
        return new Dump(rows, PendingItems.of(rows, statusOf));
    }

    /** Whether Heketi has operations of this kind; others are in no dump. */
    public static boolean has(String kind) {
        return PendingItems.has(kind);
    }

    /** Writes the members of the object that was begun last. */
    public void writeMembers(WireStream out) {
        write(out, "clusterentries", Cluster.TABLE, _ -> true, entries::cluster);
        write(out, "volumeentries", Volume.TABLE, entries::isThere, entries::volume);
        write(out, "brickentries", Brick.TABLE, entries::isThere, entries::brick);
        write(out, "nodeentries", Node.TABLE, entries::isThere, entries::node);
        write(out, "deviceentries", Device.TABLE, entries::isThere, entries::device);
        write(out, "blockvolumeentries", BlockVolume.TABLE, _ -> true, block -> BlockEntries.entry(block, pending));
        out.beginObject("dbattributeentries");
        attributes().forEach((key, value) -> out.member(key, new AttributeEntry(key, value)));
        out.endObject();
        out.beginObject("pendingoperations");
        for (OperationEntry operation : pending.entries()) {
            out.member(operation.id(), operation);
        }
        out.endObject();
    }

    private <K extends bricklayer.store.Key, V extends Row<K>> void write(
            WireStream out, String name, Table<K, V> table, Predicate<V> shown, Function<V, Object> entry) {
        out.beginObject(name);
        for (V row : rows.all(table)) {
            if (shown.test(row)) {
                out.member(row.id().value(), entry.apply(row));
            }
        }
        out.endObject();
    }

    private SortedMap<String, String> attributes() {
        SortedMap<String, String> attributes = new TreeMap<>(FORMAT);
        Generation.of(rows).ifPresent(id -> attributes.put("DB_GENERATION_ID", id));
        return attributes;
    }
}

package bricklayer.migrate;

import bricklayer.api.DatabaseDump;
import bricklayer.api.DatabaseDump.BlockVolumeEntry;
import bricklayer.api.DatabaseDump.BrickEntry;
import bricklayer.api.DatabaseDump.ClusterEntry;
import bricklayer.api.DatabaseDump.DeviceEntry;
import bricklayer.api.DatabaseDump.NodeEntry;
import bricklayer.api.DatabaseDump.OperationEntry;
import bricklayer.api.DatabaseDump.VolumeEntry;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The entries of a dump by the id inside them, as Heketi stores them: the keys of the maps say nothing. */
record Entries(
        SortedMap<String, ClusterEntry> clusters,
        SortedMap<String, NodeEntry> nodes,
        SortedMap<String, DeviceEntry> devices,
        SortedMap<String, BrickEntry> bricks,
        SortedMap<String, VolumeEntry> volumes,
        SortedMap<String, BlockVolumeEntry> blockVolumes,
        SortedMap<String, OperationEntry> operations) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    static Entries of(DatabaseDump dump, Findings findings) {
        return new Entries(
                byId("cluster", dump.clusters(), entry -> entry.info().id(), findings),
                byId("node", dump.nodes(), entry -> entry.info().id(), findings),
                byId("device", dump.devices(), entry -> entry.info().id(), findings),
                byId("brick", dump.bricks(), entry -> entry.info().id(), findings),
                byId("volume", dump.volumes(), entry -> entry.info().id(), findings),
                byId("block volume", dump.blockVolumes(), entry -> entry.info().id(), findings),
                byId("pending operation", dump.operations(), OperationEntry::id, findings));
    }

    @SuppressWarnings("ConstantValue") // what JSON left out is null
    private static <E> SortedMap<String, E> byId(
            String entity, Map<String, E> entries, Function<E, String> idOf, Findings findings) {
        SortedMap<String, E> found = new TreeMap<>();
        entries.forEach((key, entry) -> {
            String id;
            try {
                id = idOf.apply(entry);
            } catch (NullPointerException absent) {
                findings.problem(entity, key, "Info", "the entry has no Info, so nothing is known about it");
                return;
            }
            if (!ID.matcher(id).matches()) {
                findings.problem(entity, key, "id", "'" + id + "' is no id: those have 32 lower-case hex digits");
            } else if (found.put(id, entry) != null) {
                findings.problem(entity, id, "id", "two entries have this id");
            } else if (!id.equals(key)) {
                findings.note(entity, id, "id", "the entry stands under the key '" + key + "'; its own id counts");
            }
        });
        return found;
    }

    int size() {
        return clusters.size()
                + nodes.size()
                + devices.size()
                + bricks.size()
                + volumes.size()
                + blockVolumes.size()
                + operations.size();
    }
}

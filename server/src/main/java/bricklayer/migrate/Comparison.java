package bricklayer.migrate;

import bricklayer.api.DatabaseDump.OperationEntry;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.store.Rows;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a dump says twice, and Heketi may have let differ: lists against the entries they list, sums against what is summed up, marks against operations. Here such things are derived, so each difference is a note. */
final class Comparison {

    private final Entries entries;
    private final Rows rows;
    private final Findings findings;

    private Comparison(Entries entries, Rows rows, Findings findings) {
        this.entries = entries;
        this.rows = rows;
        this.findings = findings;
    }

    static void of(Entries entries, Rows rows, Findings findings) {
        Comparison comparison = new Comparison(entries, rows, findings);
        comparison.lists();
        comparison.space();
        comparison.marks();
    }

    private void lists() {
        Set<String> unlisted = HeketiOperations.ofType(
                        entries.operations().values(), OperationType.EVICT_BRICK, OperationType.CLONE_VOLUME)
                .flatMap(entry -> HeketiOperations.items(entry, HeketiOperations.ADD_BRICK).stream())
                .collect(Collectors.toSet());
        entries.clusters().forEach((id, entry) -> {
            compare(
                    "cluster",
                    id,
                    "Info.nodes",
                    entry.info().nodes(),
                    where(Node.TABLE, node -> node.cluster().value(), id),
                    Set.of());
            compare(
                    "cluster",
                    id,
                    "Info.volumes",
                    entry.info().volumes(),
                    where(Volume.TABLE, volume -> volume.cluster().value(), id),
                    Set.of());
            compare(
                    "cluster",
                    id,
                    "Info.blockvolumes",
                    entry.info().blockVolumes(),
                    where(BlockVolume.TABLE, block -> block.cluster().value(), id),
                    Set.of());
        });
        entries.nodes()
                .forEach((id, entry) -> compare(
                        "node",
                        id,
                        "Devices",
                        entry.devices(),
                        where(Device.TABLE, device -> device.node().value(), id),
                        Set.of()));
        entries.devices()
                .forEach((id, entry) -> compare(
                        "device",
                        id,
                        "Bricks",
                        entry.bricks(),
                        where(Brick.TABLE, brick -> brick.device().value(), id),
                        unlisted));
        entries.volumes().forEach((id, entry) -> {
            compare(
                    "volume",
                    id,
                    "Bricks",
                    entry.bricks(),
                    where(Brick.TABLE, brick -> brick.volume().value(), id),
                    unlisted);
            compare(
                    "volume",
                    id,
                    "Info.blockinfo.blockvolume",
                    entry.info().blockInfo().blockVolumes(),
                    where(BlockVolume.TABLE, block -> block.hostingVolume().value(), id),
                    Set.of());
        });
    }

    private <K extends bricklayer.store.Key, V extends bricklayer.store.Row<K>> SortedSet<String> where(
            bricklayer.store.Table<K, V> table, Function<V, String> owner, String id) {
        return StreamSupport.stream(rows.all(table).spliterator(), false)
                .filter(row -> owner.apply(row).equals(id))
                .map(row -> row.id().value())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void compare(
            String entity,
            String id,
            String field,
            Collection<String> listed,
            Set<String> there,
            Set<String> unlisted) {
        for (String item : new TreeSet<>(listed)) {
            if (!there.contains(item)) {
                findings.note(
                        entity, id, field, "it lists " + item + ", which is not among the entries that belong to it");
            }
        }
        Set<String> known = new HashSet<>(listed);
        for (String item : there) {
            if (!known.contains(item) && !unlisted.contains(item)) {
                findings.note(entity, id, field, item + " belongs to it and is not listed");
            }
        }
    }

    private void space() {
        for (Device device : rows.all(Device.TABLE)) {
            var said = Objects.requireNonNull(entries.devices().get(device.id().value()))
                    .info()
                    .storage();
            long used = Inventory.usedKiB(rows, device);
            if (said.usedKiB() != used || said.totalKiB() != said.freeKiB() + said.usedKiB()) {
                findings.note(
                        "device",
                        device.id().value(),
                        "Info.storage",
                        "it says total " + said.totalKiB() + ", free " + said.freeKiB() + ", used " + said.usedKiB()
                                + " KiB, and its bricks take " + used + " KiB: what they take counts, of the total");
            }
        }
    }

    private void marks() {
        entries.volumes()
                .forEach((id, entry) -> mark("volume", id, entry.pending().id()));
        entries.bricks()
                .forEach((id, entry) -> mark("brick", id, entry.pending().id()));
        entries.blockVolumes()
                .forEach((id, entry) -> mark("block volume", id, entry.pending().id()));
    }

    private void mark(String entity, String id, String operation) {
        if (operation.isEmpty()) {
            return;
        }
        OperationEntry entry = entries.operations().get(operation);
        if (entry == null
                || entry.actions().stream().noneMatch(action -> action.id().equals(id))) {
            findings.note(
                    entity,
                    id,
                    "Pending.Id",
                    "operation " + operation + (entry == null ? " is not in the dump" : " does not name it")
                            + ", so nobody would have finished or removed it; it is imported as if it were whole, look"
                            + " whether it is");
        }
    }
}

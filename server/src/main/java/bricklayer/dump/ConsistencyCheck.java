package bricklayer.dump;

import bricklayer.api.ConsistencyReport;
import bricklayer.api.DatabaseDump.Pending;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.HostingSpace;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.operation.OpenStatus;
import bricklayer.operation.Operation;
import bricklayer.operation.RowChange;
import bricklayer.store.Key;
import bricklayer.store.QuarantinedRow;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for rows of one picture that contradict each other, in one pass. Texts are Heketi's where Heketi has them. Lists, sums and marks are not stored here, so what Heketi finds wrong with
 * those cannot be; what can be is a row that names one that is not there, a device that holds more than it has, bricks out of order, and rows that cannot be read.
 */
final class ConsistencyCheck {

    private final Rows rows;
    private final PendingItems pending;
    private final Map<String, SectionCount> sections = new LinkedHashMap<>();

    private ConsistencyCheck(Rows rows) {
        this.rows = rows;
        this.pending = PendingItems.of(rows, _ -> OpenStatus.NEW);
        Stream.of(
                        Cluster.TABLE,
                        Volume.TABLE,
                        Brick.TABLE,
                        Node.TABLE,
                        Device.TABLE,
                        BlockVolume.TABLE,
                        Operation.TABLE)
                .forEach(table -> sections.put(table.name(), new SectionCount()));
    }

    /** @param quarantined the rows that could not be read, which are in no picture */
    static ConsistencyReport of(Rows rows, List<QuarantinedRow> quarantined) {
        return new ConsistencyCheck(rows).report(quarantined);
    }

    private ConsistencyReport report(List<QuarantinedRow> quarantined) {
        check(Cluster.TABLE, _ -> List.of());
        check(Volume.TABLE, this::volume);
        check(Brick.TABLE, this::brick);
        check(Node.TABLE, this::node);
        check(Device.TABLE, this::device);
        check(BlockVolume.TABLE, this::blockVolume);
        for (Operation operation : Operation.open(rows)) {
            section(Operation.TABLE).add(false, operation(operation));
        }
        SectionCount elsewhere = new SectionCount();
        for (QuarantinedRow row : quarantined) {
            sections.getOrDefault(row.table(), elsewhere)
                    .add(
                            false,
                            List.of("Row " + row.key() + " of " + row.table() + " cannot be read: " + row.reason()));
        }
        return new ConsistencyReport(
                section(Cluster.TABLE).section(),
                section(Volume.TABLE).section(),
                section(Brick.TABLE).section(),
                section(Node.TABLE).section(),
                section(Device.TABLE).section(),
                section(BlockVolume.TABLE).section(),
                elsewhere.section(),
                section(Operation.TABLE).section(),
                Stream.concat(sections.values().stream(), Stream.of(elsewhere))
                        .mapToInt(SectionCount::inconsistencies)
                        .sum());
    }

    private SectionCount section(Table<?, ?> table) {
        SectionCount section = sections.get(table.name());
        if (section == null) {
            throw new IllegalArgumentException("no section for " + table);
        }
        return section;
    }

    private <K extends Key, V extends Row<K>> void check(Table<K, V> table, Function<V, List<String>> wrong) {
        SectionCount section = section(table);
        for (V row : rows.all(table)) {
            section.add(!pending.markOf(table, row.id()).equals(Pending.NONE), wrong.apply(row));
        }
    }

    private List<String> node(Node node) {
        return unknown("Node " + node.id(), "cluster", Cluster.TABLE, node.cluster());
    }

    private List<String> device(Device device) {
        String name = "Device " + device.id();
        List<String> wrong = new ArrayList<>(unknown(name, "node", Node.TABLE, device.node()));
        long used = Inventory.usedKiB(rows, device);
        if (used > device.totalKiB()) {
            wrong.add(name + " size values differ Total(" + device.totalKiB() + ") != Free(0) + Used(" + used + ")");
        }
        long bricks = Inventory.bricksOn(rows, device.id()).stream()
                .mapToLong(brick -> brick.poolKiB() + brick.metadataKiB())
                .sum();
        if (used != bricks) {
            wrong.add(name + " size values differ Used(" + used + ") != aggregateBricksSize(" + bricks + ")");
        }
        return wrong;
    }

    private List<String> brick(Brick brick) {
        String name = "Brick " + brick.id();
        List<String> wrong = new ArrayList<>(unknown(name, "node", Node.TABLE, brick.node()));
        wrong.addAll(unknown(name, "volume", Volume.TABLE, brick.volume()));
        if (!brick.isForeign()) {
            wrong.addAll(unknown(name, "device", Device.TABLE, brick.device()));
        }
        rows.get(Device.TABLE, brick.device())
                .filter(device -> !device.node().equals(brick.node()))
                .ifPresent(device -> wrong.add(name + " is said to be on node " + brick.node() + ", but its device "
                        + device.id() + " is on node " + device.node()));
        return wrong;
    }

    private List<String> volume(Volume volume) {
        String name = "Volume " + volume.id();
        List<String> wrong = new ArrayList<>(unknown(name, "cluster", Cluster.TABLE, volume.cluster()));
        wrong.addAll(hosting(volume));
        List<Integer> positions = Inventory.bricksOf(rows, volume.id()).stream()
                .map(Brick::position)
                .toList();
        if (!positions.equals(IntStream.range(0, positions.size()).boxed().toList())) {
            wrong.add(name + " has bricks at the positions "
                    + positions.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + " instead of 0 to " + (positions.size() - 1));
        }
        if (positions.isEmpty() && !pending.isBeingMade(Volume.TABLE, volume.id())) {
            wrong.add(name + " has no bricks");
        }
        return wrong;
    }

    /** Free space is derived, so what is given away twice shows as less than nothing. */
    private List<String> hosting(Volume volume) {
        String name = "Volume " + volume.id();
        List<BlockVolume> blocks = Inventory.blockVolumesOn(rows, volume.id());
        if (!volume.blockHosting()) {
            return blocks.isEmpty() ? List.of() : List.of(name + " has blockvolumes but not block flag");
        }
        long taken = blocks.stream().mapToLong(BlockVolume::sizeGiB).sum();
        return HostingSpace.freeGiB(rows, volume) >= 0
                ? List.of()
                : List.of(name + " blocksize differs aggregateSize " + taken + " != volumeSize " + volume.sizeGiB()
                        + " - freeSize 0 - reservedSize " + volume.reservedGiB());
    }

    private List<String> blockVolume(BlockVolume block) {
        String name = "BlockVolume " + block.id();
        List<String> wrong = new ArrayList<>(unknown(name, "cluster", Cluster.TABLE, block.cluster()));
        wrong.addAll(unknown(name, "volume", Volume.TABLE, block.hostingVolume()));
        return wrong;
    }

    private <K extends Key, V extends Row<K>> List<String> unknown(
            String who, String what, Table<K, V> table, K referred) {
        return rows.get(table, referred).isPresent() ? List.of() : List.of(who + " unknown " + what + " " + referred);
    }

    private List<String> operation(Operation operation) {
        return operation.openPlan().changes().stream()
                .filter(change -> !isThere(change.table(), change.key().value()))
                .map(change -> missing(operation, change))
                .toList();
    }

    private <K extends Key, V extends Row<K>> boolean isThere(Table<K, V> table, String key) {
        return rows.get(table, table.keyOf().apply(key)).isPresent();
    }

    private static String missing(Operation operation, RowChange change) {
        boolean grows = change instanceof RowChange.Update<?, ?>;
        return "pending op " + operation.id() + (grows ? ": change id missing " : " id in change missing ")
                + change.key().value() + " not found in " + change.table();
    }
}

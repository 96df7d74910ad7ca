package bricklayer.dump;

import static java.util.Comparator.comparingInt;

import bricklayer.api.DatabaseDump.Action;
import bricklayer.api.DatabaseDump.OperationEntry;
import bricklayer.api.DatabaseDump.Pending;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.OpenStatus;
import bricklayer.operation.Operation;
import bricklayer.operation.RowChange;
import bricklayer.store.Key;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The open operations of one picture in Heketi's terms, and which items they mark. Kinds that Heketi does not have are left out: an item must not be marked by an operation that is not in the
 * same dump.
 */
final class PendingItems {

    /** Heketi's numbers for kinds of operations. */
    private static final Map<String, Integer> TYPES = Map.ofEntries(
            Map.entry("create-volume", 1),
            Map.entry("delete-volume", 2),
            Map.entry("expand-volume", 3),
            Map.entry("create-block-volume", 4),
            Map.entry("delete-block-volume", 5),
            Map.entry("remove-device", 6),
            Map.entry("clone-volume", 7),
            Map.entry(Inventory.EVICT_BRICK, 8),
            // what is left of it to do
            Map.entry(Inventory.DISCARD_BRICK, 8),
            Map.entry("expand-block-volume", 9));

    /** Heketi's numbers for what happens to an item. */
    private enum Change {
        ADD_BRICK(1, true),
        ADD_VOLUME(2, true),
        DELETE_BRICK(3, true),
        DELETE_VOLUME(4, true),
        EXPAND_VOLUME(5, false),
        ADD_BLOCK_VOLUME(6, true),
        DELETE_BLOCK_VOLUME(7, true),
        REMOVE_DEVICE(8, false),
        CLONE_SOURCE(9, true),
        CLONE_TARGET(11, true),
        CHILD(12, false),
        PARENT(13, false),
        EXPAND_BLOCK_VOLUME(14, false);

        private final int number;
        private final boolean marks;

        Change(int number, boolean marks) {
            this.number = number;
            this.marks = marks;
        }
    }

    /** One action, before it is numbered. */
    private record Item(Change change, String table, String id, Optional<Long> delta) {}

    private final List<OperationEntry> entries = new ArrayList<>();
    private final Map<String, Pending> marks = new HashMap<>();
    private final Set<String> fresh = new HashSet<>();
    private final Set<String> clones = new HashSet<>();

    /** @param statusOf how an open operation stands, which only a running server knows */
    static PendingItems of(Rows rows, Function<Operation, OpenStatus> statusOf) {
        PendingItems items = new PendingItems();
        List<Operation> open = Operation.open(rows);
        for (Operation operation : open) {
            items.add(rows, operation, relatives(operation, open), statusOf.apply(operation));
        }
        return items;
    }

    /** Whether Heketi has operations of this kind. */
    static boolean has(String kind) {
        return TYPES.containsKey(kind);
    }

    /** The removal of a device and the move of a brick that is part of it name each other. */
    private static List<Item> relatives(Operation operation, List<Operation> open) {
        return open.stream()
                .filter(other -> TYPES.containsKey(other.kind()))
                .flatMap(other -> {
                    if (other.parent().equals(Optional.of(operation.id()))) {
                        return Stream.of(
                                new Item(Change.CHILD, "operations", other.id().value(), Optional.empty()));
                    }
                    return operation.parent().equals(Optional.of(other.id()))
                            ? Stream.of(new Item(
                                    Change.PARENT, "operations", other.id().value(), Optional.empty()))
                            : Stream.empty();
                })
                .toList();
    }

    private void add(Rows rows, Operation operation, List<Item> relatives, OpenStatus status) {
        for (RowChange change : operation.openPlan().changes()) {
            if (change instanceof RowChange.Create<?, ?>) {
                fresh.add(name(change.table().name(), change.key().value()));
            }
        }
        Integer type = TYPES.get(operation.kind());
        if (type == null) {
            return;
        }
        String id = operation.id().value();
        List<Item> actions = Stream.concat(
                        operation.openPlan().changes().stream()
                                .flatMap(change -> item(rows, operation.kind(), change).stream()),
                        relatives.stream())
                .sorted(comparingInt(item -> place(operation.kind(), item)))
                .toList();
        for (Item item : actions) {
            if (item.change() == Change.CLONE_TARGET) {
                clones.add(item.id());
            }
            if (item.change().marks) {
                marks.put(name(item.table(), item.id()), new Pending(id));
            }
        }
        entries.add(new OperationEntry(
                id,
                operation.begun().getEpochSecond(),
                type,
                actions.stream()
                        .map(item -> new Action(
                                item.change().number, item.id(), item.delta().orElse(null)))
                        .toList(),
                word(status)));
    }

    private static Optional<Item> item(Rows rows, String kind, RowChange change) {
        return what(kind, change)
                .map(what -> new Item(what, change.table().name(), change.key().value(), delta(rows, what, change)));
    }

    private static Optional<Change> what(String kind, RowChange change) {
        String table = change.table().name();
        if (table.equals(Brick.TABLE.name())) {
            return switch (change) {
                case RowChange.Create<?, ?> _ -> Optional.of(Change.ADD_BRICK);
                case RowChange.Delete<?, ?> _ -> Optional.of(Change.DELETE_BRICK);
                case RowChange.Update<?, ?> _, RowChange.Hold<?, ?> _ -> Optional.empty();
            };
        }
        if (table.equals(Volume.TABLE.name())) {
            boolean clone = kind.equals("clone-volume");
            return switch (change) {
                case RowChange.Create<?, ?> _ -> Optional.of(clone ? Change.CLONE_TARGET : Change.ADD_VOLUME);
                case RowChange.Delete<?, ?> _ -> Optional.of(Change.DELETE_VOLUME);
                case RowChange.Update<?, ?> _ when kind.equals("expand-volume") -> Optional.of(Change.EXPAND_VOLUME);
                case RowChange.Hold<?, ?> _ when clone -> Optional.of(Change.CLONE_SOURCE);
                case RowChange.Update<?, ?> _, RowChange.Hold<?, ?> _ -> Optional.empty();
            };
        }
        if (table.equals(BlockVolume.TABLE.name())) {
            return switch (change) {
                case RowChange.Create<?, ?> _ -> Optional.of(Change.ADD_BLOCK_VOLUME);
                case RowChange.Delete<?, ?> _ -> Optional.of(Change.DELETE_BLOCK_VOLUME);
                case RowChange.Update<?, ?> _ -> Optional.of(Change.EXPAND_BLOCK_VOLUME);
                case RowChange.Hold<?, ?> _ -> Optional.empty();
            };
        }
        if (table.equals(Device.TABLE.name()) && kind.equals("remove-device")) {
            return Optional.of(Change.REMOVE_DEVICE);
        }
        return Optional.empty();
    }

    /** What is added to a volume, but the new size of a block volume. */
    private static Optional<Long> delta(Rows rows, Change what, RowChange change) {
        return switch (what) {
            case EXPAND_VOLUME -> Optional.of(addedGiB(rows, change));
            case EXPAND_BLOCK_VOLUME ->
                Optional.of((long) ((BlockVolume) ((RowChange.Update<?, ?>) change).after()).sizeGiB());
            default -> Optional.empty();
        };
    }

    private static long addedGiB(Rows rows, RowChange change) {
        Volume after = (Volume) ((RowChange.Update<?, ?>) change).after();
        return (long) after.sizeGiB()
                - rows.get(Volume.TABLE, new VolumeId(change.key().value()))
                        .map(Volume::sizeGiB)
                        .orElse(0);
    }

    /** Heketi lists bricks first, but for a clone the volumes, and for a moved brick the old one. */
    private static int place(String kind, Item item) {
        boolean last = kind.equals("clone-volume") || kind.equals(Inventory.EVICT_BRICK);
        return switch (item.change()) {
            case ADD_BRICK -> last ? 2 : 0;
            case DELETE_BRICK, CLONE_SOURCE, REMOVE_DEVICE -> 0;
            case ADD_VOLUME, DELETE_VOLUME, EXPAND_VOLUME, CLONE_TARGET -> 1;
            case ADD_BLOCK_VOLUME, DELETE_BLOCK_VOLUME, EXPAND_BLOCK_VOLUME -> 2;
            case CHILD, PARENT -> 3;
        };
    }

    private static String word(OpenStatus status) {
        return switch (status) {
            case NEW -> "";
            case STALE -> "stale";
            case FAILED -> "failed";
        };
    }

    private static String name(String table, String id) {
        return table + "/" + id;
    }

    boolean isBeingCloned(VolumeId id) {
        return clones.contains(id.value());
    }

    /** Ascending by id. */
    List<OperationEntry> entries() {
        return List.copyOf(entries);
    }

    Pending markOf(Table<?, ?> table, Key key) {
        return marks.getOrDefault(name(table.name(), key.value()), Pending.NONE);
    }

    /** Whether an open operation of any kind is making the item. */
    boolean isBeingMade(Table<?, ?> table, Key key) {
        return fresh.contains(name(table.name(), key.value()));
    }
}

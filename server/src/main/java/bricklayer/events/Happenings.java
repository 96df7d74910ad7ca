package bricklayer.events;

import bricklayer.api.BlockVolumeInfo;
import bricklayer.http.OperationView;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Views;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.OperationState;
import bricklayer.operation.RowChange;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import bricklayer.store.Transition;
import bricklayer.store.Transition.Touched;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What happened in one write, told from the pictures before and after it and from nothing else: whoever asks again, from the same log, hears the same, in the same order.
 *
 * <p>An object is there from the end of the operation that makes it to the end of the one that deletes it. It changes when its own row does, a volume also when its bricks or block volumes do. What a cluster, node or
 * device lists or counts has events of its own, which name it, so it is not told twice: each volume would repeat what is on three devices.
 */
final class Happenings {

    private final Rows before;
    private final Rows after;
    private final Map<OperationId, Doing> operations = new LinkedHashMap<>();
    /** Which operation names a row. */
    private final Map<Touched, OperationId> doers = new HashMap<>();

    private final Map<EventKind, SortedSet<String>> candidates = new EnumMap<>(EventKind.class);

    /** An operation as it was and as it is. */
    private record Doing(OperationId id, Optional<Operation> before, Optional<Operation> after) {

        Stream<RowChange> changes() {
            return Stream.concat(before.stream(), after.stream())
                    .flatMap(operation -> operation.plan().stream())
                    .flatMap(plan -> plan.changes().stream());
        }

        Operation newest() {
            return after.or(() -> before).orElseThrow();
        }
    }

    private Happenings(Transition write) {
        this.before = write.before();
        this.after = write.after();
        for (EventKind kind : EventKind.values()) {
            candidates.put(kind, new TreeSet<>());
        }
        for (Touched touched : write.touched()) {
            EventKind.ofTable(touched.table()).ifPresent(kind -> candidate(kind, touched.key()));
        }
        for (String id : ids(EventKind.OPERATION)) {
            OperationId operation = new OperationId(id);
            Doing doing =
                    new Doing(operation, before.get(Operation.TABLE, operation), after.get(Operation.TABLE, operation));
            if (doing.before().isPresent() || doing.after().isPresent()) {
                operations.put(operation, doing);
                doing.changes()
                        .forEach(change -> doers.putIfAbsent(
                                new Touched(change.table().name(), change.key().value()), operation));
                doing.changes()
                        .filter(change -> change instanceof RowChange.Create || change instanceof RowChange.Delete)
                        .forEach(change -> EventKind.ofTable(change.table().name())
                                .ifPresent(kind -> candidate(kind, change.key().value())));
            }
        }
        for (String id : List.copyOf(ids(EventKind.BRICK))) {
            rows(Brick.TABLE, new BrickId(id))
                    .forEach(brick -> candidate(EventKind.VOLUME, brick.volume().value()));
        }
        for (String id : List.copyOf(ids(EventKind.BLOCK_VOLUME))) {
            rows(BlockVolume.TABLE, new BlockVolumeId(id))
                    .forEach(block ->
                            candidate(EventKind.VOLUME, block.hostingVolume().value()));
        }
    }

    /** In the order of their kinds, then of their ids. */
    static List<Happening> in(Transition write) {
        return new Happenings(write).all();
    }

    private List<Happening> all() {
        List<Happening> all = new ArrayList<>();
        for (String id : ids(EventKind.CLUSTER)) {
            told(EventKind.CLUSTER, Cluster.TABLE, new ClusterId(id), Cluster::id, Views::cluster, false)
                    .ifPresent(all::add);
        }
        for (String id : ids(EventKind.NODE)) {
            told(EventKind.NODE, Node.TABLE, new NodeId(id), Node::cluster, Views::node, false)
                    .ifPresent(all::add);
        }
        for (String id : ids(EventKind.DEVICE)) {
            told(
                            EventKind.DEVICE,
                            Device.TABLE,
                            new DeviceId(id),
                            device -> clusterOf(device.node()),
                            Views::device,
                            false)
                    .ifPresent(all::add);
        }
        for (String id : ids(EventKind.VOLUME)) {
            told(EventKind.VOLUME, Volume.TABLE, new VolumeId(id), Volume::cluster, Views::volume, true)
                    .ifPresent(all::add);
        }
        for (String id : ids(EventKind.BRICK)) {
            told(
                            EventKind.BRICK,
                            Brick.TABLE,
                            new BrickId(id),
                            brick -> clusterOf(brick.node()),
                            (rows, brick) -> Views.brick(brick),
                            true)
                    .ifPresent(all::add);
        }
        for (String id : ids(EventKind.BLOCK_VOLUME)) {
            told(
                            EventKind.BLOCK_VOLUME,
                            BlockVolume.TABLE,
                            new BlockVolumeId(id),
                            BlockVolume::cluster,
                            (rows, block) -> withoutPassword(Views.blockVolume(block)),
                            true)
                    .ifPresent(all::add);
        }
        for (Doing doing : operations.values()) {
            type(doing).ifPresent(type -> all.add(told(doing, type, all)));
        }
        return all;
    }

    /** How a row looks from outside. */
    private interface View<V> {
        Object of(Rows rows, V row);
    }

    /**
     * @param byView whether it has changed when it looks otherwise; else when its row is another
     */
    private <K extends Key, V extends Row<K>> Optional<Happening> told(
            EventKind kind, Table<K, V> table, K key, Function<V, ClusterId> cluster, View<V> view, boolean byView) {
        Optional<V> was = there(before, table, key);
        Optional<V> is = there(after, table, key);
        if (was.isEmpty() && is.isEmpty()) {
            return Optional.empty();
        }
        String type = was.isEmpty() ? "created" : is.isEmpty() ? "deleted" : "changed";
        if (was.isPresent() && is.isPresent()) {
            boolean same = byView
                    ? view.of(before, was.get()).equals(view.of(after, is.get()))
                    : was.get().equals(is.get());
            if (same) {
                return Optional.empty();
            }
        }
        return Optional.of(new Happening(
                kind,
                type,
                key.value(),
                cluster.apply(is.or(() -> was).orElseThrow()).value(),
                doer(table, key),
                () -> is.map(row -> view.of(after, row)).orElseGet(() -> view.of(before, was.orElseThrow()))));
    }

    private static <K extends Key, V extends Row<K>> Optional<V> there(Rows rows, Table<K, V> table, K key) {
        return rows.get(table, key).filter(row -> !Operation.beingCreated(rows, table, key));
    }

    /** The operation that names the row, else the one that the write is about. */
    private String doer(Table<?, ?> table, Key key) {
        OperationId named = doers.get(new Touched(table.name(), key.value()));
        return Optional.ofNullable(named)
                .or(() -> operations.keySet().stream().findFirst())
                .map(OperationId::value)
                .orElse("");
    }

    private static Optional<String> type(Doing doing) {
        if (doing.before().isEmpty()) {
            return Optional.of(
                    doing.newest().state().open()
                            ? "begun"
                            : ending(doing.newest().state()));
        }
        if (doing.after().isEmpty()) {
            return Optional.of("forgotten");
        }
        Operation was = doing.before().get();
        Operation is = doing.after().get();
        if (was.equals(is)) {
            return Optional.empty();
        }
        if (was.state().open() != is.state().open()) {
            return Optional.of(is.state().open() ? "resumed" : ending(is.state()));
        }
        if (was.state() != is.state()) {
            return Optional.of("undoing");
        }
        if (is.pivoted() && !was.pivoted()) {
            return Optional.of("pivoted");
        }
        return Optional.of(is.retry().failures() > was.retry().failures() ? "retrying" : "changed");
    }

    private static String ending(OperationState state) {
        return state == OperationState.DONE ? "ended" : "failed";
    }

    private Happening told(Doing doing, String type, List<Happening> objects) {
        String id = doing.id().value();
        String cluster = doing.changes()
                .flatMap(change -> clusterOf(change).stream())
                .findFirst()
                .map(ClusterId::value)
                .orElseGet(() -> objects.stream()
                        .filter(object -> object.operation().equals(id))
                        .map(Happening::cluster)
                        .findFirst()
                        .orElse(""));
        return new Happening(EventKind.OPERATION, type, id, cluster, id, () -> OperationView.of(doing.newest()));
    }

    private Optional<ClusterId> clusterOf(RowChange change) {
        return switch (change.key()) {
            case ClusterId cluster -> Optional.of(cluster);
            case NodeId node -> rows(Node.TABLE, node).map(Node::cluster).findFirst();
            case DeviceId device ->
                rows(Device.TABLE, device).map(row -> clusterOf(row.node())).findFirst();
            case VolumeId volume ->
                rows(Volume.TABLE, volume).map(Volume::cluster).findFirst();
            case BrickId brick ->
                rows(Brick.TABLE, brick).map(row -> clusterOf(row.node())).findFirst();
            case BlockVolumeId block ->
                rows(BlockVolume.TABLE, block).map(BlockVolume::cluster).findFirst();
            default -> Optional.empty();
        };
    }

    private ClusterId clusterOf(NodeId node) {
        return rows(Node.TABLE, node).map(Node::cluster).findFirst().orElseGet(() -> new ClusterId(""));
    }

    /** As it is, then as it was. */
    private <K extends Key, V extends Row<K>> Stream<V> rows(Table<K, V> table, K key) {
        return Stream.concat(after.get(table, key).stream(), before.get(table, key).stream());
    }

    /** Whoever needs the password asks for the block volume. */
    private static BlockVolumeInfo withoutPassword(BlockVolumeInfo block) {
        BlockVolumeInfo.Target target = block.target();
        return new BlockVolumeInfo(
                block.sizeGiB(),
                block.name(),
                block.haCount(),
                block.id(),
                new BlockVolumeInfo.Target(target.hosts(), target.iqn(), target.lun(), target.username(), ""),
                block.cluster(),
                block.hostingVolume(),
                block.usableGiB());
    }

    private SortedSet<String> ids(EventKind kind) {
        return candidates.getOrDefault(kind, new TreeSet<>());
    }

    private void candidate(EventKind kind, String id) {
        ids(kind).add(id);
    }
}

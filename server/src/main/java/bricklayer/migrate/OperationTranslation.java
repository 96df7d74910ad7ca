package bricklayer.migrate;

import static bricklayer.migrate.HeketiOperations.item;
import static bricklayer.migrate.HeketiOperations.items;

import bricklayer.api.DatabaseDump.Action;
import bricklayer.api.DatabaseDump.BrickEntry;
import bricklayer.api.DatabaseDump.OperationEntry;
import bricklayer.api.ImportReport.Unfinished;
import bricklayer.blockvolume.BlockVolumePlans;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.OperationState;
import bricklayer.operation.Plan;
import bricklayer.operation.RetryState;
import bricklayer.operation.Wish;
import bricklayer.problem.Problem;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import bricklayer.store.WriteTx;
import bricklayer.volume.EvictionPlans;
import bricklayer.volume.VolumePlans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Makes open operations of what Heketi had not finished, each with the plan that it would have had here, so that the engine ends them as Heketi's cleaner would: what was being made is taken back, what was
 * being deleted is deleted. Where Heketi would leave something wrong (bricks removed that gluster has taken already) the engine looks first, and finishes.
 */
final class OperationTranslation {

    private static final String UNDONE = "Heketi left it unfinished; it has been undone, as Heketi would";

    /** The plans of this server. */
    record Plans(VolumePlans volumes, EvictionPlans evictions, BlockVolumePlans blocks) {}

    private final Entries entries;
    private final Map<String, List<BrickEntry>> ofClones;
    private final Plans plans;
    private final WriteTx tx;
    private final Findings findings;
    private final List<Unfinished> unfinished = new ArrayList<>();

    private OperationTranslation(
            Entries entries, Map<String, List<BrickEntry>> ofClones, Plans plans, WriteTx tx, Findings findings) {
        this.entries = entries;
        this.ofClones = ofClones;
        this.plans = plans;
        this.tx = tx;
        this.findings = findings;
    }

    /** @param tx holds all other rows; gets those of the operations */
    static List<Unfinished> into(
            WriteTx tx, Entries entries, Map<String, List<BrickEntry>> ofClones, Plans plans, Findings findings) {
        OperationTranslation translation = new OperationTranslation(entries, ofClones, plans, tx, findings);
        entries.operations().forEach(translation::operation);
        return List.copyOf(translation.unfinished);
    }

    /** What an operation is to do, and from where. */
    private record Course(Plan plan, OperationState state, boolean pivoted, Optional<Wish> wish, String fate) {

        static Course back(Plan plan, String fate) {
            return new Course(plan, OperationState.ROLLING_BACK, false, Optional.empty(), fate);
        }

        static Course forward(Plan plan, String fate) {
            return new Course(plan, OperationState.RUNNING, true, Optional.empty(), fate);
        }

        /** Back, unless the step behind which there is no way back is seen to be done. */
        static Course backIfPossible(Plan plan, String fate) {
            return new Course(plan, OperationState.RUNNING, true, Optional.of(Wish.UNDO), fate);
        }
    }

    /** An item that an operation names and the dump does not have. */
    private static final class Missing extends RuntimeException {

        Missing(String what) {
            super(what, null, false, false);
        }
    }

    private void operation(String id, OperationEntry entry) {
        Optional<OperationType> type = OperationType.of(entry);
        if (type.isEmpty()) {
            findings.problem("pending operation", id, "Type", entry.type() + " is no kind of operation of Heketi's");
            return;
        }
        try {
            Course course = course(type.get(), entry);
            tx.put(Operation.TABLE, row(id, entry, course));
            unfinished.add(new Unfinished(id, type.get().word(), entry.status(), course.fate()));
        } catch (Missing | Problem e) {
            findings.problem("pending operation", id, "Actions", type.get().word() + ": " + e.getMessage());
        }
    }

    private Operation row(String id, OperationEntry entry, Course course) {
        boolean failed = entry.status().equals("failed");
        return new Operation(
                new OperationId(id),
                course.plan().kind(),
                course.state(),
                Optional.of(course.plan()),
                course.pivoted(),
                item(entry, HeketiOperations.PARENT)
                        .filter(parent -> entries.operations().containsKey(parent))
                        .map(OperationId::new),
                Optional.empty(),
                Instant.ofEpochSecond(entry.timestamp()),
                Optional.empty(),
                new RetryState(
                        failed ? 1 : 0,
                        failed ? Optional.of("Heketi left it as failed") : Optional.empty(),
                        Optional.empty()),
                course.state() == OperationState.ROLLING_BACK ? Optional.of(UNDONE) : Optional.empty(),
                course.plan().resource(),
                Optional.empty(),
                course.wish(),
                Optional.empty());
    }

    private Course course(OperationType type, OperationEntry entry) {
        return switch (type) {
            case CREATE_VOLUME ->
                Course.back(
                        plans.volumes().create(tx, volume(one(entry, HeketiOperations.ADD_VOLUME)), added(entry)),
                        "the volume and its bricks are removed");
            case DELETE_VOLUME ->
                Course.forward(
                        plans.volumes().delete(tx, new VolumeId(one(entry, HeketiOperations.DELETE_VOLUME))),
                        "the volume and its bricks are removed");
            case EXPAND_VOLUME -> expandVolume(entry);
            case CREATE_BLOCK_VOLUME ->
                Course.back(
                        createBlockVolume(entry),
                        "the block volume is removed"
                                + (item(entry, HeketiOperations.ADD_VOLUME).isPresent()
                                        ? ", and the hosting volume that was being made for it"
                                        : ""));
            case DELETE_BLOCK_VOLUME ->
                Course.forward(
                        plans.blocks()
                                .delete(
                                        tx,
                                        block(one(entry, HeketiOperations.DELETE_BLOCK_VOLUME))
                                                .id(),
                                        Set.of()),
                        "the block volume is removed");
            case EXPAND_BLOCK_VOLUME -> {
                Action action = action(entry, HeketiOperations.EXPAND_BLOCK_VOLUME);
                yield Course.backIfPossible(
                        plans.blocks().expand(tx, block(action.id()), delta(action), Set.of()),
                        "it keeps its size, unless gluster-block has changed it already");
            }
            case REMOVE_DEVICE ->
                Course.back(
                        Plan.of(type.word())
                                .holds(Device.TABLE, device(one(entry, HeketiOperations.REMOVE_DEVICE)))
                                .build(),
                        "it ends; the device stays as it is and can be removed again");
            case EVICT_BRICK -> evict(entry);
            case CLONE_VOLUME -> cloned(entry);
        };
    }

    private Course expandVolume(OperationEntry entry) {
        Action action = action(entry, HeketiOperations.EXPAND_VOLUME);
        Volume volume = volume(action.id());
        List<Brick> added = added(entry);
        List<Brick> before = Inventory.bricksOf(tx, volume.id()).stream()
                .filter(brick -> !added.contains(brick))
                .toList();
        return Course.backIfPossible(
                plans.volumes().expand(tx, volume, delta(action), before, added),
                "its new bricks are removed, unless gluster has taken them already; then it is finished");
    }

    private Plan createBlockVolume(OperationEntry entry) {
        Optional<VolumePlans.Draft> made = item(entry, HeketiOperations.ADD_VOLUME)
                .map(id -> plans.volumes().draft(tx, volume(id), added(entry)));
        return plans.blocks().create(tx, block(one(entry, HeketiOperations.ADD_BLOCK_VOLUME)), made);
    }

    private Course evict(OperationEntry entry) {
        Brick old = brick(one(entry, HeketiOperations.DELETE_BRICK));
        Volume volume = volume(old.volume().value());
        return item(entry, HeketiOperations.ADD_BRICK)
                .map(fresh -> Course.backIfPossible(
                        plans.evictions().replace(tx, volume, old, brick(fresh), true),
                        "its new brick is removed, unless gluster has taken it already; then the old one is"))
                .orElseGet(() -> Course.back(
                        Plan.of(Inventory.EVICT_BRICK)
                                .holds(Volume.TABLE, volume)
                                .deletes(Brick.TABLE, old)
                                .build(),
                        "nothing was done yet; the brick stays"));
    }

    /**
     * The name that the clone was to have and that of the snapshot it is made of are written nowhere, so nothing can be looked for on the nodes: the source is free again, and what gluster may have is
     * for the comparison with the nodes.
     */
    private Course cloned(OperationEntry entry) {
        Volume source = volume(one(entry, HeketiOperations.CLONE_SOURCE));
        VolumeId target = new VolumeId(one(entry, HeketiOperations.CLONE_TARGET));
        if (tx.get(Volume.TABLE, target).isPresent()) {
            throw new Missing("the clone " + target + " has an entry, so it is finished");
        }
        Volume clone = source.clonedAs(target, "vol_" + target);
        List<Brick> bricks = cloneBricks(source, target, items(entry, HeketiOperations.ADD_BRICK));
        put(Volume.TABLE, clone);
        bricks.forEach(brick -> put(Brick.TABLE, brick));
        findings.note(
                "pending operation",
                entry.id(),
                "Actions",
                "Heketi cannot clean up a clone, and does not write down the clone's name: look at the nodes for a"
                        + " volume made of snapshot tmpsnap_... of " + source.name() + ", and for that snapshot");
        return Course.back(
                Plan.of(OperationType.CLONE_VOLUME.word())
                        .holds(Volume.TABLE, source)
                        .creates(Volume.TABLE, clone)
                        .creates(Brick.TABLE, bricks)
                        .build(),
                "the source is free again; a clone or snapshot that gluster may have made is not looked for");
    }

    private List<Brick> cloneBricks(Volume source, VolumeId target, List<String> ids) {
        List<Brick> free = new ArrayList<>(Inventory.bricksOf(tx, source.id()));
        List<Brick> bricks = new ArrayList<>();
        for (String id : ids) {
            String device = ofClones.getOrDefault(target.value(), List.of()).stream()
                    .filter(entry -> entry.info().id().equals(id))
                    .map(entry -> entry.info().device())
                    .findFirst()
                    .or(() -> deviceThatLists(id))
                    .orElse("");
            Brick origin = free.stream()
                    .filter(brick -> device.isEmpty() || brick.device().value().equals(device))
                    .findFirst()
                    .orElseThrow(() -> new Missing("no brick of the source goes with the clone's brick " + id));
            free.remove(origin);
            bricks.add(origin.clonedAs(new BrickId(id), target));
        }
        return bricks;
    }

    private Optional<String> deviceThatLists(String brick) {
        return entries.devices().entrySet().stream()
                .filter(device -> device.getValue().bricks().contains(brick))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private List<Brick> added(OperationEntry entry) {
        Set<String> seen = new HashSet<>();
        return items(entry, HeketiOperations.ADD_BRICK).stream()
                .filter(seen::add)
                .map(this::brick)
                .toList();
    }

    private static Action action(OperationEntry entry, int change) {
        return entry.actions().stream()
                .filter(action -> action.change() == change)
                .findFirst()
                .orElseThrow(() -> new Missing("it has no action with Change " + change));
    }

    private static String one(OperationEntry entry, int change) {
        return action(entry, change).id();
    }

    private static int delta(Action action) {
        long delta = Objects.requireNonNullElse(action.delta(), 0L);
        if (delta <= 0 || delta > Integer.MAX_VALUE) {
            throw new Missing("a Delta of " + action.delta() + " is no size");
        }
        return (int) delta;
    }

    private Volume volume(String id) {
        return there("volume", tx, Volume.TABLE, new VolumeId(id));
    }

    private Brick brick(String id) {
        return there("brick", tx, Brick.TABLE, new BrickId(id));
    }

    private Device device(String id) {
        return there("device", tx, Device.TABLE, new DeviceId(id));
    }

    private BlockVolume block(String id) {
        return there("block volume", tx, BlockVolume.TABLE, new BlockVolumeId(id));
    }

    private static <K extends Key, V extends Row<K>> V there(String what, Rows rows, Table<K, V> table, K key) {
        return rows.get(table, key).orElseThrow(() -> new Missing("there is no usable " + what + " '" + key + "'"));
    }

    private <K extends Key, V extends Row<K>> void put(Table<K, V> table, V row) {
        tx.put(table, row);
    }
}

package bricklayer.stamp;

import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Lane;
import bricklayer.operation.Operation;
import bricklayer.operation.Operations;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanBuilder;
import bricklayer.operation.Request;
import bricklayer.operation.RowHeld;
import bricklayer.operation.Threads;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the nodes what changed, a moment after it did, by ordinary operations. A node that does not answer is told later; how often that was tried is known to this process only, the duty itself is in the records. What is told is
 * always what is true then, so it does not matter how many changes there were, or in which order they are told.
 */
public final class Stamper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stamper.class);

    /** Kind of the operations that tell nodes; they change no record but {@link Unstamped}. */
    public static final String KIND = "stamp";

    /** Rows taken up at once, and places put right by one operation. */
    static final int AT_ONCE_MAX = 500;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Store store;
    private final Operations operations;
    private final Stamps stamps;
    private final Threads threads;
    private final InstantSource clock;
    private final Duration period;
    private final Map<Unstamped.Id, Tries> tries = new HashMap<>();
    private volatile boolean closed;

    private record Tries(int count, Instant notBefore) {}

    public Stamper(
            Store store, Operations operations, Stamps stamps, Threads threads, InstantSource clock, Duration period) {
        this.store = store;
        this.operations = operations;
        this.stamps = stamps;
        this.threads = threads;
        this.clock = clock;
        this.period = period;
    }

    public void start() {
        threads.start("stamper", this::loop);
    }

    /** Ends the rounds; one that is under way is not waited for. */
    @Override
    public void close() {
        closed = true;
    }

    private void loop() {
        while (!closed) {
            try {
                threads.sleep(period);
                if (!closed) {
                    tellWhatIsDue();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                // last line of defence: the duty is recorded, and the next round tries again
                LOG.error("telling the nodes what changed met a fault; it is tried again", e);
            }
        }
    }

    /** How many changes the nodes have not been told of. */
    static int due(Rows rows) {
        return rows.count(Unstamped.TABLE);
    }

    /** One round. Returns when the operation that tells is under way. For one thread. */
    public void tellWhatIsDue() {
        Rows rows = store.rows();
        if (due(rows) == 0 || store.readOnlyReason().isPresent()) {
            tries.clear();
            return;
        }
        List<Unstamped> ripe = ripe(rows);
        if (ripe.isEmpty()) {
            return;
        }
        Map<Unstamped, Places> places = new LinkedHashMap<>();
        ripe.forEach(due -> places.put(due, places(rows, due)));
        Map<DeviceId, Device> devices = new LinkedHashMap<>();
        Map<VolumeId, Volume> volumes = new LinkedHashMap<>();
        places.values().forEach(place -> {
            place.devices().forEach(device -> devices.put(device.id(), device));
            place.volumes().forEach(volume -> volumes.put(volume.id(), volume));
        });
        Stamps.Findings findings = stamps.find(rows, devices.values(), volumes.values());
        List<Unstamped> told = places.entrySet().stream()
                .filter(entry -> isKnown(entry.getValue(), findings))
                .map(Map.Entry::getKey)
                .toList();
        for (Unstamped due : ripe) {
            Tries next = nextTry(due);
            if (!told.contains(due) && next.count() == 1) {
                LOG.info("{} {} has changed, and a node cannot be told yet", due.kind(), due.object());
            }
            tries.put(due.id(), next);
        }
        tell(ripe, told, findings.differing());
    }

    private List<Unstamped> ripe(Rows rows) {
        Instant now = clock.instant();
        List<Unstamped> ripe = new ArrayList<>();
        Set<Unstamped.Id> all = new HashSet<>();
        Set<String> busy = new HashSet<>();
        for (Unstamped due : rows.all(Unstamped.TABLE)) {
            all.add(due.id());
            if (Operation.isHeld(rows, Unstamped.TABLE, due.id())) {
                busy.addAll(places(rows, due).ids());
                continue;
            }
            Tries before = tries.get(due.id());
            if (ripe.size() < AT_ONCE_MAX
                    && (before == null || !before.notBefore().isAfter(now))
                    && !isBeingChanged(rows, due)) {
                ripe.add(due);
            }
        }
        tries.keySet().retainAll(all);
        // two operations at one place could leave there what the slower one knew
        return ripe.stream()
                .filter(due -> places(rows, due).ids().stream().noneMatch(busy::contains))
                .toList();
    }

    /** What the operation leaves behind is told when it has ended. */
    private static boolean isBeingChanged(Rows rows, Unstamped due) {
        return due.kind() == Unstamped.Kind.VOLUME && Operation.isHeld(rows, Volume.TABLE, new VolumeId(due.object()));
    }

    private Tries nextTry(Unstamped due) {
        int count = 1 + (tries.containsKey(due.id()) ? tries.get(due.id()).count() : 0);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(count - 1, 10));
        return new Tries(count, clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
    }

    /** Where something is written of what changed; nowhere when that is gone by now. */
    private record Places(List<Device> devices, List<Volume> volumes) {

        Set<String> ids() {
            Set<String> ids = new HashSet<>();
            devices.forEach(device -> ids.add(device.id().value()));
            volumes.forEach(volume -> ids.add(volume.id().value()));
            return ids;
        }
    }

    private static Places places(Rows rows, Unstamped due) {
        return switch (due.kind()) {
            case CLUSTER ->
                new Places(
                        rows.get(Cluster.TABLE, new ClusterId(due.object())).stream()
                                .flatMap(cluster -> Inventory.nodes(rows, cluster.id()).stream())
                                .flatMap(node -> Inventory.devices(rows, node.id()).stream())
                                .toList(),
                        List.of());
            case NODE -> new Places(Inventory.devices(rows, new NodeId(due.object())), List.of());
            case DEVICE ->
                new Places(
                        rows.get(Device.TABLE, new DeviceId(due.object())).stream()
                                .toList(),
                        List.of());
            case VOLUME ->
                new Places(
                        List.of(),
                        rows.get(Volume.TABLE, new VolumeId(due.object())).stream()
                                .toList());
        };
    }

    private static boolean isKnown(Places places, Stamps.Findings findings) {
        return places.devices().stream()
                        .noneMatch(device ->
                                findings.unknown().containsKey(device.id().value()))
                && places.volumes().stream()
                        .noneMatch(volume ->
                                findings.unknown().containsKey(volume.id().value()));
    }

    private void tell(List<Unstamped> ripe, List<Unstamped> told, List<Stamp> found) {
        List<Stamp> differing = found.stream().limit(AT_ONCE_MAX).toList();
        // what is too much for one operation is found again in a later round
        List<Unstamped> done = found.size() > differing.size() ? List.of() : told;
        if (done.isEmpty() && differing.isEmpty()) {
            return;
        }
        try {
            operations.submit(Request.UNCOUNTED, (rows, attempt) -> {
                PlanBuilder plan = Plan.of(KIND);
                for (Unstamped due : ripe) {
                    rows.get(Unstamped.TABLE, due.id()).ifPresent(row -> {
                        if (done.contains(due)) {
                            plan.deletes(Unstamped.TABLE, row);
                        } else {
                            plan.holds(Unstamped.TABLE, row);
                        }
                    });
                }
                return plan.stage("identity", lanes(differing)).build();
            });
        } catch (RowHeld elsewhere) {
            LOG.debug("another operation is at it: {}", elsewhere.getMessage());
        }
    }

    static List<Lane> lanes(List<Stamp> stamps) {
        return stamps.stream().map(stamp -> Lane.of(stamp.step())).toList();
    }
}

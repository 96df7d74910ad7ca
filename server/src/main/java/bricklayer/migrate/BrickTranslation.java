package bricklayer.migrate;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import bricklayer.api.BrickInfo;
import bricklayer.api.DatabaseDump.BrickEntry;
import bricklayer.brick.placement.PlacementOptions;
import bricklayer.gluster.VolumeDetails;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.volume.VolumePlans;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes rows of a dump's bricks. Their order in gluster is asked of the nodes, and taken of pending operations for bricks that gluster may not have yet; bricks that share a thin pool count its space
 * once.
 */
final class BrickTranslation {

    private static final int UNKNOWN_SUB_TYPE = 0;
    private static final int ARBITER = 2;

    private final Entries entries;
    private final Translation.Result rows;
    private final BrickOrders orders;
    private final Findings findings;

    /** Bricks by volume, in no order yet. */
    private final Map<String, List<BrickEntry>> byVolume = new TreeMap<>();

    private final SortedMap<String, Brick> bricks = new TreeMap<>();

    private BrickTranslation(Entries entries, Translation.Result rows, BrickOrders orders, Findings findings) {
        this.entries = entries;
        this.rows = rows;
        this.orders = orders;
        this.findings = findings;
    }

    /**
     * @param bricks of volumes that have an entry, by id
     * @param ofClones entries of bricks of volumes that are being cloned, by the id of the clone, which has no entry
     */
    record Result(SortedMap<String, Brick> bricks, Map<String, List<BrickEntry>> ofClones) {}

    static Result of(Entries entries, Translation.Result rows, BrickOrders orders, Findings findings) {
        BrickTranslation translation = new BrickTranslation(entries, rows, orders, findings);
        translation.gather();
        for (Cluster cluster : rows.clusters().values()) {
            translation.cluster(cluster);
        }
        translation.sharePools();
        translation.byVolume.keySet().removeAll(rows.volumes().keySet());
        return new Result(translation.bricks, translation.byVolume);
    }

    /** Sorts out what cannot be a brick, and finds each one's volume. */
    private void gather() {
        Map<String, String> listed = new HashMap<>();
        entries.volumes().forEach((volume, entry) -> entry.bricks().forEach(brick -> listed.put(brick, volume)));
        Set<String> cloned = HeketiOperations.ofType(entries.operations().values(), OperationType.CLONE_VOLUME)
                .flatMap(entry -> HeketiOperations.items(entry, HeketiOperations.CLONE_TARGET).stream())
                .collect(Collectors.toSet());
        entries.bricks().forEach((id, entry) -> {
            BrickInfo info = entry.info();
            if (info.path().isEmpty()) {
                findings.note(
                        "brick",
                        id,
                        "Info.path",
                        "it has no path, so no volume has it and nothing of it is on a node: left out (Heketi: db"
                                + " delete-bricks-with-empty-path)");
                return;
            }
            if (info.path().indexOf('/') != 0 || info.path().lastIndexOf('/') == 0) {
                findings.problem("brick", id, "Info.path", "'" + info.path() + "' is no path of a brick's folder");
                return;
            }
            Device device = rows.devices().get(info.device());
            if (device == null) {
                findings.problem("brick", id, "Info.device", "there is no usable device '" + info.device() + "'");
                return;
            }
            if (!device.node().value().equals(info.node())) {
                findings.problem(
                        "brick",
                        id,
                        "Info.node",
                        "it is said to be on node '" + info.node() + "', and its device on node " + device.node());
                return;
            }
            String volume = info.volume().isEmpty() ? listed.getOrDefault(id, "") : info.volume();
            if (info.volume().isEmpty() && !volume.isEmpty()) {
                findings.note("brick", id, "Info.volume", "nothing is said; volume " + volume + " lists it");
            }
            if (!rows.volumes().containsKey(volume) && !cloned.contains(volume)) {
                findings.problem("brick", id, "Info.volume", "there is no usable volume '" + volume + "'");
                return;
            }
            if (entry.poolKiB() < 0 || entry.metadataKiB() < 0 || info.sizeKiB() <= 0) {
                findings.problem("brick", id, "Info.size, TpSize, PoolMetadataSize", "these are no sizes");
                return;
            }
            byVolume.computeIfAbsent(volume, _ -> new ArrayList<>()).add(entry);
        });
    }

    private void cluster(Cluster cluster) {
        List<Node> nodes = rows.nodes().values().stream()
                .filter(node -> node.cluster().equals(cluster.id()))
                .sorted(comparing((Node node) -> node.state() != State.ONLINE)
                        .thenComparing(node -> node.id().value()))
                .toList();
        List<Volume> volumes = rows.volumes().values().stream()
                .filter(volume -> volume.cluster().equals(cluster.id()))
                .toList();
        Optional<Map<String, VolumeDetails>> seen =
                volumes.isEmpty() ? Optional.of(Map.of()) : orders.volumes(cluster, nodes);
        if (seen.isEmpty()) {
            findings.note(
                    "cluster",
                    cluster.id().value(),
                    "",
                    "none of its nodes could be asked for the order of bricks in gluster's volumes");
        }
        for (Volume volume : volumes) {
            volume(volume, seen);
        }
    }

    private void volume(Volume volume, Optional<Map<String, VolumeDetails>> seen) {
        String id = volume.id().value();
        Map<String, BrickEntry> members = byVolume.getOrDefault(id, List.of()).stream()
                .collect(Collectors.toMap(entry -> entry.info().id(), Function.identity(), (a, b) -> a, TreeMap::new));
        Map<String, String> moving = moving(members.keySet());
        Map<String, BrickEntry> settled = new TreeMap<>(members);
        settled.keySet().removeAll(moving.keySet());

        List<String> planned = planned(settled.keySet());
        Optional<VolumeDetails> info = seen.flatMap(all -> Optional.ofNullable(all.get(volume.name())));
        List<String> inGluster =
                info.map(details -> inGlustersOrder(details, settled)).orElse(List.of());
        LinkedHashSet<String> order = new LinkedHashSet<>(inGluster);
        settled.keySet().stream().filter(brick -> !planned.contains(brick)).forEach(order::add);
        order.addAll(planned);
        check(volume, seen.isPresent(), info, settled, inGluster, planned);

        int position = 0;
        for (String brick : order) {
            put(volume, Objects.requireNonNull(settled.get(brick)), position++, members.values(), info);
        }
        moving.forEach((fresh, old) -> {
            Brick replaced = bricks.get(old);
            if (replaced == null) {
                findings.problem("brick", fresh, "", "it is to replace brick '" + old + "', which is not there");
            } else {
                put(volume, Objects.requireNonNull(members.get(fresh)), replaced.position(), members.values(), info);
            }
        });
    }

    /** Those that are made to take another's place, with that other's id. */
    private Map<String, String> moving(Set<String> members) {
        Map<String, String> moving = new TreeMap<>();
        HeketiOperations.ofType(entries.operations().values(), OperationType.EVICT_BRICK)
                .forEach(entry -> HeketiOperations.item(entry, HeketiOperations.ADD_BRICK)
                        .filter(members::contains)
                        .ifPresent(fresh -> HeketiOperations.item(entry, HeketiOperations.DELETE_BRICK)
                                .ifPresent(old -> moving.put(fresh, old))));
        return moving;
    }

    /** Those that pending operations are making, in the order in which they are given to gluster. */
    private List<String> planned(Set<String> members) {
        return HeketiOperations.ofType(
                        entries.operations().values(),
                        OperationType.CREATE_VOLUME,
                        OperationType.EXPAND_VOLUME,
                        OperationType.CREATE_BLOCK_VOLUME)
                .flatMap(entry -> HeketiOperations.items(entry, HeketiOperations.ADD_BRICK).stream())
                .filter(members::contains)
                .toList();
    }

    private List<String> inGlustersOrder(VolumeDetails details, Map<String, BrickEntry> settled) {
        Map<String, String> byName = new HashMap<>();
        settled.forEach((id, entry) -> {
            Node node = Objects.requireNonNull(rows.nodes().get(entry.info().node()));
            node.storageHosts()
                    .forEach(host -> byName.put(host + ":" + entry.info().path(), id));
        });
        return details.bricks().stream()
                .map(brick -> byName.get(brick.name()))
                .filter(Objects::nonNull)
                .toList();
    }

    private void check(
            Volume volume,
            boolean asked,
            Optional<VolumeDetails> info,
            Map<String, BrickEntry> settled,
            List<String> inGluster,
            List<String> planned) {
        String id = volume.id().value();
        if (info.isPresent()) {
            Set<String> missing = new LinkedHashSet<>(settled.keySet());
            inGluster.forEach(missing::remove);
            planned.forEach(missing::remove);
            missing.forEach(brick -> findings.note(
                    "brick", brick, "Info.path", "gluster's volume " + volume.name() + " has no such brick"));
            int others = info.get().bricks().size() - inGluster.size();
            if (others > 0) {
                findings.note(
                        "volume",
                        id,
                        "Bricks",
                        "gluster has " + others + " more bricks in it than the dump" + namesOf(info.get(), settled));
            }
            return;
        }
        boolean wholePlanned = planned.containsAll(settled.keySet());
        boolean beingDeleted = HeketiOperations.ofType(entries.operations().values(), OperationType.DELETE_VOLUME)
                .anyMatch(entry -> HeketiOperations.items(entry, HeketiOperations.DELETE_VOLUME)
                        .contains(id));
        if (wholePlanned || beingDeleted) {
            return;
        }
        if (asked) {
            findings.note("volume", id, "", "gluster has no volume " + volume.name());
        } else if (orderMatters(volume, settled.size())) {
            findings.problem(
                    "volume",
                    id,
                    "Bricks",
                    "its bricks form several sets, the dump does not say which, and no node of cluster "
                            + volume.cluster() + " could be asked; make one reachable");
        }
    }

    private String namesOf(VolumeDetails info, Map<String, BrickEntry> settled) {
        Set<String> known = new HashSet<>();
        settled.values().forEach(entry -> known.add(entry.info().path()));
        return info.bricks().stream()
                .map(VolumeDetails.Brick::name)
                .filter(name -> !known.contains(name.substring(name.indexOf(':') + 1)))
                .collect(Collectors.joining(", ", ": ", ""));
    }

    private static boolean orderMatters(Volume volume, int count) {
        int set = VolumePlans.durability(volume.requested(), PlacementOptions.arbiter(volume.options()))
                .bricksPerSet();
        return set > 1 && count > set;
    }

    private void put(
            Volume volume, BrickEntry entry, int position, Collection<BrickEntry> all, Optional<VolumeDetails> info) {
        BrickInfo brick = entry.info();
        Device device = Objects.requireNonNull(rows.devices().get(brick.device()));
        bricks.put(
                brick.id(),
                new Brick(
                        new BrickId(brick.id()),
                        new VolumeId(volume.id().value()),
                        device.id(),
                        device.node(),
                        position,
                        brick.sizeKiB(),
                        entry.poolKiB(),
                        entry.metadataKiB(),
                        pool(entry),
                        lv(entry),
                        brick.path(),
                        arbiter(volume, entry, all, info)));
    }

    static String pool(BrickEntry entry) {
        return entry.pool().isEmpty() ? "tp_" + entry.info().id() : entry.pool();
    }

    static String lv(BrickEntry entry) {
        return entry.lv().isEmpty() ? "brick_" + entry.info().id() : entry.lv();
    }

    private boolean arbiter(Volume volume, BrickEntry entry, Collection<BrickEntry> all, Optional<VolumeDetails> info) {
        if (entry.subType() != UNKNOWN_SUB_TYPE) {
            return entry.subType() == ARBITER;
        }
        if (!PlacementOptions.arbiter(volume.options())) {
            return false;
        }
        String path = entry.info().path();
        boolean arbiter = info.flatMap(details -> details.bricks().stream()
                        .filter(brick -> brick.name().endsWith(":" + path))
                        .findFirst())
                .map(VolumeDetails.Brick::arbiter)
                .orElseGet(() -> entry.info().sizeKiB()
                        < all.stream()
                                .mapToLong(other -> other.info().sizeKiB())
                                .max()
                                .orElse(0));
        findings.note(
                "brick",
                entry.info().id(),
                "SubType",
                "nothing is said (the entry is older than release 8); it is taken as "
                        + (arbiter ? "an arbiter" : "a normal brick")
                        + (info.isPresent() ? ", as gluster has it" : ", by its size"));
        return arbiter;
    }

    /** A volume and its clones share thin pools. In Heketi each of their bricks says the pool's size; here one answers for it. */
    private void sharePools() {
        Map<String, List<Brick>> pools = bricks.values().stream()
                .collect(Collectors.groupingBy(brick -> Brick.poolOn(brick.device(), brick.pool())));
        for (List<Brick> sharing : pools.values()) {
            sharing.stream()
                    .sorted(comparingInt((Brick brick) -> brick.isMountedByGluster() ? 1 : 0)
                            .thenComparing(brick -> brick.id().value()))
                    .skip(1)
                    .forEach(brick -> bricks.put(brick.id().value(), brick.holding(0, 0)));
        }
    }
}

package bricklayer.migrate;

import bricklayer.api.DatabaseDump;
import bricklayer.api.DatabaseDump.AttributeEntry;
import bricklayer.api.DatabaseDump.BlockVolumeEntry;
import bricklayer.api.DatabaseDump.ClusterEntry;
import bricklayer.api.DatabaseDump.DeviceEntry;
import bricklayer.api.DatabaseDump.NodeEntry;
import bricklayer.api.DatabaseDump.VolumeEntry;
import bricklayer.api.DatabaseDump.VolumeFacts;
import bricklayer.brick.InvalidRequest;
import bricklayer.brick.placement.PlacementOptions;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Chap;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.HostingSpace;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.RequestedDurability;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.problem.Rules;
import bricklayer.volume.VolumePlans;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes rows of a dump's entries, with the upgrades that Heketi makes to a database of an older release when it opens it. What cannot be a row is a problem; where a row says something other than the
 * entry did, there is a note.
 */
final class Translation {

    /** What a database may say about its format. Heketi does not start with any other. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "DB_CLUSTER_HAS_FILE_BLOCK_FLAG",
            "DB_BRICK_HAS_SUBTYPE_FIELD",
            "DB_HAS_PENDING_OPS_BUCKET",
            "DB_DEVICE_HAS_ID_META",
            "DB_GENERATION_ID");

    private static final long MOST_GIB = Integer.MAX_VALUE;

    private final DatabaseDump dump;
    private final Entries entries;
    private final Findings findings;

    private final SortedMap<String, Cluster> clusters = new TreeMap<>();
    private final SortedMap<String, Node> nodes = new TreeMap<>();
    private final SortedMap<String, Device> devices = new TreeMap<>();
    private final SortedMap<String, Volume> volumes = new TreeMap<>();
    private final SortedMap<String, BlockVolume> blockVolumes = new TreeMap<>();

    private final PhysicalVolumes physicalVolumes;
    private final Map<String, Optional<Map<String, String>>> asked = new HashMap<>();

    private Translation(DatabaseDump dump, Entries entries, PhysicalVolumes physicalVolumes, Findings findings) {
        this.dump = dump;
        this.entries = entries;
        this.physicalVolumes = physicalVolumes;
        this.findings = findings;
    }

    /** All rows but those of bricks and operations, which need the others. */
    record Result(
            SortedMap<String, Cluster> clusters,
            SortedMap<String, Node> nodes,
            SortedMap<String, Device> devices,
            SortedMap<String, Volume> volumes,
            SortedMap<String, BlockVolume> blockVolumes) {}

    static Result of(DatabaseDump dump, Entries entries, PhysicalVolumes physicalVolumes, Findings findings) {
        Translation translation = new Translation(dump, entries, physicalVolumes, findings);
        translation.attributes();
        entries.clusters().forEach(translation::cluster);
        entries.nodes().forEach(translation::node);
        translation.hostnames();
        entries.devices().forEach(translation::device);
        entries.volumes().forEach(translation::volume);
        translation.names();
        entries.blockVolumes().forEach(translation::blockVolume);
        translation.hosting();
        return new Result(
                translation.clusters,
                translation.nodes,
                translation.devices,
                translation.volumes,
                translation.blockVolumes);
    }

    private void attributes() {
        for (AttributeEntry attribute : dump.attributes().values()) {
            if (!ATTRIBUTES.contains(attribute.key())) {
                findings.problem(
                        "attribute",
                        attribute.key(),
                        "Key",
                        "no release of Heketi up to 10 writes this: the database is of a newer format, which is not"
                                + " understood here");
            }
        }
    }

    private boolean hasAttribute(String key) {
        return dump.attributes().values().stream()
                .anyMatch(attribute ->
                        attribute.key().equals(key) && attribute.value().equals("yes"));
    }

    private void cluster(String id, ClusterEntry entry) {
        boolean flags = hasAttribute("DB_CLUSTER_HAS_FILE_BLOCK_FLAG");
        if (!flags) {
            findings.note(
                    "cluster",
                    id,
                    "Info.file, Info.block",
                    "the dump is older than these flags; volumes of both kinds may be made in it, as Heketi decides");
        }
        clusters.put(
                id,
                new Cluster(
                        new ClusterId(id),
                        !flags || entry.info().file(),
                        !flags || entry.info().block()));
    }

    private void node(String id, NodeEntry entry) {
        DatabaseDump.NodeFacts info = entry.info();
        if (!entries.clusters().containsKey(info.cluster())) {
            findings.problem("node", id, "Info.cluster", "there is no cluster '" + info.cluster() + "'");
            return;
        }
        if (info.hostnames().manage().isEmpty() || info.hostnames().storage().isEmpty()) {
            findings.problem("node", id, "Info.hostnames", "a node needs a manage and a storage host name");
            return;
        }
        if (info.zone() < 1) {
            findings.note("node", id, "Info.zone", "zones count from 1, this is " + info.zone() + "; it is taken as 1");
        }
        Rules.tags(info.tags()).ifPresent(why -> findings.problem("node", id, "Info.tags", why));
        nodes.put(
                id,
                new Node(
                        new NodeId(id),
                        new ClusterId(info.cluster()),
                        Math.max(1, info.zone()),
                        info.hostnames().manage(),
                        info.hostnames().storage(),
                        info.tags(),
                        state("node", id, entry.state())));
    }

    /** Each belongs to one node: by the first is the node reached, and brick addresses are made of them. */
    private void hostnames() {
        Map<String, String> manage = new HashMap<>();
        Map<String, String> storage = new HashMap<>();
        nodes.forEach((id, node) -> {
            unique(id, "Info.hostnames.manage", node.manageHosts(), manage);
            unique(id, "Info.hostnames.storage", node.storageHosts(), storage);
        });
    }

    private void unique(String node, String field, List<String> names, Map<String, String> taken) {
        for (String name : names) {
            String other = taken.putIfAbsent(name, node);
            if (other != null && !other.equals(node)) {
                findings.problem("node", node, field, "'" + name + "' is a name of node " + other + ", too");
            }
        }
    }

    private State state(String entity, String id, String word) {
        return Arrays.stream(State.values())
                .filter(state -> state.wire().equals(word))
                .findFirst()
                .orElseGet(() -> {
                    if (word.isEmpty()) {
                        findings.note(entity, id, "State", "nothing is said; it is taken as online");
                    } else {
                        findings.problem(entity, id, "State", "'" + word + "' is no state");
                    }
                    return State.ONLINE;
                });
    }

    private void device(String id, DeviceEntry entry) {
        DatabaseDump.DeviceFacts info = entry.info();
        if (!nodes.containsKey(entry.node())) {
            findings.problem("device", id, "NodeId", "there is no usable node '" + entry.node() + "'");
            return;
        }
        if (info.storage().totalKiB() < 0) {
            findings.problem("device", id, "Info.storage.total", "a size cannot be below 0");
        }
        Rules.tags(info.tags()).ifPresent(why -> findings.problem("device", id, "Info.tags", why));
        devices.put(
                id,
                new Device(
                        new DeviceId(id),
                        new NodeId(entry.node()),
                        info.name(),
                        info.tags(),
                        state("device", id, entry.state()),
                        info.storage().totalKiB(),
                        entry.extentKiB() > 0 ? entry.extentKiB() : Device.DEFAULT_EXTENT_KIB,
                        info.pvUuid().isEmpty() ? pvUuid(id, entry.node()) : info.pvUuid(),
                        info.paths()));
    }

    /** Asked of the node: without it a device could not be told from another that later has its path. */
    private String pvUuid(String device, String node) {
        Optional<Map<String, String>> groups =
                asked.computeIfAbsent(node, _ -> physicalVolumes.byGroup(Objects.requireNonNull(nodes.get(node))));
        Optional<String> found = groups.flatMap(all -> Optional.ofNullable(all.get("vg_" + device)));
        findings.note(
                "device",
                device,
                "Info.pv_uuid",
                "nothing is said (Heketi writes it from release 10 on); "
                        + found.map(uuid -> "its node says " + uuid)
                                .orElse(
                                        groups.isPresent()
                                                ? "its node has no volume group vg_" + device
                                                : "its node could not be asked, so the device is known by its path alone,"
                                                        + " and its physical volume stays when it is deleted"));
        return found.orElse("");
    }

    private void volume(String id, VolumeEntry entry) {
        VolumeFacts info = entry.info();
        if (!clusters.containsKey(info.cluster())) {
            findings.problem("volume", id, "Info.cluster", "there is no cluster '" + info.cluster() + "'");
            return;
        }
        if (info.name().isEmpty()) {
            findings.problem("volume", id, "Info.name", "a volume needs a name: gluster knows it by nothing else");
            return;
        }
        RequestedDurability durability = new RequestedDurability(
                info.durability().type().isEmpty()
                        ? bricklayer.api.Durability.NONE
                        : info.durability().type(),
                info.durability().replicate().replica(),
                info.durability().disperse().data(),
                info.durability().disperse().redundancy());
        if (durability.type().equals(bricklayer.api.Durability.DISPERSE) && durability.data() == 0) {
            findings.note(
                    "volume", id, "Info.durability.disperse", "nothing is said; it is taken as 4+2, as Heketi does");
            durability = new RequestedDurability(durability.type(), durability.replica(), 4, 2);
        }
        try {
            VolumePlans.durability(durability, PlacementOptions.arbiter(entry.glusterVolumeOptions()));
        } catch (InvalidRequest e) {
            findings.problem("volume", id, "Info.durability", String.valueOf(e.getMessage()));
            return;
        }
        volumes.put(
                id,
                new Volume(
                        new VolumeId(id),
                        info.name(),
                        new ClusterId(info.cluster()),
                        sizeGiB("volume", id, info.sizeGiB()),
                        durability,
                        info.snapshot().enable(),
                        info.snapshot().factor() > 0 ? info.snapshot().factor() : 1,
                        info.gid(),
                        entry.glusterVolumeOptions(),
                        info.block(),
                        info.clusters(),
                        info.block() ? sizeGiB("volume", id, info.blockInfo().reservedGiB()) : 0,
                        info.blockInfo().restriction()));
    }

    private int sizeGiB(String entity, String id, long size) {
        if (size < 0 || size > MOST_GIB) {
            findings.problem(entity, id, "Info.size", size + " GiB is no size");
            return 0;
        }
        return (int) size;
    }

    private void names() {
        Map<String, String> taken = new HashMap<>();
        volumes.forEach((id, volume) -> {
            String other = taken.putIfAbsent(Volume.nameIn(volume.cluster(), volume.name()), id);
            if (other != null) {
                findings.problem(
                        "volume", id, "Info.name", "'" + volume.name() + "' is the name of volume " + other + ", too");
            }
        });
    }

    private void blockVolume(String id, BlockVolumeEntry entry) {
        DatabaseDump.BlockVolumeFacts info = entry.info();
        Volume hosting = volumes.get(info.hostingVolume());
        if (hosting == null) {
            findings.problem(
                    "block volume", id, "Info.blockhostingvolume", "there is no volume '" + info.hostingVolume() + "'");
            return;
        }
        if (!hosting.blockHosting()) {
            findings.problem(
                    "block volume",
                    id,
                    "Info.blockhostingvolume",
                    "volume " + hosting.id() + " holds no block volumes: its entry does not say block");
        }
        if (!info.cluster().isEmpty()
                && !info.cluster().equals(hosting.cluster().value())) {
            findings.problem(
                    "block volume",
                    id,
                    "Info.cluster",
                    "it is said to be in cluster " + info.cluster() + ", and its hosting volume in "
                            + hosting.cluster());
        }
        int size = sizeGiB("block volume", id, info.sizeGiB());
        bricklayer.api.BlockVolumeInfo.Target target = Optional.ofNullable(info.target())
                .orElseGet(() -> new bricklayer.api.BlockVolumeInfo.Target(List.of(), "", 0, "", ""));
        blockVolumes.put(
                id,
                new BlockVolume(
                        new BlockVolumeId(id),
                        info.name(),
                        hosting.cluster(),
                        hosting.id(),
                        size,
                        // older than release 10: they offered what they were made with
                        info.usableGiB() == 0 ? size : sizeGiB("block volume", id, info.usableGiB()),
                        info.haCount(),
                        info.auth(),
                        target.hosts(),
                        target.iqn(),
                        new Chap(target.username(), target.password()),
                        info.clusters()));
    }

    /** As Heketi corrects and reserves space in hosting volumes when it opens a database. */
    private void hosting() {
        Map<String, Long> taken = new HashMap<>();
        blockVolumes
                .values()
                .forEach(block -> taken.merge(block.hostingVolume().value(), (long) block.sizeGiB(), Long::sum));
        Map<String, Long> growing = growing();
        Set<String> pending = new HashSet<>();
        entries.volumes().forEach((id, entry) -> {
            if (!entry.pending().id().isEmpty()) {
                pending.add(id);
            }
        });
        for (Volume volume : List.copyOf(volumes.values())) {
            String id = volume.id().value();
            if (volume.blockHosting() && !pending.contains(id)) {
                hosting(volume, taken.getOrDefault(id, 0L) + growing.getOrDefault(id, 0L));
            }
        }
    }

    private void hosting(Volume volume, long taken) {
        String id = volume.id().value();
        long said = Objects.requireNonNull(entries.volumes().get(id))
                .info()
                .blockInfo()
                .freeGiB();
        long free = volume.sizeGiB() - volume.reservedGiB() - taken;
        Volume corrected = volume;
        if (free != said) {
            boolean possible = free >= 0 && free <= volume.sizeGiB();
            findings.note(
                    "volume",
                    id,
                    "Info.blockinfo.freesize",
                    said + " GiB are said to be free, but its size less what is kept back and its block volumes is "
                            + free
                            + (possible ? " GiB; that counts, and it is locked-by-update, as Heketi decides" : " GiB"));
            if (possible) {
                corrected = volume.restricted(Volume.LOCKED_BY_UPDATE, volume.reservedGiB());
            }
        }
        if (free >= 0
                && corrected.reservedGiB() == 0
                && volume.sizeGiB() > 0
                && !corrected.restriction().equals(Volume.LOCKED_BY_UPDATE)) {
            int reserve = HostingSpace.reservedOf(volume.sizeGiB());
            boolean room = free >= reserve;
            corrected = room
                    ? corrected.restricted(corrected.restriction(), reserve)
                    : corrected.restricted(Volume.LOCKED_BY_UPDATE, 0);
            findings.note(
                    "volume",
                    id,
                    "Info.blockinfo.reservedsize",
                    "nothing is kept back for gluster, as older releases did; "
                            + (room ? reserve + " GiB are now" : "there is no room to, so it is locked-by-update"));
        }
        volumes.put(id, corrected);
    }

    /** What running expansions of block volumes have taken of their hosting volumes already. */
    private Map<String, Long> growing() {
        Map<String, Long> growing = new HashMap<>();
        HeketiOperations.ofType(entries.operations().values(), OperationType.EXPAND_BLOCK_VOLUME)
                .flatMap(entry -> entry.actions().stream())
                .filter(action -> action.change() == HeketiOperations.EXPAND_BLOCK_VOLUME)
                .forEach(action -> {
                    BlockVolume block = blockVolumes.get(action.id());
                    Long delta = action.delta();
                    if (block != null && delta != null) {
                        growing.merge(block.hostingVolume().value(), delta - block.sizeGiB(), Long::sum);
                    }
                });
        return growing;
    }
}

package bricklayer.adopt;

import bricklayer.api.Durability;
import bricklayer.brick.InvalidRequest;
import bricklayer.brick.SizeLimits;
import bricklayer.gluster.VolumeDetails;
import bricklayer.host.Told;
import bricklayer.identity.UnreadableIdentity;
import bricklayer.identity.VolumeStamp;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.RequestedDurability;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.LvSeen;
import bricklayer.mount.MountsSeen.Folder;
import bricklayer.mount.MountsSeen.Mounted;
import bricklayer.operation.Ids;
import bricklayer.store.Rows;
import bricklayer.survey.NodeSurvey;
import bricklayer.volume.VolumePlans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges one gluster volume by what its nodes said and the records say: its rows as they would be, and what stands against them. Pure but for the ids it draws. For one thread, once. */
final class Assessment {

    private static final String ARBITER = "user.heketi.arbiter";
    /** Options that gluster itself sets on each new volume, which nobody asked for. */
    private static final Set<String> SET_BY_GLUSTER = Set.of(
            "cluster.granular-entry-heal on",
            "nfs.disable on",
            "performance.client-io-threads off",
            "storage.fips-mode-rchecksum on",
            "transport.address-family inet");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern NAMED_BY_ID = Pattern.compile("vol_([0-9a-f]{32})");
    private static final Pattern BRICK_ID = Pattern.compile("brick_([0-9a-f]{32})");

    private final Rows rows;
    private final Sighting seen;
    private final Ids ids;
    private final VolumeDetails details;
    private final Map<String, String> options = new HashMap<>();
    private final Optional<Volume> recorded;
    private final List<Brick> bricks = new ArrayList<>();
    private final Set<String> poolsCounted = new HashSet<>();
    private final Set<String> lvsTaken = new HashSet<>();
    private final List<String> obstacles = new ArrayList<>();
    private final List<String> unmanageable = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Assessment(Rows rows, Sighting seen, Ids ids) {
        this.rows = rows;
        this.seen = seen;
        this.ids = ids;
        this.details = seen.volume();
        details.options().forEach(option -> options.put(option.getKey(), option.getValue()));
        this.recorded = rows.find(Volume.TABLE, Volume.BY_NAME, Volume.nameIn(seen.cluster(), details.name())).stream()
                .findFirst();
    }

    static Candidate of(Rows rows, Sighting seen, Ids ids) {
        return new Assessment(rows, seen, ids).candidate();
    }

    static String pathOf(String brick) {
        return brick.substring(brick.indexOf(":/") + 1);
    }

    private static String hostOf(String brick) {
        return brick.substring(0, brick.indexOf(":/"));
    }

    /** By any of its storage names: what gluster calls it otherwise, the records cannot follow. */
    static Optional<Node> nodeOf(Rows rows, ClusterId cluster, String brick) {
        return rows.find(Node.TABLE, Node.BY_STORAGE_HOST, hostOf(brick)).stream()
                .filter(node -> node.cluster().equals(cluster) && Inventory.isVisible(rows, node))
                .findFirst();
    }

    private Candidate candidate() {
        if (recorded.filter(volume -> !volume.isReadOnly()).isPresent()) {
            obstacles.add("the records have a volume of that name already");
        }
        if (details.stripeCount() > 1) {
            obstacles.add("it is striped, which gluster itself has given up");
        }
        Optional<VolumeStamp> stamp = stamp();
        if (stamp.filter(told -> told.volume().named("").blockHosting()).isPresent()) {
            obstacles.add("it hosts block volumes, whose records cannot be told from the volume alone");
        }
        VolumeId id = id(stamp);
        for (int position = 0; position < details.bricks().size(); position++) {
            brick(id, position, details.bricks().get(position), stamp);
        }
        shareFileSystems();
        Optional<Volume> told =
                recorded.or(() -> stamp.map(found -> found.volume().named(details.name())));
        List<String> wanted = told.map(Volume::options).orElseGet(this::optionsSet);
        Volume volume = new Volume(
                id,
                details.name(),
                seen.cluster(),
                told.map(Volume::sizeGiB).orElseGet(this::sizeGiB),
                told.map(Volume::requested).orElseGet(this::durability),
                told.map(Volume::snapshotEnabled).orElse(false),
                told.map(Volume::snapshotFactor).orElse(1f),
                told.map(Volume::gid).orElseGet(this::gid),
                wanted,
                false,
                told.map(Volume::requestedClusters).orElse(List.of()),
                0,
                Volume.READ_ONLY);
        try {
            int set = VolumePlans.durability(volume.requested(), wanted.contains(ARBITER + " true"))
                    .bricksPerSet();
            if (details.bricks().size() % set != 0) {
                unmanageable.add("its " + details.bricks().size() + " bricks are no whole sets of " + set);
            }
        } catch (InvalidRequest e) {
            unmanageable.add("volumes of its kind are not made here: " + e.getMessage());
        }
        if (!details.statusText().equals("Started")) {
            notes.add("it is not started");
        }
        return new Candidate(
                volume,
                recorded.isPresent(),
                details.typeText(),
                bricks,
                details.bricks().stream().map(VolumeDetails.Brick::name).toList(),
                obstacles,
                unmanageable,
                notes);
    }

    /** What this program wrote on it once, where that is whole and still fits; else it is judged by what is seen. */
    private Optional<VolumeStamp> stamp() {
        try {
            Optional<VolumeStamp> told = VolumeStamp.read(options);
            boolean fits = told.filter(
                            stamp -> stamp.volume().named("").cluster().equals(seen.cluster())
                                    && stamp.bricks().size() == details.bricks().size())
                    .isPresent();
            if (told.isPresent() && !fits) {
                notes.add("what it says of itself does not fit, and is left aside");
            }
            return fits ? told : Optional.empty();
        } catch (UnreadableIdentity e) {
            notes.add("what it says of itself cannot be read, and is left aside: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Heketi's, or ours of earlier, unless somebody has it now: copies of a volume carry its options. */
    private VolumeId id(Optional<VolumeStamp> stamp) {
        if (recorded.isPresent()) {
            return recorded.get().id();
        }
        Matcher named = NAMED_BY_ID.matcher(details.name());
        return stamp.map(told -> told.volume().named("").id().value())
                .or(() -> Optional.ofNullable(options.get(VolumeStamp.ID)))
                .filter(this::isFree)
                .or(() -> named.matches() ? Optional.of(named.group(1)).filter(this::isFree) : Optional.empty())
                .map(VolumeId::new)
                .orElseGet(() -> new VolumeId(ids.next()));
    }

    private boolean isFree(String id) {
        return ID.matcher(id).matches()
                && rows.get(Volume.TABLE, new VolumeId(id)).isEmpty();
    }

    private List<String> optionsSet() {
        List<String> set = new ArrayList<>();
        details.options().stream()
                .filter(option ->
                        !VolumeStamp.isOurs(option.getKey()) && !option.getKey().equals(ARBITER))
                .map(option -> option.getKey() + " " + option.getValue())
                .filter(option -> !SET_BY_GLUSTER.contains(option))
                .forEach(set::add);
        if (details.arbiterCount() > 0) {
            set.add(ARBITER + " true");
        }
        return set;
    }

    private RequestedDurability durability() {
        if (details.disperseCount() > 0) {
            return new RequestedDurability(
                    Durability.DISPERSE,
                    0,
                    details.disperseCount() - details.redundancyCount(),
                    details.redundancyCount());
        }
        return details.replicaCount() > 1
                ? new RequestedDurability(Durability.REPLICATE, details.replicaCount(), 0, 0)
                : new RequestedDurability(Durability.NONE, 0, 0, 0);
    }

    private void brick(VolumeId volume, int position, VolumeDetails.Brick found, Optional<VolumeStamp> stamp) {
        Optional<Node> node = nodeOf(rows, seen.cluster(), found.name());
        if (node.isEmpty()) {
            obstacles.add(
                    "brick " + found.name() + ": " + hostOf(found.name())
                            + " is no storage name of a node of the cluster; add the node, or add the name to it (bricklayer node address)");
            return;
        }
        NodeSurvey survey = seen.nodes().get(node.get().id());
        if (survey == null || !survey.gaps().isEmpty()) {
            obstacles.add("brick " + found.name() + ": nobody can tell where it lies, for node "
                    + node.get().host() + " did not answer: "
                    + (survey == null ? "it was not asked" : String.join("; ", survey.gaps())));
            return;
        }
        String path = pathOf(found.name());
        BrickId id = brickId(path, position, stamp);
        Optional<Mounted> mount = mountOf(survey, path);
        Optional<OnDevice> place = mount.flatMap(at -> onDevice(node.get(), survey, at));
        if (place.isEmpty() || isAnothers(place.get(), volume)) {
            place.ifPresent(other -> notes.add("brick " + found.name() + " lies inside a brick of another volume"));
            foreign(id, volume, node.get().id(), position, path, found.arbiter());
            unmanageable.add("brick " + found.name() + " lies on no device of the records"
                    + mount.map(at -> " but on " + at.device()).orElse(""));
            return;
        }
        onDevice(id, volume, node.get(), position, found, mount.orElseThrow(), place.get());
    }

    private void foreign(BrickId id, VolumeId volume, NodeId node, int position, String path, boolean arbiter) {
        Told<Map<String, Long>> sizes = seen.sizes().getOrDefault(node, new Told.Unknown<>("nobody was asked"));
        Optional<Long> size = Optional.ofNullable(sizes.or(Map.of()).get(path));
        if (size.isEmpty()) {
            notes.add("the size of " + path + " is not known: "
                    + (sizes.isKnown() ? "there is no such folder" : sizes.whyNot()));
        }
        bricks.add(Brick.foreign(id, volume, node, position, size.orElse(0L), path, arbiter));
    }

    private void onDevice(
            BrickId id,
            VolumeId volume,
            Node node,
            int position,
            VolumeDetails.Brick found,
            Mounted mount,
            OnDevice place) {
        String path = pathOf(found.name());
        LvSeen lv = place.lv();
        // a volume without a pool is its own, so that its space is counted like a pool's
        String pool = lv.pool().isEmpty() ? lv.name() : lv.pool();
        boolean counted = !poolsCounted.add(Brick.poolOn(place.device().id(), pool)) || isCounted(place, pool, volume);
        LvSeen holder = place.pool().orElse(lv);
        Brick brick = new Brick(
                id,
                volume,
                place.device().id(),
                node.id(),
                position,
                lv.sizeKiB(),
                counted ? 0 : holder.sizeKiB(),
                counted ? 0 : holder.metadataKiB(),
                pool,
                lv.name(),
                path,
                found.arbiter());
        bricks.add(brick);
        String what = "brick " + found.name();
        if (place.pool().isEmpty()) {
            unmanageable.add(what + " lies on " + lv.path() + ", which is no thin volume");
        }
        boolean usual = path.startsWith(place.device().mountRoot() + "/") || brick.isMountedByGluster();
        if (!usual || !mount.path().equals(brick.mountPoint())) {
            unmanageable.add(what + " is not a folder directly in a file system that is mounted below "
                    + place.device().mountRoot() + " (" + lv.path() + " is mounted at " + mount.path() + ")");
        }
        if (!lvsTaken.add(lv.path() + "@" + node.id())) {
            unmanageable.add(what + " shares " + lv.path() + " with another brick of the volume");
        }
        if (!hostOf(found.name()).equals(node.storageHost())) {
            unmanageable.add(what + ": the records call its node " + node.storageHost());
        }
    }

    private BrickId brickId(String path, int position, Optional<VolumeStamp> stamp) {
        Matcher usual = BRICK_ID.matcher(
                path.substring(0, Math.max(path.lastIndexOf('/'), 0)).replaceFirst(".*/", ""));
        return recorded.flatMap(volume -> Inventory.bricksOf(rows, volume.id()).stream()
                        .filter(brick ->
                                brick.position() == position && brick.path().equals(path))
                        .map(Brick::id)
                        .findFirst())
                .or(() -> stamp.map(told -> told.bricks().get(position).id()).filter(this::isFree))
                .or(() -> usual.matches()
                        ? Optional.of(new BrickId(usual.group(1))).filter(this::isFree)
                        : Optional.empty())
                .orElseGet(() -> new BrickId(ids.next()));
    }

    private boolean isFree(BrickId id) {
        return rows.get(Brick.TABLE, id).isEmpty()
                && bricks.stream().noneMatch(brick -> brick.id().equals(id));
    }

    /** What is mounted where a path leads: the longest mount point above it. */
    private static Optional<Mounted> mountOf(NodeSurvey survey, String path) {
        return survey.mounts().map(seen -> seen.mounts()).or(List.of()).stream()
                .filter(mount -> path.equals(mount.path())
                        || path.startsWith(mount.path().endsWith("/") ? mount.path() : mount.path() + "/"))
                .max(Comparator.comparingInt(mount -> mount.path().length()));
    }

    /** A logical volume in the group of a device, and the thin pool it is in. */
    private record OnDevice(Device device, LvSeen lv, Optional<LvSeen> pool) {}

    private Optional<OnDevice> onDevice(Node node, NodeSurvey survey, Mounted mount) {
        List<LvSeen> all = survey.volumes().or(List.of());
        for (Device device : Inventory.devices(rows, node.id())) {
            if (!Inventory.isVisible(rows, device)) {
                continue;
            }
            Optional<LvSeen> lv = all.stream()
                    .filter(candidate -> candidate.group().equals(device.volumeGroup())
                            && (DeviceMapper.path(candidate.group(), candidate.name())
                                            .equals(mount.device())
                                    || mount.device().equals("/dev/" + candidate.path())))
                    .findFirst();
            if (lv.isPresent()) {
                return Optional.of(new OnDevice(
                        device,
                        lv.get(),
                        all.stream()
                                .filter(pool -> pool.group().equals(device.volumeGroup())
                                        && !lv.get().pool().isEmpty()
                                        && pool.name().equals(lv.get().pool()))
                                .findFirst()));
            }
        }
        return Optional.empty();
    }

    private boolean isAnothers(OnDevice place, VolumeId volume) {
        return Inventory.bricksOn(rows, place.device().id()).stream()
                .anyMatch(brick ->
                        brick.lv().equals(place.lv().name()) && !brick.volume().equals(volume));
    }

    /** Whether a brick of another volume answers for the space of the pool. */
    private boolean isCounted(OnDevice place, String pool, VolumeId volume) {
        return rows.find(Brick.TABLE, Brick.BY_POOL, Brick.poolOn(place.device().id(), pool)).stream()
                .anyMatch(brick -> !brick.volume().equals(volume) && brick.poolKiB() > 0);
    }

    /** Bricks in one file system have a part of it each. */
    private void shareFileSystems() {
        Map<String, Integer> sharers = new HashMap<>();
        bricks.forEach(brick -> sharers.merge(fileSystemOf(brick), 1, Integer::sum));
        bricks.replaceAll(brick -> {
            int many = sharers.getOrDefault(fileSystemOf(brick), 1);
            return brick.isForeign() && many > 1 ? brick.sized(brick.sizeKiB() / many) : brick;
        });
    }

    private String fileSystemOf(Brick brick) {
        NodeSurvey survey = seen.nodes().get(brick.node());
        return brick.node() + ":"
                + Optional.ofNullable(survey)
                        .flatMap(node -> mountOf(node, brick.path()))
                        .map(Mounted::path)
                        .orElse("/");
    }

    /** What fits in: of each set its smallest brick with data, times the bricks that data is divided among. */
    private int sizeGiB() {
        int set = Math.max(1, Math.max(details.replicaCount(), details.disperseCount()));
        long dataBricks = details.disperseCount() > 0 ? details.disperseCount() - details.redundancyCount() : 1;
        long kib = 0;
        for (int from = 0; from < details.bricks().size(); from += set) {
            int first = from;
            kib += dataBricks
                    * bricks.stream()
                            .filter(brick ->
                                    brick.position() >= first && brick.position() < first + set && !brick.arbiter())
                            .mapToLong(Brick::sizeKiB)
                            .min()
                            .orElse(0);
        }
        return Math.clamp(kib / SizeLimits.KIB_PER_GIB, 1, Integer.MAX_VALUE);
    }

    /** The group that all brick folders belong to, where that can be seen; else none. */
    private long gid() {
        Set<Long> groups = new HashSet<>();
        for (Brick brick : bricks) {
            NodeSurvey survey = seen.nodes().get(brick.node());
            groups.add(Optional.ofNullable(survey)
                    .flatMap(node -> node.mounts().map(mounts -> mounts.folders()).or(List.of()).stream()
                            .filter(folder -> folder.path().equals(brick.path()))
                            .map(Folder::group)
                            .findFirst())
                    .orElse(0L));
        }
        return groups.size() == 1 ? groups.iterator().next() : 0;
    }
}

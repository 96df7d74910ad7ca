package bricklayer.rebuild;

import bricklayer.api.RebuildReport;
import bricklayer.gluster.VolumeDetails;
import bricklayer.host.HostName;
import bricklayer.host.Told;
import bricklayer.identity.GroupTags;
import bricklayer.identity.UnreadableIdentity;
import bricklayer.identity.VolumeStamp;
import bricklayer.identity.VolumeStamp.BrickFacts;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Chap;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.lvm.GroupsSeen;
import bricklayer.lvm.LvSeen;
import bricklayer.lvm.PvSeen;
import bricklayer.lvm.VgSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts records together from what nodes said. Pure. Nothing is guessed silently: where places contradict each other, or something is not known, a finding says so and what was taken.
 *
 * <p>Work grows with what is there, never with its square.
 */
final class Reconstruction {

    /** The folder of a brick that was not made by gluster: says device and brick. */
    private static final Pattern PATH = Pattern.compile(".*/vg_([0-9a-f]{32})/brick_([0-9a-f]{32})/brick");

    private static final int NAMES_SHOWN = 10;

    private final List<NodeNamed> named;
    private final Seen seen;
    private final Findings findings = new Findings();
    private final Map<ClusterId, Votes<Cluster>> clusterVotes = new TreeMap<>(Comparator.comparing(ClusterId::value));
    private final Map<NodeId, Votes<Node>> nodeVotes = new TreeMap<>(Comparator.comparing(NodeId::value));
    private final Map<ClusterId, Cluster> clusters = new LinkedHashMap<>();
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final Map<DeviceId, Device> devices = new TreeMap<>(Comparator.comparing(DeviceId::value));
    private final Map<DeviceId, HostName> seenOn = new HashMap<>();
    private final Set<HostName> volumesSeenOn = new HashSet<>();
    private final Map<String, LvSeen> logicalVolumes = new HashMap<>();
    private final Map<VolumeId, Volume> volumes = new LinkedHashMap<>();
    private final Map<BrickId, Brick> bricks = new LinkedHashMap<>();
    private final List<BlockVolume> blocks = new ArrayList<>();
    private final List<RebuildReport.Source> sources = new ArrayList<>();
    private boolean whole = true;

    private Reconstruction(List<NodeNamed> named, Seen seen) {
        this.named = named;
        this.seen = seen;
    }

    static Rebuilt of(List<NodeNamed> named, Seen seen) {
        return new Reconstruction(named, seen).rebuilt();
    }

    /** The hosts of each cluster, as their volume groups tell. */
    static Map<ClusterId, List<HostName>> members(List<Seen.OfNode> nodes) {
        Map<ClusterId, List<HostName>> members = new TreeMap<>(Comparator.comparing(ClusterId::value));
        for (Seen.OfNode node : nodes) {
            node.groups().or(NOTHING).groups().stream()
                    .flatMap(group -> read(group, Optional.empty()).stream())
                    .map(tags -> tags.cluster().id())
                    .distinct()
                    .forEach(cluster -> members.computeIfAbsent(cluster, none -> new ArrayList<>())
                            .add(node.host()));
        }
        return members;
    }

    private static final GroupsSeen NOTHING = new GroupsSeen(List.of(), List.of());

    private static Optional<GroupTags> read(VgSeen group, Optional<PvSeen> pv) {
        try {
            return GroupTags.read(
                    group.tags(),
                    new GroupTags.Measured(
                            group.sizeKiB(),
                            group.extentKiB(),
                            pv.map(PvSeen::uuid).orElse("")));
        } catch (UnreadableIdentity e) {
            return Optional.empty();
        }
    }

    private Rebuilt rebuilt() {
        seen.nodes().forEach(this::node);
        clusterVotes.forEach((id, votes) -> clusters.put(
                id,
                votes.decide(
                        "cluster " + id, findings, cluster -> "file=" + cluster.file() + " block=" + cluster.block())));
        nodeVotes.forEach((id, votes) -> nodes.put(id, votes.decide("node " + id, findings, node -> node)));
        seen.volumes().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().value()))
                .forEach(entry -> cluster(entry.getKey(), entry.getValue()));
        reportUnaccounted();
        RebuildReport report = new RebuildReport(
                clusters.size(),
                nodes.size(),
                devices.size(),
                volumes.size(),
                bricks.size(),
                blocks.size(),
                sources,
                findings.all(),
                whole,
                false);
        return new Rebuilt(
                List.copyOf(clusters.values()),
                List.copyOf(nodes.values()),
                List.copyOf(devices.values()),
                List.copyOf(volumes.values()),
                List.copyOf(bricks.values()),
                blocks,
                report,
                whole);
    }

    private void node(Seen.OfNode node) {
        if (node.groups() instanceof Told.Unknown<GroupsSeen>(String why)) {
            whole = false;
            sources.add(new RebuildReport.Source(node.host().value(), "", 0, why));
            return;
        }
        GroupsSeen groups = node.groups().or(NOTHING);
        Map<String, PvSeen> byGroup = groups.physicalVolumes().stream()
                .filter(pv -> !pv.group().isEmpty())
                .collect(Collectors.toMap(PvSeen::group, pv -> pv, (first, second) -> first));
        Set<String> ids = new HashSet<>();
        int count = 0;
        for (VgSeen group : groups.groups()) {
            if (!GroupTags.isOurs(group.tags())) {
                continue;
            }
            try {
                GroupTags tags = GroupTags.read(
                                group.tags(),
                                new GroupTags.Measured(
                                        group.sizeKiB(),
                                        group.extentKiB(),
                                        Optional.ofNullable(byGroup.get(group.name()))
                                                .map(PvSeen::uuid)
                                                .orElse("")))
                        .orElseThrow();
                if (device(node.host(), group, tags)) {
                    ids.add(tags.node().id().value());
                    count++;
                }
            } catch (UnreadableIdentity e) {
                whole = false;
                findings.missing(
                        "volume group " + group.name() + " on " + node.host(),
                        "is ours, but " + e.getMessage()
                                + ". It was made by an older version, or somebody changed its tags; only a server that still has its records can write them (admin stamp)");
            }
        }
        for (LvSeen lv : node.volumes().or(List.of())) {
            logicalVolumes.put(lv.path(), lv);
        }
        String trouble = node.volumes().whyNot();
        if (trouble.isEmpty()) {
            volumesSeenOn.add(node.host());
        }
        whole &= trouble.isEmpty();
        if (ids.size() > 1) {
            findings.contradiction("host " + node.host(), "holds volume groups of nodes " + String.join(" and ", ids));
        }
        if (ids.isEmpty()) {
            findings.missing(
                    "host " + node.host(),
                    "holds no volume group of ours, so nothing says which node it is. Add it again if it shall be one");
        }
        sources.add(new RebuildReport.Source(node.host().value(), String.join(",", ids), count, trouble));
    }

    private boolean device(HostName host, VgSeen group, GroupTags tags) {
        Device device = tags.device();
        String where = "volume group " + group.name() + " on " + host;
        if (!group.name().equals(device.volumeGroup())) {
            findings.contradiction(
                    where, "says that it is device " + device.id() + ", whose group has another name; it was left out");
            return false;
        }
        HostName other = seenOn.putIfAbsent(device.id(), host);
        if (other != null) {
            findings.contradiction(
                    where, "is on " + other + ", too: a disk was copied, or a node named twice; that one was taken");
            return false;
        }
        if (device.pvUuid().isEmpty()) {
            findings.incomplete(where, "has no physical volume that LVM shows");
        }
        devices.put(device.id(), device);
        clusterVotes.computeIfAbsent(tags.cluster().id(), none -> new Votes<>()).add(tags.cluster(), where);
        nodeVotes.computeIfAbsent(tags.node().id(), none -> new Votes<>()).add(tags.node(), where);
        if (!tags.node().manageHosts().contains(host.value())) {
            findings.note(
                    where,
                    "was reached at " + host + ", but its node goes by "
                            + String.join(", ", tags.node().manageHosts()));
        }
        return true;
    }

    private void cluster(ClusterId cluster, Told<List<VolumeDetails>> told) {
        if (told instanceof Told.Unknown<List<VolumeDetails>>(String why)) {
            whole = false;
            findings.missing("volumes of cluster " + cluster, "no node told of them: " + why);
            return;
        }
        for (VolumeDetails volume : told.or(List.of())) {
            volume(cluster, volume);
        }
    }

    private void volume(ClusterId cluster, VolumeDetails found) {
        String object = "volume " + found.name();
        Map<String, String> options = new HashMap<>();
        found.options().forEach(option -> options.put(option.getKey(), option.getValue()));
        Optional<VolumeStamp> read;
        try {
            read = VolumeStamp.read(options);
        } catch (UnreadableIdentity e) {
            findings.missing(object, "its options say whose it is, but " + e.getMessage() + "; it was left out");
            whole = false;
            return;
        }
        if (read.isEmpty()) {
            findings.missing(
                    object,
                    options.containsKey(VolumeStamp.ID)
                            ? "says its id and no more: Heketi made it, or an older version. Only a server that has its records can write them (admin stamp)"
                            : "is none of ours");
            return;
        }
        VolumeStamp stamp = read.get();
        Volume volume = stamp.volume().named(found.name());
        if (!volume.cluster().equals(cluster)) {
            findings.contradiction(
                    object,
                    "says that it is in cluster " + volume.cluster() + ", its nodes say " + cluster
                            + "; it was left out");
            whole = false;
            return;
        }
        Volume twin = volumes.putIfAbsent(volume.id(), volume);
        if (twin != null) {
            findings.contradiction(object, "has the id of volume " + twin.name() + ", too; it was left out");
            whole = false;
            return;
        }
        if (!found.statusText().equals("Started")) {
            findings.note(object, "is not started; an operation may have been at it");
        }
        Map<BrickId, BrickFacts> facts =
                stamp.bricks().stream().collect(Collectors.toMap(BrickFacts::id, brick -> brick, (a, b) -> a));
        for (int position = 0; position < found.bricks().size(); position++) {
            brick(volume, position, found.bricks().get(position), facts, stamp.bricks());
        }
        stamp.blocks().forEach(this::block);
    }

    private void brick(
            Volume volume,
            int position,
            VolumeDetails.Brick found,
            Map<BrickId, BrickFacts> facts,
            List<BrickFacts> inOrder) {
        int colon = found.name().indexOf(":/");
        String host = found.name().substring(0, colon);
        String path = found.name().substring(colon + 1);
        Matcher usual = PATH.matcher(path);
        @Nullable BrickFacts told;
        if (!usual.matches()) {
            told = position < inOrder.size() ? inOrder.get(position) : null;
        } else {
            told = facts.get(new BrickId(usual.group(2)));
            if (told == null) {
                told = measured(volume, usual, host, found);
            }
        }
        String object = "brick " + found.name() + " of volume " + volume.name();
        if (told == null) {
            whole = false;
            findings.missing(object, "no place says which brick it is");
            return;
        }
        knowNode(volume, told, host);
        Device device = devices.get(told.device());
        String lv = lvOf(object, told);
        Brick brick = told.lyingAt(volume.id(), position, path, lv);
        Brick twin = bricks.putIfAbsent(brick.id(), brick);
        if (twin != null) {
            whole = false;
            findings.contradiction(object, "has the id of the one at " + twin.path() + "; it was left out");
            return;
        }
        Node node = nodes.get(told.node());
        if (node != null && !node.storageHosts().contains(host)) {
            findings.contradiction(object, "gluster says that it is on " + host + ", its volume on node " + node.id());
        }
        if (device != null
                && !lv.isEmpty()
                && volumesSeenOn.contains(seenOn.get(device.id()))
                && !logicalVolumes.containsKey(device.volumeGroup() + "/" + lv)) {
            findings.incomplete(object, "its logical volume " + device.volumeGroup() + "/" + lv + " is not there");
        }
    }

    private String lvOf(String object, BrickFacts told) {
        return told.lv().orElseGet(() -> clone(object, told.id()));
    }

    private String clone(String object, BrickId brick) {
        Told<String> told = seen.clones().getOrDefault(brick, new Told.Unknown<>("nobody was asked"));
        String lv = told.or("");
        if (lv.isEmpty()) {
            whole = false;
            findings.incomplete(
                    object,
                    "its logical volume is not known: "
                            + (told.isKnown() ? "nothing is mounted there" : told.whyNot()));
        } else {
            findings.note(object, "its logical volume was found by what is mounted");
        }
        return lv;
    }

    /** Moved or added shortly before the records were lost: the volume does not say it yet, its path and LVM do. */
    private @Nullable BrickFacts measured(Volume volume, Matcher path, String host, VolumeDetails.Brick found) {
        Device device = devices.get(new DeviceId(path.group(1)));
        if (device == null) {
            return null;
        }
        String id = path.group(2);
        LvSeen lv = logicalVolumes.get(device.volumeGroup() + "/brick_" + id);
        LvSeen pool = logicalVolumes.get(device.volumeGroup() + "/tp_" + id);
        if (lv == null || pool == null) {
            return null;
        }
        findings.note(
                "brick " + id + " of volume " + volume.name(),
                "the volume did not say it yet; it was taken from its path on " + host + " and from LVM");
        return new BrickFacts(
                new BrickId(id),
                device.node(),
                device.id(),
                lv.sizeKiB(),
                pool.sizeKiB(),
                pool.metadataKiB(),
                found.arbiter(),
                "tp_" + id,
                Optional.of("brick_" + id));
    }

    /** A brick of a node that did not answer: gluster knows of it, and with it the ids of node and device. */
    private void knowNode(Volume volume, BrickFacts brick, String host) {
        if (!nodes.containsKey(brick.node())) {
            Optional<NodeNamed> said = named.stream()
                    .filter(candidate -> candidate.storage().contains(host)
                            || candidate.host().value().equals(host))
                    .findFirst();
            whole = false;
            nodes.put(
                    brick.node(),
                    new Node(
                            brick.node(),
                            volume.cluster(),
                            said.map(node -> node.zone().orElse(1)).orElse(1),
                            List.of(said.map(node -> node.host().value()).orElse(host)),
                            List.of(host),
                            Map.of(),
                            State.OFFLINE));
            findings.incomplete(
                    "node " + brick.node(),
                    "did not answer, and is known by its bricks only: its tags, its state and other names are not known, nor its zone unless the topology says it; it was made offline");
        }
        if (!brick.device().equals(Brick.NOWHERE) && !devices.containsKey(brick.device())) {
            whole = false;
            devices.put(
                    brick.device(),
                    new Device(
                            brick.device(),
                            brick.node(),
                            "unknown-" + brick.device(),
                            Map.of(),
                            State.OFFLINE,
                            0,
                            Device.DEFAULT_EXTENT_KIB,
                            "",
                            List.of()));
            findings.incomplete(
                    "device " + brick.device() + " of node " + brick.node(),
                    "was not seen, and is known by its bricks only: its name, tags, state and size are not known; it was made offline, without room");
        }
    }

    private void block(BlockVolume block) {
        if (!block.auth()) {
            blocks.add(block);
            return;
        }
        Told<String> password = seen.passwords().getOrDefault(block.id(), new Told.Unknown<>("nobody was asked"));
        if (password.or("").isEmpty()) {
            findings.incomplete(
                    "block volume " + block.id(),
                    "its password is not known: "
                            + (password.isKnown() ? "gluster-block shows none" : password.whyNot()));
        }
        blocks.add(block.reachedBy(block.iqn(), new Chap(block.chap().user(), password.or(""))));
    }

    private void reportUnaccounted() {
        Set<String> known = new HashSet<>();
        bricks.values().forEach(brick -> {
            String group = "vg_" + brick.device() + "/";
            known.add(group + brick.lv());
            known.add(group + brick.pool());
        });
        Set<String> ours = devices.keySet().stream()
                .filter(seenOn::containsKey)
                .map(device -> "vg_" + device)
                .collect(Collectors.toSet());
        List<String> others = logicalVolumes.values().stream()
                .filter(lv -> ours.contains(lv.group()) && !known.contains(lv.path()))
                .map(LvSeen::path)
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            findings.missing(
                    others.size() + " logical volumes",
                    "belong to no brick of a volume; an operation was at them, or they were left over: "
                            + String.join(", ", others.subList(0, Math.min(NAMES_SHOWN, others.size())))
                            + (others.size() > NAMES_SHOWN ? ", ..." : ""));
        }
    }
}

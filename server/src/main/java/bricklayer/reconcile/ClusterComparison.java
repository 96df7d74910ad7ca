package bricklayer.reconcile;

import bricklayer.gluster.BrickProcess;
import bricklayer.gluster.ClusterSeen;
import bricklayer.gluster.Peer;
import bricklayer.gluster.SnapshotSeen;
import bricklayer.gluster.VolumeDetails;
import bricklayer.glusterblock.BlockInfo;
import bricklayer.glusterblock.BlocksSeen;
import bricklayer.host.Told;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.reconcile.Finding.Fact;
import bricklayer.stamp.Difference;
import bricklayer.survey.ClusterSurvey;
import bricklayer.survey.NodeSurvey;
import bricklayer.volume.ClonePlans;
import bricklayer.volume.VolumeRepairs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a cluster's nodes know together: volumes, bricks, options, processes, peers, snapshots, block volumes. */
final class ClusterComparison {

    private static final String ID = "user.heketi.id";

    private final Expected expected;
    private final Collected found;
    private final Map<String, NodeSurvey> nodes;
    private final ClusterSurvey survey;

    ClusterComparison(Expected expected, Collected found, Map<String, NodeSurvey> nodes, ClusterSurvey survey) {
        this.expected = expected;
        this.found = found;
        this.nodes = nodes;
        this.survey = survey;
    }

    void compare() {
        if (survey.gluster() instanceof Told.Known<ClusterSeen>(ClusterSeen seen)) {
            gluster(seen);
        }
        if (survey.blocks() instanceof Told.Known<BlocksSeen>(BlocksSeen seen)) {
            blocks(seen);
        }
        for (Brick brick : expected.bricks()) {
            if (expected.volume(brick.volume()).isEmpty()
                    && expected.rows().get(Volume.TABLE, brick.volume()).isEmpty()
                    && isNowhere(List.of(brick))) {
                found.add(
                        FindingKind.GHOST_BRICK,
                        Optional.of(brick.node()),
                        brick.id().value(),
                        Map.of(Fact.BRICK, brick.id().value()),
                        "recorded: brick " + brick.id() + " of volume " + brick.volume(),
                        "there is no such volume in the records, and no logical volume " + brick.lv());
            }
        }
    }

    /** All nodes were asked, and none has a logical volume of these. */
    private boolean isNowhere(List<Brick> bricks) {
        return bricks.stream().allMatch(brick -> {
            NodeSurvey node = nodes.get(brick.node().value());
            return node != null
                    && node.volumes()
                            .map(lvs -> lvs.stream()
                                    .noneMatch(lv -> lv.name().equals(brick.lv())
                                            && lv.group()
                                                    .equals("vg_"
                                                            + brick.device().value())))
                            .or(false);
        });
    }

    private void gluster(ClusterSeen seen) {
        Map<String, VolumeDetails> byName = new TreeMap<>();
        seen.volumes().forEach(volume -> byName.put(volume.name(), volume));
        Map<String, List<BrickProcess>> processes =
                seen.processes().or(List.of()).stream().collect(Collectors.groupingBy(BrickProcess::volume));
        Set<String> recorded = new HashSet<>();
        for (Volume volume : expected.volumes()) {
            recorded.add(volume.name());
            volume(volume, Optional.ofNullable(byName.get(volume.name())), processes);
        }
        Map<String, List<String>> owners = new TreeMap<>();
        for (VolumeDetails volume : seen.volumes()) {
            option(volume, ID)
                    .ifPresent(id ->
                            owners.computeIfAbsent(id, key -> new ArrayList<>()).add(volume.name()));
            if (!recorded.contains(volume.name())) {
                found.add(
                        FindingKind.VOLUME_ORPHAN,
                        Optional.empty(),
                        volume.name(),
                        Map.of(),
                        "gluster: " + volume.typeText() + ", " + volume.statusText() + ", bricks " + names(volume),
                        "no volume of the records",
                        adoptable(volume));
            }
        }
        owners.forEach((id, names) -> {
            if (names.size() > 1 && expected.volume(new VolumeId(id)).isPresent()) {
                found.add(
                        FindingKind.DUPLICATE_OWNER,
                        Optional.empty(),
                        id,
                        Map.of(Fact.VOLUME, id),
                        "gluster: " + ID + " is " + id + " for " + names);
            }
        });
        peers(seen.peers());
        for (SnapshotSeen snapshot : seen.snapshots().or(List.of())) {
            if (snapshot.name().startsWith(ClonePlans.SNAPSHOT_PREFIX)) {
                Map<Fact, String> facts = new HashMap<>(Map.of(Fact.SNAPSHOT, snapshot.name()));
                expected.volumes().stream()
                        .filter(volume -> volume.name().equals(snapshot.origin()))
                        .findFirst()
                        .ifPresent(volume -> facts.put(Fact.VOLUME, volume.id().value()));
                found.add(
                        FindingKind.SNAPSHOT_LEFT_OVER,
                        Optional.empty(),
                        snapshot.name(),
                        facts,
                        "gluster: snapshot of " + snapshot.origin() + ", "
                                + (snapshot.active() ? "active" : "inactive"),
                        "no clone is being made");
            }
        }
    }

    /** As far as gluster tells; where its bricks lie is looked at when it is adopted. */
    private String adoptable(VolumeDetails volume) {
        List<String> strangers = names(volume).stream()
                .map(brick -> brick.substring(0, brick.indexOf(":/")))
                .distinct()
                .filter(host -> expected.node(host).isEmpty())
                .toList();
        return strangers.isEmpty()
                ? "each brick is on a node of the records: it can be adopted"
                : "it cannot be adopted: no node of the records has the storage name " + String.join(", ", strangers);
    }

    private void volume(Volume volume, Optional<VolumeDetails> seen, Map<String, List<BrickProcess>> processes) {
        List<Brick> bricks = Inventory.bricksOf(expected.rows(), volume.id());
        Map<Fact, String> facts = Map.of(Fact.VOLUME, volume.id().value());
        if (seen.isEmpty()) {
            boolean ghost = !volume.isReadOnly() && isNowhere(bricks);
            found.add(
                    ghost ? FindingKind.GHOST_VOLUME : FindingKind.VOLUME_MISSING,
                    Optional.empty(),
                    volume.name(),
                    facts,
                    "recorded: volume " + volume.id() + " with " + bricks.size() + " bricks",
                    "gluster shows no such volume" + (ghost ? ", and no node a logical volume of its bricks" : ""));
            return;
        }
        VolumeDetails details = seen.get();
        List<String> wanted = bricks.stream().map(expected::place).toList();
        List<String> there = details.bricks().stream()
                .map(brick -> expected.place(brick.name()))
                .toList();
        if (!wanted.equals(there)) {
            found.add(
                    FindingKind.VOLUME_DIFFERS,
                    Optional.empty(),
                    volume.name(),
                    facts,
                    "recorded: bricks " + wanted,
                    "gluster: bricks " + there);
            return;
        }
        if (!details.statusText().equals("Started")) {
            found.add(
                    FindingKind.VOLUME_STOPPED,
                    Optional.empty(),
                    volume.name(),
                    facts,
                    "gluster: " + details.statusText());
        }
        if (!volume.isReadOnly()) { // its options are those of whoever manages it
            options(volume, details);
        }
        Map<String, Brick> byPlace =
                bricks.stream().collect(Collectors.toMap(expected::place, brick -> brick, (a, b) -> a));
        for (BrickProcess process : processes.getOrDefault(volume.name(), List.of())) {
            Brick brick = byPlace.get(expected.place(process.brick()));
            if (!process.up() && brick != null) {
                found.add(
                        FindingKind.BRICK_PROCESS_DOWN,
                        Optional.of(brick.node()),
                        process.brick(),
                        Map.of(
                                Fact.VOLUME,
                                volume.id().value(),
                                Fact.BRICK,
                                brick.id().value()),
                        "gluster: no process serves it");
            }
        }
    }

    private void options(Volume volume, VolumeDetails details) {
        Map<String, String> set = new HashMap<>();
        details.options().forEach(option -> set.put(option.getKey(), option.getValue()));
        VolumeRepairs.expectedOptions(volume).forEach((key, value) -> {
            if (!value.equals(set.get(key))) {
                found.add(
                        FindingKind.OPTION_DIFFERS,
                        Optional.empty(),
                        volume.name() + "/" + key,
                        Map.of(Fact.VOLUME, volume.id().value(), Fact.OPTIONS, key + " " + value),
                        "recorded: " + key + " " + value,
                        set.containsKey(key) ? "gluster: " + key + " " + set.get(key) : "gluster: not set");
            }
        });
        identity(volume, set);
    }

    /** But for the id, which is an option like others, and where that is another's, so is the rest. */
    private void identity(Volume volume, Map<String, String> set) {
        if (expected.untold().isDue(volume)
                || !set.getOrDefault(ID, volume.id().value()).equals(volume.id().value())) {
            return;
        }
        Difference.ofVolume(expected.rows(), volume, set).ifPresent(wrong -> {
            Map<String, String> wanted = new TreeMap<>(wrong.wanted());
            if (wanted.remove(ID) == null || !wanted.isEmpty()) {
                found.add(
                        FindingKind.VOLUME_IDENTITY_DIFFERS,
                        Optional.empty(),
                        volume.name(),
                        Map.of(Fact.VOLUME, volume.id().value()),
                        "recorded: " + Difference.text(words(wanted), ""),
                        "gluster: " + Difference.text(words(wrong.there()), "not set"));
            }
        });
    }

    private static List<String> words(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + " " + option.getValue())
                .toList();
    }

    private void peers(List<Peer> peers) {
        Set<NodeId> seen = new HashSet<>();
        for (Peer peer : peers) {
            Optional<NodeId> node = peer.hostname().equals("localhost")
                    ? Optional.of(survey.answering())
                    : expected.node(peer.hostname());
            node.ifPresent(seen::add);
            if (node.isEmpty()) {
                found.add(
                        FindingKind.PEER_UNKNOWN,
                        Optional.empty(),
                        peer.hostname(),
                        Map.of(Fact.PEER, peer.hostname()),
                        "gluster: peer " + peer.hostname() + " " + peer.uuid(),
                        "no node of the records has that storage name");
            } else if (!peer.connected() && isReached(node.get())) {
                found.add(
                        FindingKind.PEER_DISCONNECTED,
                        node,
                        peer.hostname(),
                        Map.of(),
                        "gluster: peer " + peer.hostname() + " is not connected",
                        "it answers us");
            }
        }
        for (Node node : expected.nodes()) {
            if (!seen.contains(node.id())
                    && !bricklayer.operation.Operation.beingDeleted(expected.rows(), Node.TABLE, node.id())) {
                found.add(
                        FindingKind.PEER_MISSING,
                        Optional.of(node.id()),
                        node.storageHost(),
                        Map.of(Fact.PEER, node.storageHost()),
                        "recorded: node " + node.id(),
                        "gluster: peers " + peers.stream().map(Peer::hostname).toList());
            }
        }
    }

    private boolean isReached(NodeId node) {
        NodeSurvey asked = nodes.get(node.value());
        return asked != null && asked.gaps().isEmpty();
    }

    private void blocks(BlocksSeen seen) {
        for (Volume hosting : expected.volumes()) {
            List<String> names = seen.names()
                    .getOrDefault(hosting.name(), new Told.Unknown<>(""))
                    .or(List.of());
            boolean listed =
                    seen.names().containsKey(hosting.name()) && seen.names().get(hosting.name()) instanceof Told.Known;
            if (!listed) {
                continue;
            }
            Set<String> recorded = new HashSet<>();
            for (BlockVolume block : Inventory.blockVolumesOn(expected.rows(), hosting.id())) {
                recorded.add(block.name());
                block(hosting, block, names.contains(block.name()), seen);
            }
            names.stream()
                    .filter(name -> !recorded.contains(name))
                    .forEach(name -> found.add(
                            FindingKind.BLOCK_ORPHAN,
                            Optional.empty(),
                            hosting.name() + "/" + name,
                            Map.of(),
                            "gluster-block lists it",
                            "no block volume of the records"));
        }
    }

    private void block(Volume hosting, BlockVolume block, boolean listed, BlocksSeen seen) {
        String object = hosting.name() + "/" + block.name();
        Map<Fact, String> facts = Map.of(Fact.BLOCK_VOLUME, block.id().value());
        if (!listed) {
            found.add(
                    FindingKind.BLOCK_MISSING,
                    Optional.empty(),
                    object,
                    facts,
                    "recorded: block volume " + block.id(),
                    "gluster-block does not list it");
            return;
        }
        Optional<BlockInfo> info =
                seen.infos().getOrDefault(object, new Told.Unknown<>("")).or(Optional.empty());
        info.filter(there -> !there.hasSize(block.sizeGiB()) || !sameHosts(there.exportedOn(), block.hosts()))
                .ifPresent(there -> found.add(
                        FindingKind.BLOCK_DIFFERS,
                        Optional.empty(),
                        object,
                        facts,
                        "recorded: " + block.sizeGiB() + " GiB on " + block.hosts(),
                        "gluster-block: " + there.size() + " on " + there.exportedOn()));
    }

    private static boolean sameHosts(List<String> seen, List<String> recorded) {
        return new HashSet<>(seen).equals(new HashSet<>(recorded));
    }

    private static Optional<String> option(VolumeDetails volume, String key) {
        return volume.options().stream()
                .filter(option -> option.getKey().equals(key))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static List<String> names(VolumeDetails volume) {
        return volume.bricks().stream().map(VolumeDetails.Brick::name).toList();
    }
}

package bricklayer.adopt;

import bricklayer.gluster.ClusterSeen;
import bricklayer.gluster.VolumeDetails;
import bricklayer.host.HostReader;
import bricklayer.host.Told;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Volume;
import bricklayer.mount.Mounts;
import bricklayer.operation.Threads;
import bricklayer.store.Rows;
import bricklayer.survey.ClusterSurvey;
import bricklayer.survey.NodeSurvey;
import bricklayer.survey.Surveyor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** Asks clusters for volumes that can be adopted: one command a cluster, and four for each node with a brick of one. Several nodes at a time. Never fails for what a node does. */
public final class Scout {

    private static final int ASKED_AT_ONCE_MAX = 16;

    private final Surveyor surveyor;
    private final HostReader hosts;
    private final Mounts mounts;
    private final KnownDown down;
    private final Threads threads;

    public Scout(Surveyor surveyor, HostReader hosts, Mounts mounts, KnownDown down, Threads threads) {
        this.surveyor = surveyor;
        this.hosts = hosts;
        this.mounts = mounts;
        this.down = down;
        this.threads = threads;
    }

    /**
     * What was found.
     *
     * @param unknown why clusters could not be asked
     */
    record Report(List<Sighting> sightings, Map<ClusterId, String> unknown) {}

    /**
     * Volumes that no record names, and those that were adopted for reading only.
     *
     * @param cluster empty for all
     * @param wanted which of them to look at, by name
     */
    Report look(Rows rows, Optional<ClusterId> cluster, Predicate<String> wanted) {
        List<Sighting> sightings = new ArrayList<>();
        Map<ClusterId, String> unknown = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        for (Cluster one : Inventory.clusters(rows)) {
            if (cluster.isPresent() && !cluster.get().equals(one.id())) {
                continue;
            }
            List<Node> members = down.upFirst(Inventory.nodes(rows, one.id()).stream()
                    .filter(node -> Inventory.isVisible(rows, node))
                    .toList());
            if (members.isEmpty()) {
                continue;
            }
            ClusterSurvey survey = surveyor.cluster(one.id(), members, List.of(), List.of());
            if (survey.gluster() instanceof Told.Known<ClusterSeen>(ClusterSeen seen)) {
                sightings.addAll(sightings(
                        rows,
                        one.id(),
                        seen.volumes().stream()
                                .filter(volume -> wanted.test(volume.name()) && isOpen(rows, one.id(), volume.name()))
                                .toList()));
            } else {
                unknown.put(one.id(), survey.gluster().whyNot());
            }
        }
        return new Report(sightings, unknown);
    }

    /** Whether there is something left to adopt of it. */
    private static boolean isOpen(Rows rows, ClusterId cluster, String name) {
        return rows.find(Volume.TABLE, Volume.BY_NAME, Volume.nameIn(cluster, name)).stream()
                .allMatch(Volume::isReadOnly);
    }

    private List<Sighting> sightings(Rows rows, ClusterId cluster, List<VolumeDetails> volumes) {
        Map<NodeId, TreeSet<String>> folders = new HashMap<>();
        Map<NodeId, Node> nodes = new HashMap<>();
        for (VolumeDetails volume : volumes) {
            for (VolumeDetails.Brick brick : volume.bricks()) {
                Assessment.nodeOf(rows, cluster, brick.name()).ifPresent(node -> {
                    nodes.put(node.id(), node);
                    folders.computeIfAbsent(node.id(), none -> new TreeSet<>()).add(Assessment.pathOf(brick.name()));
                });
            }
        }
        Map<NodeId, NodeSurvey> surveys = new ConcurrentHashMap<>();
        Map<NodeId, Told<Map<String, Long>>> sizes = new ConcurrentHashMap<>();
        Queue<Node> left = new ConcurrentLinkedQueue<>(nodes.values());
        threads.all(java.util.Collections.nCopies(Math.min(ASKED_AT_ONCE_MAX, nodes.size()), () -> {
            for (Node node = left.poll(); node != null; node = left.poll()) {
                Node asked = node;
                NodeSurvey survey = surveyor.node(asked);
                surveys.put(asked.id(), survey);
                List<String> paths = List.copyOf(folders.getOrDefault(asked.id(), new TreeSet<>()));
                sizes.put(
                        asked.id(),
                        survey.gaps().isEmpty()
                                ? Told.by(() -> hosts.query(asked.host(), mounts.sizes(paths)))
                                : new Told.Unknown<>(String.join("; ", survey.gaps())));
            }
        }));
        return volumes.stream()
                .map(volume -> new Sighting(cluster, volume, surveys, sizes))
                .toList();
    }
}

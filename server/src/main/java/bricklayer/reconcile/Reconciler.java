package bricklayer.reconcile;

import bricklayer.gluster.ClusterSeen;
import bricklayer.host.Told;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Volume;
import bricklayer.lvm.LvSeen;
import bricklayer.operation.Abandonment;
import bricklayer.operation.Leftover;
import bricklayer.operation.Operation;
import bricklayer.operation.Threads;
import bricklayer.reconcile.DriftReport.Aged;
import bricklayer.reconcile.DriftReport.Gap;
import bricklayer.reconcile.Finding.Fact;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.survey.ClusterSurvey;
import bricklayer.survey.NodeSurvey;
import bricklayer.survey.Surveyor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Looks at nodes and compares. Changes nothing. One cluster after the other is let go of once it is compared, so that memory is taken for a few clusters only. Thread-safe; runs may overlap.
 */
public final class Reconciler {

    private static final int CLUSTERS_AT_ONCE = 4;

    /**
     * Of the clusters that are asked for all their volumes side by side; a larger cluster is asked alone. What gluster says of a volume takes some five thousand characters, and as much again while it
     * is read, so that is what bounds the memory of a run.
     */
    private static final int VOLUMES_AT_ONCE = 20_000;

    private final Store store;
    private final Supplier<List<Operation>> abandoned;
    private final Surveyor surveyor;
    private final KnownDown down;
    private final Threads threads;
    private final InstantSource clock;
    private final Semaphore places;
    private final Semaphore volumesAtOnce = new Semaphore(VOLUMES_AT_ONCE, true);
    private final Map<String, Aged> known = new ConcurrentHashMap<>();
    private final Map<NodeId, FullestPool> fullestPools = new ConcurrentHashMap<>();
    private final AtomicInteger comparingAll = new AtomicInteger();
    private volatile Optional<DriftReport> last = Optional.empty();

    /**
     * For the records of a store, which may be those of no server yet.
     *
     * @param abandoned operations that were given up and may have left something
     * @param nodesAtOnce how many nodes are looked at side by side
     */
    public Reconciler(
            Store store,
            Supplier<List<Operation>> abandoned,
            Surveyor surveyor,
            KnownDown down,
            Threads threads,
            InstantSource clock,
            int nodesAtOnce) {
        this.store = store;
        this.abandoned = abandoned;
        this.surveyor = surveyor;
        this.down = down;
        this.threads = threads;
        this.clock = clock;
        this.places = new Semaphore(nodesAtOnce);
    }

    /**
     * What to look at; empty for all.
     *
     * @param node what a whole cluster knows is left out then
     */
    public record Scope(Optional<ClusterId> cluster, Optional<NodeId> node) {
        public static final Scope ALL = new Scope(Optional.empty(), Optional.empty());
    }

    /** Hears of a run while it goes on. Calls come one after the other. */
    public interface Listener {

        /** @param done nodes that have been looked at, this one among them */
        void looked(NodeId node, int done, int of, String trouble);

        void found(Aged finding);

        void unknown(Gap gap);
    }

    /** The last run over everything; empty before the first. */
    public Optional<DriftReport> last() {
        return last;
    }

    /** A finding of the latest run that looked at its place. */
    public Optional<Aged> find(String id) {
        return Optional.ofNullable(known.get(id));
    }

    /** Of each node with thin pools, as of the latest run that could look at it. */
    public Map<NodeId, FullestPool> fullestPools() {
        return Map.copyOf(fullestPools);
    }

    /** All findings of the latest runs that looked at their places. */
    Collection<Aged> known() {
        return List.copyOf(known.values());
    }

    /** Whether a run over everything is under way. */
    boolean isComparingAll() {
        return comparingAll.get() > 0;
    }

    /** Returns when all nodes have answered, or their time is over. */
    public DriftReport run(Scope scope, Listener listener) {
        if (!scope.equals(Scope.ALL)) {
            return compare(scope, listener);
        }
        comparingAll.incrementAndGet();
        try {
            return compare(scope, listener);
        } finally {
            comparingAll.decrementAndGet();
        }
    }

    private DriftReport compare(Scope scope, Listener listener) {
        Run run = new Run(scope, listener);
        run.all();
        DriftReport report = run.report();
        if (scope.equals(Scope.ALL)) {
            last = Optional.of(report);
        }
        return report;
    }

    private final class Run {

        private final Scope scope;
        private final Listener listener;
        private final Instant began = clock.instant();
        private final Rows rows = store.rows();
        private final List<Cluster> clusters;
        private final int total;
        private final List<Aged> findings = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private int done;

        Run(Scope scope, Listener listener) {
            this.scope = scope;
            this.listener = listener;
            this.clusters = Inventory.clusters(rows).stream()
                    .filter(cluster ->
                            scope.cluster().isEmpty() || scope.cluster().get().equals(cluster.id()))
                    .filter(cluster -> scope.node().isEmpty()
                            || nodes(cluster.id()).stream()
                                    .anyMatch(node ->
                                            node.id().equals(scope.node().get())))
                    .toList();
            this.total = clusters.stream()
                    .mapToInt(cluster -> inScope(nodes(cluster.id())).size())
                    .sum();
        }

        private List<Node> nodes(ClusterId cluster) {
            return Inventory.nodes(rows, cluster).stream()
                    .filter(node -> Inventory.isVisible(rows, node))
                    .toList();
        }

        private List<Node> inScope(List<Node> nodes) {
            return nodes.stream()
                    .filter(node -> scope.node().isEmpty() || scope.node().get().equals(node.id()))
                    .toList();
        }

        void all() {
            Queue<Cluster> waiting = new ConcurrentLinkedQueue<>(clusters);
            threads.all(Collections.nCopies(Math.min(CLUSTERS_AT_ONCE, clusters.size()), () -> {
                for (Cluster next = waiting.poll(); next != null; next = waiting.poll()) {
                    cluster(next.id());
                }
            }));
            abandoned();
        }

        private void cluster(ClusterId cluster) {
            // taken anew: it may be minutes since the run began
            Rows before = store.rows();
            List<Node> members = nodes(cluster);
            if (members.isEmpty()) {
                return;
            }
            int weight = Math.clamp(
                    before.find(Volume.TABLE, Volume.BY_CLUSTER, cluster.value())
                            .size(),
                    1,
                    VOLUMES_AT_ONCE);
            volumesAtOnce.acquireUninterruptibly(weight);
            try {
                cluster(cluster, before, members);
            } finally {
                volumesAtOnce.release(weight);
            }
        }

        private void cluster(ClusterId cluster, Rows before, List<Node> members) {
            Map<NodeId, NodeSurvey> surveys = new ConcurrentHashMap<>();
            List<ClusterSurvey> seen = Collections.synchronizedList(new ArrayList<>());
            List<Runnable> tasks = new ArrayList<>();
            tasks.add(() -> seen.add(inTurn(() -> survey(before, cluster, members))));
            for (Node node : inScope(members)) {
                tasks.add(() -> {
                    NodeSurvey survey = inTurn(() -> surveyor.node(node));
                    surveys.put(node.id(), survey);
                    if (survey.volumes() instanceof Told.Known<List<LvSeen>>(List<LvSeen> volumes)) {
                        FullestPool.of(volumes)
                                .ifPresentOrElse(
                                        pool -> fullestPools.put(node.id(), pool),
                                        () -> fullestPools.remove(node.id()));
                    }
                    looked(node.id(), String.join("; ", survey.gaps()));
                });
            }
            threads.all(tasks);
            List<NodeSurvey> nodes = inScope(members).stream()
                    .flatMap(node -> Optional.ofNullable(surveys.get(node.id())).stream())
                    .toList();
            List<Finding> found =
                    Comparison.of(before, store.rows(), abandoned.get(), cluster, nodes, seen.getFirst()).stream()
                            .filter(finding ->
                                    scope.node().isEmpty() || finding.node().equals(scope.node()))
                            .toList();
            remember(cluster, found, nodes, seen.getFirst());
        }

        private <T> T inTurn(Supplier<T> work) {
            places.acquireUninterruptibly();
            try {
                return work.get();
            } finally {
                places.release();
            }
        }

        private ClusterSurvey survey(Rows before, ClusterId cluster, List<Node> members) {
            List<String> hosting = new ArrayList<>();
            List<String> blocks = new ArrayList<>();
            for (Volume volume : before.find(Volume.TABLE, Volume.BLOCK_HOSTING_BY_CLUSTER, cluster.value())) {
                if (Inventory.isVisible(before, volume)) {
                    hosting.add(volume.name());
                    for (BlockVolume block : Inventory.blockVolumesOn(before, volume.id())) {
                        blocks.add(volume.name() + "/" + block.name());
                    }
                }
            }
            return surveyor.cluster(cluster, down.upFirst(members), hosting, blocks);
        }

        private synchronized void looked(NodeId node, String trouble) {
            done++;
            listener.looked(node, done, total, trouble);
        }

        private synchronized void remember(
                ClusterId cluster, List<Finding> found, List<NodeSurvey> nodes, ClusterSurvey survey) {
            List<Gap> missing = new ArrayList<>();
            nodes.forEach(node -> node.gaps().forEach(why -> missing.add(new Gap(Gap.NODE + node.node(), why))));
            if (scope.node().isEmpty()) {
                if (survey.gluster() instanceof Told.Known<ClusterSeen>(ClusterSeen seen)) {
                    gap(missing, "brick processes of cluster " + cluster, seen.processes());
                    gap(missing, "snapshots of cluster " + cluster, seen.snapshots());
                    gap(missing, "block volumes of cluster " + cluster, survey.blocks());
                } else {
                    gap(missing, "cluster " + cluster, survey.gluster());
                }
            }
            Map<String, Aged> now = new HashMap<>();
            found.forEach(finding -> now.put(finding.id(), aged(finding)));
            known.values()
                    .removeIf(old -> old.finding().cluster().equals(cluster)
                            && (scope.node().isEmpty() || old.finding().node().equals(scope.node()))
                            && old.finding().kind() != FindingKind.ABANDONED
                            && !now.containsKey(old.finding().id()));
            known.putAll(now);
            now.values().stream()
                    .sorted(java.util.Comparator.comparing(one -> one.finding().kind()))
                    .forEach(this::tell);
            missing.forEach(gap -> {
                gaps.add(gap);
                listener.unknown(gap);
            });
        }

        private static void gap(List<Gap> gaps, String what, Told<?> told) {
            if (!told.isKnown()) {
                gaps.add(new Gap(what, told.whyNot()));
            }
        }

        private void tell(Aged finding) {
            findings.add(finding);
            listener.found(finding);
        }

        private Aged aged(Finding finding) {
            return new Aged(
                    finding,
                    Optional.ofNullable(known.get(finding.id()))
                            .map(Aged::firstSeen)
                            .orElse(began));
        }

        private void abandoned() {
            if (scope.node().isPresent()) {
                return;
            }
            List<Operation> left = abandoned.get();
            known.values().removeIf(old -> old.finding().kind() == FindingKind.ABANDONED);
            for (Operation operation : left) {
                clusterOf(operation)
                        .filter(cluster -> scope.cluster().isEmpty()
                                || scope.cluster().get().equals(cluster))
                        .ifPresent(cluster -> {
                            Finding finding = new Finding(
                                    FindingKind.ABANDONED,
                                    cluster,
                                    Optional.empty(),
                                    operation.id().value(),
                                    evidence(operation),
                                    Map.of(Fact.OPERATION, operation.id().value()),
                                    Optional.empty());
                            Aged aged = new Aged(finding, operation.ended().orElse(operation.begun()));
                            known.put(finding.id(), aged);
                            tell(aged);
                        });
            }
        }

        private static List<String> evidence(Operation operation) {
            List<String> lines = new ArrayList<>();
            lines.add(operation.kind() + " was abandoned: " + operation.error().orElse(""));
            operation.abandoned().map(Abandonment::leftovers).orElse(List.of()).forEach(left -> lines.add(line(left)));
            return lines;
        }

        private static String line(Leftover left) {
            return left.step() + " on " + left.hosts() + ": " + left.seen() + "; would be put right with "
                    + left.commands();
        }

        /** Where what it left lies: the cluster of the first node that is named. */
        private Optional<ClusterId> clusterOf(Operation operation) {
            return operation.abandoned().map(Abandonment::leftovers).orElse(List.of()).stream()
                    .flatMap(left -> left.hosts().stream())
                    .flatMap(host -> rows.find(Node.TABLE, Node.BY_MANAGE_HOST, host.value()).stream())
                    .map(Node::cluster)
                    .findFirst()
                    .or(() -> clusters.stream().map(Cluster::id).findFirst());
        }

        synchronized DriftReport report() {
            return new DriftReport(began, Duration.between(began, clock.instant()), total, findings, gaps);
        }
    }
}

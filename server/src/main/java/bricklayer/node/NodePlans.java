package bricklayer.node;

import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeZone;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.WireJson;
import bricklayer.gluster.GlusterSettings;
import bricklayer.host.HostName;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.operation.Courtesy;
import bricklayer.operation.Ids;
import bricklayer.operation.Lane;
import bricklayer.operation.Operation;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanBuilder;
import bricklayer.operation.Step;
import bricklayer.problem.Problem;
import bricklayer.store.Index;
import bricklayer.store.Rows;
import bricklayer.volume.EmptyNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What adding, deleting and changing a node does. Pure: reads rows, asks no host. */
public final class NodePlans {

    private final Ids ids;
    private final GlusterSettings gluster;
    private final KnownDown down;
    private final OptionalInt snapshotLimit;

    /** Plans without knowing which nodes are down. */
    public NodePlans(Ids ids, GlusterSettings gluster) {
        this(ids, gluster, KnownDown.NOBODY, OptionalInt.empty());
    }

    /**
     * @param snapshotLimit how many snapshots a volume may have; empty to leave that to gluster
     */
    public NodePlans(Ids ids, GlusterSettings gluster, KnownDown down, OptionalInt snapshotLimit) {
        this.down = down;
        this.snapshotLimit = snapshotLimit;
        this.ids = ids;
        this.gluster = gluster;
    }

    /**
     * @throws Problem 404 for an unknown cluster, 409 for a host name that another node has
     */
    void checkNewNode(Rows rows, NodeAddRequest request) {
        if (rows.get(Cluster.TABLE, new ClusterId(request.cluster())).isEmpty()) {
            throw Problem.notFound("Cluster id does not exist").about("cluster " + request.cluster());
        }
        refuseTaken(rows, Node.BY_MANAGE_HOST, request.hostnames().manage());
        refuseTaken(rows, Node.BY_STORAGE_HOST, request.hostnames().storage());
    }

    private static void refuseTaken(Rows rows, Index<Node> index, List<String> names) {
        for (String name : names) {
            rows.find(Node.TABLE, index, name).stream().findFirst().ifPresent(holder -> {
                // the text ends in a newline of its own, as Heketi's does
                throw Problem.conflict("Hostname " + name + " already used by node with id " + holder.id() + "\n")
                        .about("node " + holder.id())
                        .next("use another name, or delete that node first");
            });
        }
    }

    /**
     * Takes a node into its cluster.
     *
     * @param prober a node of the cluster that will take the new one into its pool; empty for the first node
     * @throws PoolChanged when there is no such node any more, or one by now: a prober is to be looked for again
     */
    public Plan add(Rows rows, NodeAddRequest request, Optional<HostName> prober) {
        checkNewNode(rows, request);
        List<HostName> members = Inventory.nodes(rows, new ClusterId(request.cluster())).stream()
                .filter(member -> Inventory.isVisible(rows, member))
                .map(Node::host)
                .toList();
        if (prober.isPresent() ? !members.contains(prober.get()) : !members.isEmpty()) {
            throw new PoolChanged();
        }
        Node node = new Node(
                new NodeId(ids.next()),
                new ClusterId(request.cluster()),
                request.zone(),
                request.hostnames().manage(),
                request.hostnames().storage(),
                request.tags(),
                State.ONLINE);
        PlanBuilder plan = Plan.of("add-node").creates(Node.TABLE, node).resource("/nodes/" + node.id());
        prober.ifPresent(host -> {
            plan.stage("peer", Lane.of(new ProbePeer(node.cluster(), List.of(host), gluster, node.storageHost())));
            snapshotLimit.ifPresent(most ->
                    plan.stage("snapshots", Lane.of(new LimitSnapshots(node.cluster(), List.of(host), gluster, most))));
        });
        return plan.build();
    }

    public Plan delete(Rows rows, NodeId id) {
        Node node = rows.get(Node.TABLE, id).orElseThrow(Problem::notFound);
        int devices = rows.count(Device.TABLE, Device.BY_NODE, id.value());
        if (devices > 0) {
            throw Problem.conflict("Unable to delete node [" + id + "] because it contains devices")
                    .about("node " + id)
                    .detail("devices", devices)
                    .next("remove the node's devices first");
        }
        rows.find(Brick.TABLE, Brick.BY_DEVICE, Brick.NOWHERE.value()).stream()
                .filter(brick -> brick.node().equals(id))
                .findFirst()
                .ifPresent(brick -> {
                    throw Problem.conflict("Unable to delete node [" + id
                                    + "] because a volume that was adopted for reading only has bricks there")
                            .about("node " + id)
                            .detail("volume", brick.volume().value())
                            .next("move its bricks away with gluster by hand, or forget it (bricklayer admin forget "
                                    + brick.volume() + ")");
                });
        List<HostName> others = down.upFirst(Inventory.nodes(rows, node.cluster())).stream()
                .filter(other -> !other.id().equals(id))
                .map(Node::host)
                .toList();
        PlanBuilder plan = Plan.of("delete-node").deletes(Node.TABLE, node).pivot();
        if (!others.isEmpty()) {
            // Heketi ignores a failure here, and so must we: the usual node to delete is one that is dead.
            Step leave = new ProbePeer(node.cluster(), others, gluster, node.storageHost()).reversed();
            plan.stage("peer", Lane.of(new Courtesy(leave)));
        }
        return plan.build();
    }

    /**
     * Changes a node's state.
     *
     * @param healCheck whether bricks are moved only when gluster says that their data is elsewhere, too; for {@link State#FAILED}
     */
    public Plan setState(Rows rows, NodeId id, State wanted, boolean healCheck) {
        return setState(rows, id, wanted, healCheck, Optional.empty());
    }

    /**
     * The same.
     *
     * @param prefer the node that bricks move to where they can, for {@link State#FAILED}; empty for none
     * @throws Problem 400 for one that is no other node of the cluster
     */
    public Plan setState(Rows rows, NodeId id, State wanted, boolean healCheck, Optional<NodeId> prefer) {
        Node node = rows.get(Node.TABLE, id).orElseThrow(Problem::notFound);
        prefer.filter(other -> other.equals(id)
                        || rows.get(Node.TABLE, other)
                                .filter(found -> found.cluster().equals(node.cluster()))
                                .isEmpty())
                .ifPresent(other -> {
                    throw Problem.invalid("prefer: " + other + " is no other node of the cluster")
                            .about("node " + id)
                            .next("name a node of the same cluster, or none");
                });
        PlanBuilder plan = Plan.of("set-node-state");
        if (node.state() == wanted) {
            return plan.build();
        }
        if (node.state() == State.FAILED) {
            return plan.refused("Cannot move a failed/removed node to " + wanted.wire() + " state")
                    .build();
        }
        if (wanted != State.FAILED) {
            return plan.updates(Node.TABLE, node.with(wanted)).build();
        }
        if (node.state() == State.ONLINE) {
            return plan.refused("Node must be offline before remove operation is performed, node:" + id)
                    .build();
        }
        PlanBuilder removal = Plan.of("remove-node").updates(Node.TABLE, node.with(State.FAILED));
        Inventory.devices(rows, id).forEach(device -> removal.holds(Device.TABLE, device));
        return removal.errand(new EmptyNode(id, healCheck, prefer)).build();
    }

    /**
     * Changes under which names a node is reached. What it was called among the nodes stays one of its names: bricks and peers of gluster keep the name they were given, so the new one comes first only for a node without bricks.
     *
     * @param manage the new name for the service; empty to leave it
     * @param storage the new name among the nodes; empty to leave it
     * @param uuid gluster's id of the node; empty where {@code tellers} is
     * @param tellers nodes of which one tells the pool of the new storage name; empty when there is nobody to tell
     * @throws Problem 409 when another node has a name, or an open operation goes by the old one
     */
    public Plan setAddress(Rows rows, NodeId id, String manage, String storage, String uuid, List<HostName> tellers) {
        Node node = rows.get(Node.TABLE, id).orElseThrow(Problem::notFound);
        refuseTakenByAnother(rows, node, manage, storage);
        List<String> manageHosts = new ArrayList<>(node.manageHosts());
        if (!manage.isEmpty() && !manage.equals(node.host().value())) {
            refuseWhileNamed(rows, node);
            manageHosts.removeFirst();
            manageHosts.remove(manage);
            manageHosts.addFirst(manage);
        }
        List<String> storageHosts = new ArrayList<>(node.storageHosts());
        if (!storage.isEmpty() && !storage.equals(node.storageHost())) {
            storageHosts.remove(storage);
            storageHosts.add(hasBricks(rows, id) ? storageHosts.size() : 0, storage);
        }
        PlanBuilder plan = Plan.of("set-node-address").resource("/nodes/" + id);
        Node changed = new Node(id, node.cluster(), node.zone(), manageHosts, storageHosts, node.tags(), node.state());
        if (changed.equals(node)) {
            return plan.build();
        }
        plan.updates(Node.TABLE, changed);
        if (!node.storageHosts().containsAll(storageHosts) && !tellers.isEmpty()) {
            plan.pivot().stage("peer", Lane.of(new NamePeer(node.cluster(), tellers, gluster, uuid, storage)));
        }
        return plan.build();
    }

    void refuseTakenByAnother(Rows rows, Node node, String manage, String storage) {
        if (!manage.isEmpty() && !node.manageHosts().contains(manage)) {
            refuseTaken(rows, Node.BY_MANAGE_HOST, List.of(manage));
        }
        if (!storage.isEmpty() && !node.storageHosts().contains(storage)) {
            refuseTaken(rows, Node.BY_STORAGE_HOST, List.of(storage));
        }
    }

    private static boolean hasBricks(Rows rows, NodeId id) {
        return Stream.concat(
                        Inventory.devices(rows, id).stream()
                                .flatMap(device -> Inventory.bricksOn(rows, device.id()).stream()),
                        rows.find(Brick.TABLE, Brick.BY_DEVICE, Brick.NOWHERE.value()).stream())
                .anyMatch(brick -> brick.node().equals(id));
    }

    /** Stored plans name hosts; what is left of them would go to the old address. */
    private static void refuseWhileNamed(Rows rows, Node node) {
        Operation.open(rows).stream()
                .filter(operation -> operation.openPlan().stages().stream()
                        .flatMap(stage -> stage.steps().stream())
                        .anyMatch(step -> step.hosts().contains(node.host())))
                .findFirst()
                .ifPresent(operation -> {
                    throw Problem.conflict("Cannot change the address of node " + node.id() + ": operation "
                                    + operation.id() + " (" + operation.kind() + ") goes by the old one")
                            .about("node " + node.id())
                            .detail("operation", operation.id().value())
                            .next(
                                    "wait until it has ended; if the old address is gone for good, abandon it first (bricklayer server operations abandon "
                                            + operation.id() + ")");
                });
    }

    /** One write; its answer is the zone. Bricks stay where they are. */
    public Plan setZone(Node node, NodeZone request) {
        return Plan.of("set-node-zone")
                .updates(Node.TABLE, node.withZone(request.zone()))
                .answer(WireJson.write(request))
                .build();
    }

    /** One write; its answer is the tags as they are then. */
    public Plan setTags(Node node, TagsChangeRequest request) {
        Node changed = node.withTags(TagChanges.apply(node.tags(), request));
        // sorted by name, as Heketi writes them
        return Plan.of("set-node-tags")
                .updates(Node.TABLE, changed)
                .answer(WireJson.write(new TreeMap<>(changed.tags())))
                .build();
    }
}

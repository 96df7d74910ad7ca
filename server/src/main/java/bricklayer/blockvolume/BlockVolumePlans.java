package bricklayer.blockvolume;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.Durability;
import bricklayer.api.Snapshot;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.host.HostName;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Chap;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.HostingSpace;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Volume;
import bricklayer.operation.Attempt;
import bricklayer.operation.Ids;
import bricklayer.operation.Lane;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanBuilder;
import bricklayer.operation.RowHeld;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import bricklayer.volume.NoPlan;
import bricklayer.volume.VolumePlans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What creating, expanding and deleting a block volume does. Pure but for the ids and the choice it draws: reads rows, asks no host. Which nodes answer is asked before, by the route.
 */
public final class BlockVolumePlans {

    private static final Duration BUSY_PAUSE = Duration.ofSeconds(10);
    private static final int HOSTING_REPLICAS = 3;

    private final Ids ids;
    private final VolumePlans volumes;
    private final BlockVolumeSettings settings;

    public BlockVolumePlans(Ids ids, VolumePlans volumes, BlockVolumeSettings settings) {
        this.ids = ids;
        this.volumes = volumes;
        this.settings = settings;
    }

    /** The clusters that a block volume may go to. */
    public List<ClusterId> clusters(Rows rows, BlockVolumeCreateRequest request) {
        return volumes.clustersForBlockVolumes(rows, request.clusters());
    }

    /**
     * Makes a block volume in one of the hosting volumes that have room, or in a new one.
     *
     * @param answering nodes whose glusterd answers
     * @throws NoPlan when there is no room, and none is made
     * @throws Problem 429 while room is being made for another one
     */
    public Plan create(Rows rows, BlockVolumeCreateRequest request, Set<NodeId> answering, Attempt attempt) {
        BlockVolumeId id = new BlockVolumeId(ids.next());
        String name = request.name().isEmpty() ? "blockvol_" + id : request.name();
        List<ClusterId> clusters = clusters(rows, request);
        List<Volume> fitting = fitting(rows, clusters, name, request.sizeGiB());
        SplittableRandom chance = new SplittableRandom(seed());
        PlanBuilder plan = Plan.of("create-block-volume");
        Volume hosting;
        if (fitting.isEmpty()) {
            refuseToMakeRoom(rows, clusters, request.sizeGiB());
            VolumePlans.Draft draft = volumes.draft(rows, hostingVolume(request), attempt);
            draft.addTo(plan);
            hosting = draft.volume();
        } else {
            hosting = fitting.get(chance.nextInt(fitting.size()));
        }
        List<Node> hosts = hosts(rows, hosting.cluster(), request.haCount(), answering, chance);
        if (hosts.isEmpty()) {
            return plan.refused("insufficient block hosts online").build();
        }
        BlockVolume block = new BlockVolume(
                id,
                name,
                hosting.cluster(),
                hosting.id(),
                (int) request.sizeGiB(),
                (int) request.sizeGiB(),
                hosts.size(),
                request.auth(),
                hosts.stream().map(Node::storageHost).toList(),
                "",
                Chap.NONE,
                request.clusters());
        return create(rows, plan, hosting, block, fitting.isEmpty(), answering);
    }

    private Plan create(
            Rows rows,
            PlanBuilder plan,
            Volume hosting,
            BlockVolume block,
            boolean hostingVolumeIsNew,
            Set<NodeId> answering) {
        BlockStep.Target target = target(rows, hosting, block, answering);
        return plan.creates(BlockVolume.TABLE, block)
                .stage(
                        "block",
                        Lane.of(new CreateBlockVolume(
                                target, block.auth(), block.hosts(), block.sizeGiB(), hostingVolumeIsNew)))
                .survey(new ReadBlockVolume(target, block.id()))
                .resource("/blockvolumes/" + block.id())
                .build();
    }

    /**
     * Makes a block volume whose place was chosen before.
     *
     * @param made the hosting volume, where it is made for this block volume; else empty
     */
    public Plan create(Rows rows, BlockVolume block, Optional<VolumePlans.Draft> made) {
        PlanBuilder plan = Plan.of("create-block-volume");
        made.ifPresent(draft -> draft.addTo(plan));
        Volume hosting = made.map(VolumePlans.Draft::volume).orElseGet(() -> hostingVolume(rows, block));
        return create(rows, plan, hosting, block, made.isPresent(), Set.of());
    }

    private static List<Volume> fitting(Rows rows, List<ClusterId> clusters, String name, long sizeGiB) {
        return clusters.stream()
                .flatMap(cluster -> rows.find(Volume.TABLE, Volume.BLOCK_HOSTING_BY_CLUSTER, cluster.value()).stream())
                .filter(volume -> volume.restriction().isEmpty()
                        && Inventory.isVisible(rows, volume)
                        && HostingSpace.freeGiB(rows, volume) >= sizeGiB
                        && rows.count(BlockVolume.TABLE, BlockVolume.BY_NAME, BlockVolume.nameIn(volume.id(), name))
                                == 0)
                .toList();
    }

    private void refuseToMakeRoom(Rows rows, List<ClusterId> clusters, long sizeGiB) {
        int usable = HostingSpace.usableOf(settings.hostingSizeGiB());
        if (sizeGiB > usable) {
            throw new NoPlan(
                    "no-space",
                    "The size configured for automatic creation of block hosting volumes (" + settings.hostingSizeGiB()
                            + ") is too small to host the requested block volume of size " + sizeGiB
                            + ". The available size on this block hosting volume, minus overhead, is " + usable
                            + ". Please create a sufficiently large block hosting volume manually.",
                    "create a volume with block, or set block_hosting_volume_size");
        }
        boolean madeNow = clusters.stream()
                .flatMap(cluster -> rows.find(Volume.TABLE, Volume.BLOCK_HOSTING_BY_CLUSTER, cluster.value()).stream())
                .anyMatch(volume -> Operation.beingCreated(rows, Volume.TABLE, volume.id())
                        && Operation.holding(rows, Volume.TABLE, volume.id())
                                .filter(BlockVolumePlans::goesWell)
                                .isPresent());
        if (madeNow) {
            throw Problem.busy(BUSY_PAUSE)
                    .next("a block hosting volume is being made; there may be room in it when it is done");
        }
        if (!settings.autoCreate()) {
            throw new NoPlan(
                    "no-space",
                    "Block Hosting Volume Creation is disabled. Create a Block hosting volume and try again.",
                    "create a volume with block, or set auto_create_block_hosting_volume");
        }
    }

    private static boolean goesWell(Operation operation) {
        return operation.state() == OperationState.RUNNING && operation.retry().failures() == 0;
    }

    private VolumeCreateRequest hostingVolume(BlockVolumeCreateRequest request) {
        return new VolumeCreateRequest(
                settings.hostingSizeGiB(),
                "",
                request.clusters(),
                Durability.replicate(HOSTING_REPLICAS),
                0,
                List.of(),
                true,
                Snapshot.UNSAID);
    }

    /** As many as asked for among those that answer; all of the cluster when none or more were asked for. Empty when too few answer. */
    private static List<Node> hosts(
            Rows rows, ClusterId cluster, int wanted, Set<NodeId> answering, SplittableRandom chance) {
        List<Node> nodes = nodes(rows, cluster);
        if (wanted == 0 || wanted > nodes.size()) {
            return nodes;
        }
        List<Node> shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled, chance);
        List<Node> chosen = shuffled.stream()
                .filter(node -> answering.contains(node.id()))
                .limit(wanted)
                .toList();
        return chosen.size() < wanted ? List.of() : chosen;
    }

    private static List<Node> nodes(Rows rows, ClusterId cluster) {
        return Inventory.nodes(rows, cluster).stream()
                .filter(node -> Inventory.isVisible(rows, node))
                .toList();
    }

    /**
     * Grows a block volume, or tells hosts again that have not followed when it grew.
     *
     * @param totalGiB the new size
     * @throws NoPlan when that is not more, or more than there is room for
     */
    public Plan expand(Rows rows, BlockVolumeId id, long totalGiB, Set<NodeId> answering) {
        BlockVolume block = rows.get(BlockVolume.TABLE, id).orElseThrow(Problem::notFound);
        Volume hosting = hostingVolume(rows, block);
        // before anything is said about its size, which may be about to change
        Operation.holding(rows, BlockVolume.TABLE, id).ifPresent(holder -> {
            throw new RowHeld(BlockVolume.TABLE, id, holder);
        });
        if (totalGiB < block.sizeGiB()) {
            throw new NoPlan(
                    "cannot-shrink",
                    "Requested new-size " + totalGiB + " is less than current block volume size " + block.sizeGiB()
                            + ", shrinking is not allowed.",
                    "ask for the new size as a whole, not for how much to add");
        }
        if (totalGiB == block.sizeGiB() && block.usableGiB() == block.sizeGiB()) {
            throw new NoPlan(
                    "nothing-to-do",
                    "Requested new-size " + totalGiB + " is same as current block volume size " + block.sizeGiB()
                            + ", nothing to be done.",
                    "ask for the new size as a whole, not for how much to add");
        }
        long free = HostingSpace.freeGiB(rows, hosting);
        if (totalGiB - block.sizeGiB() > free) {
            throw new NoPlan(
                    "no-space",
                    "No space",
                    "ask for at most " + (block.sizeGiB() + free) + " GiB, or expand volume " + hosting.id());
        }
        return expand(rows, block, (int) totalGiB, answering);
    }

    /** Grows a block volume to a size that its hosting volume is known to have room for. */
    public Plan expand(Rows rows, BlockVolume block, int size, Set<NodeId> answering) {
        BlockVolumeId id = block.id();
        BlockStep.Target target = target(rows, hostingVolume(rows, block), block, answering);
        return Plan.of("expand-block-volume")
                .updates(BlockVolume.TABLE, block.sized(size, size))
                .pivot()
                .stage("block", Lane.of(new ResizeBlockVolume(target, block.sizeGiB(), size)))
                .survey(new ReadUsableSize(target, id, block.usableGiB()))
                .resource("/blockvolumes/" + id)
                .build();
    }

    /** The hosting volume stays, also when this was its last. */
    public Plan delete(Rows rows, BlockVolumeId id, Set<NodeId> answering) {
        BlockVolume block = rows.get(BlockVolume.TABLE, id).orElseThrow(Problem::notFound);
        return Plan.of("delete-block-volume")
                .deletes(BlockVolume.TABLE, block)
                .pivot()
                .stage(
                        "block",
                        Lane.of(new DeleteBlockVolume(target(rows, hostingVolume(rows, block), block, answering))))
                .build();
    }

    private static Volume hostingVolume(Rows rows, BlockVolume block) {
        return rows.get(Volume.TABLE, block.hostingVolume())
                .orElseThrow(() -> new IllegalStateException("block volume " + block.id() + " has no hosting volume"));
    }

    /**
     * Where to call gluster-block: on the hosts of the block volume that answer, else on other nodes that do. A node that does not is left out, because a lost command is waited for on
     * each that is named.
     */
    private BlockStep.Target target(Rows rows, Volume hosting, BlockVolume block, Set<NodeId> answering) {
        List<Node> nodes = nodes(rows, hosting.cluster());
        List<Node> usable =
                nodes.stream().filter(node -> answering.contains(node.id())).toList();
        List<Node> exporting = usable.stream()
                .filter(node -> block.hosts().contains(node.storageHost()))
                .toList();
        List<Node> chosen = !exporting.isEmpty() ? exporting : !usable.isEmpty() ? usable : nodes;
        List<HostName> hosts = chosen.stream().map(Node::host).toList();
        return new BlockStep.Target(hosting.cluster(), hosts, settings.commands(), hosting.name(), block.name());
    }

    private long seed() {
        return Long.parseUnsignedLong(ids.next().substring(0, 16), 16);
    }
}

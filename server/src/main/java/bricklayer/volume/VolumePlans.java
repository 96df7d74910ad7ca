package bricklayer.volume;

import bricklayer.api.VolumeCreateRequest;
import bricklayer.brick.BrickLanes;
import bricklayer.brick.Durability;
import bricklayer.brick.InvalidRequest;
import bricklayer.brick.SharedPools;
import bricklayer.brick.placement.BrickPlacer;
import bricklayer.brick.placement.BrickSet;
import bricklayer.brick.placement.PlacedBrick;
import bricklayer.brick.placement.Placement;
import bricklayer.brick.placement.PlacementOptions;
import bricklayer.brick.placement.PlacementRequest;
import bricklayer.brick.placement.PlacementRules;
import bricklayer.brick.placement.Topology;
import bricklayer.brick.placement.Verdict;
import bricklayer.brick.placement.ZoneRule;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.VolumeType;
import bricklayer.host.HostName;
import bricklayer.identity.VolumeStamp;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.HostingSpace;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.RequestedDurability;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Attempt;
import bricklayer.operation.Ids;
import bricklayer.operation.Lane;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanBuilder;
import bricklayer.operation.Stage;
import bricklayer.operation.Step;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What creating, expanding and deleting a volume does: three definitions that read from top to bottom as what happens. Pure but for the ids it draws: reads rows, asks no
 * host.
 */
public final class VolumePlans {

    private final Ids ids;
    private final BrickLanes brickLanes;
    private final GlusterSettings gluster;
    private final VolumeLimits limits;
    private final KnownDown down;
    private final ClusterPicture picture;

    /** Plans without knowing which nodes are down. */
    public VolumePlans(Ids ids, BrickLanes brickLanes, GlusterSettings gluster, VolumeLimits limits) {
        this(ids, brickLanes, gluster, limits, KnownDown.NOBODY);
    }

    public VolumePlans(Ids ids, BrickLanes brickLanes, GlusterSettings gluster, VolumeLimits limits, KnownDown down) {
        this.down = down;
        this.picture = new ClusterPicture(down);
        this.ids = ids;
        this.brickLanes = brickLanes;
        this.gluster = gluster;
        this.limits = limits;
    }

    /**
     * Tries the clusters that may take the volume one after the other, and plans it in the first that has room.
     *
     * @throws NoPlan when none has
     */
    public Plan create(Rows rows, VolumeCreateRequest request, Attempt attempt) {
        return create(draft(rows, request, attempt));
    }

    private static Plan create(Draft draft) {
        return draft.addTo(Plan.of("create-volume"))
                .resource("/volumes/" + draft.volume().id())
                .build();
    }

    /** Makes a volume of bricks that were chosen before, in gluster's order. */
    public Plan create(Rows rows, Volume volume, List<Brick> bricks) {
        return create(draft(rows, volume, bricks));
    }

    /**
     * A volume that is to be made, for operations that make one on their way.
     *
     * @throws NoPlan when there is no room for it in any cluster that may take it
     */
    public Draft draft(Rows rows, VolumeCreateRequest request, Attempt attempt) {
        Found found = find(rows, request, attempt);
        return draft(rows, found.volume(), bricks(rows, found.volume(), found.place(), 0));
    }

    /** A volume and where its bricks can be. */
    private record Found(Volume volume, Placement.Placed place) {}

    private Found find(Rows rows, VolumeCreateRequest request, Attempt attempt) {
        VolumeId id = new VolumeId(ids.next());
        String name = request.name().isEmpty() ? "vol_" + id : request.name();
        ClusterChoice choice = ClusterChoice.of(rows, request, name, limits);
        for (ClusterId cluster : choice.eligible()) {
            Volume volume = volume(id, name, cluster, request);
            switch (place(rows, volume, request.sizeGiB(), 0, attempt)) {
                case Placement.Placed placed -> {
                    return new Found(volume, placed);
                }
                case Placement.Refused refused -> choice.refused(rows, cluster, refused);
            }
        }
        throw choice.nowhere();
    }

    /**
     * Why {@link #create} takes each device of the cluster or not, when both meet the same chance. Ascending by device.
     *
     * @throws NoPlan when there is no room for it in any cluster that may take it
     */
    List<Verdict> explainCreate(Rows rows, VolumeCreateRequest request) {
        return find(rows, request, Attempt.FIRST).place().explanation().devices();
    }

    /** The same for {@link #expand}. */
    List<Verdict> explainExpand(Rows rows, VolumeId id, long addGiB) {
        Volume volume = rows.get(Volume.TABLE, id).orElseThrow(Problem::notFound);
        return place(rows, volume, addGiB, Inventory.bricksOf(rows, id).size(), Attempt.FIRST)
                .explanation()
                .devices();
    }

    /**
     * Clusters that may take block volumes, in the order to try them.
     *
     * @param requested ids; empty for any
     * @throws NoPlan when there is none
     */
    public List<ClusterId> clustersForBlockVolumes(Rows rows, List<String> requested) {
        ClusterChoice choice = ClusterChoice.forBlockVolumes(rows, requested);
        if (choice.eligible().isEmpty()) {
            throw choice.nowhere();
        }
        return choice.eligible();
    }

    /** A volume that is to be made of bricks that were chosen before, in gluster's order. */
    public Draft draft(Rows rows, Volume volume, List<Brick> bricks) {
        GlusterStep.Target target = target(rows, volume, bricks);
        return new Draft(
                volume,
                bricks,
                new Stage("bricks", brickLanes.create(rows, bricks, volume.gid())),
                new Stage("gluster", List.of(new Lane(buildSteps(rows, target, volume, bricks)))));
    }

    /** The rows of a volume to be made, and how its bricks and then the volume are made. */
    public record Draft(Volume volume, List<Brick> bricks, Stage brickStage, Stage glusterStage) {

        public Draft {
            bricks = List.copyOf(bricks);
        }

        public PlanBuilder addTo(PlanBuilder plan) {
            return plan.creates(Volume.TABLE, volume)
                    .creates(Brick.TABLE, bricks)
                    .stage(brickStage.name(), brickStage.lanes())
                    .stage(glusterStage.name(), glusterStage.lanes());
        }
    }

    /**
     * Adds brick sets for the added size, in the same cluster. Adding them to the gluster volume is the pivot: from then on files may lie on them.
     *
     * @throws NoPlan when there is no room
     */
    public Plan expand(Rows rows, VolumeId id, long addGiB, Attempt attempt) {
        Volume volume = rows.get(Volume.TABLE, id).orElseThrow(Problem::notFound);
        ReadOnlyVolumes.refuse(volume, "expand");
        List<Brick> before = Inventory.bricksOf(rows, id);
        Placement placement = place(rows, volume, addGiB, before.size(), attempt);
        if (placement instanceof Placement.Refused refused) {
            throw ClusterChoice.explained(refused, refused.text(), SpaceHeld.in(rows, volume.cluster()));
        }
        return expand(rows, volume, addGiB, before, bricks(rows, volume, (Placement.Placed) placement, before.size()));
    }

    /** Adds bricks that were chosen before, in gluster's order. */
    public Plan expand(Rows rows, Volume volume, long addGiB, List<Brick> before, List<Brick> added) {
        List<Brick> all = new ArrayList<>(before);
        all.addAll(added);
        GlusterStep.Target target = target(rows, volume, all);
        PlanBuilder plan = Plan.of("expand-volume")
                .updates(Volume.TABLE, volume.grownBy((int) addGiB))
                .creates(Brick.TABLE, added)
                .stage("bricks", brickLanes.create(rows, added, volume.gid()))
                .pivot()
                .stage("gluster", new Lane(addSteps(rows, target, volume, added, false)))
                .resource("/volumes/" + volume.id());
        if (limits.rebalanceOnExpand()) {
            plan.stage("rebalance", Lane.of(new StartRebalance(target)));
        }
        return plan.build();
    }

    /**
     * Stops and deletes the gluster volume, then removes its bricks. Deleting it is what cannot be taken back. Thin pools that clones live in stay, and one of
     * the clones' bricks answers for their space from then on.
     */
    public Plan delete(Rows rows, VolumeId id) {
        Volume volume = rows.get(Volume.TABLE, id).orElseThrow(Problem::notFound);
        ReadOnlyVolumes.refuse(volume, "delete");
        List<BlockVolume> hosted = Inventory.blockVolumesOn(rows, id);
        if (!hosted.isEmpty()) {
            throw Problem.conflict("Cannot delete a block hosting volume containing block volumes")
                    .about("volume " + id)
                    .detail("block_volumes", hosted.size())
                    .next("delete its block volumes first");
        }
        List<Brick> bricks = Inventory.bricksOf(rows, id);
        GlusterStep.Target target = target(rows, volume, bricks);
        Lane made = Lane.of(
                new CreateGlusterVolume(target, type(volume), brickNames(rows, bricks)),
                new StartVolume(target, brickNames(rows, bricks)));
        PlanBuilder plan =
                Plan.of("delete-volume").deletes(Volume.TABLE, volume).deletes(Brick.TABLE, bricks);
        SharedPools.heirs(rows, bricks).forEach(heir -> plan.updates(Brick.TABLE, heir));
        return plan.pivot()
                .stage("gluster", made.reversed())
                .stage("bricks", brickLanes.remove(rows, bricks))
                .stage("folders", brickLanes.removeFoldersOfGluster(rows, bricks))
                .build();
    }

    /**
     * Stops a hosting volume from taking new block volumes, or lets it take them again.
     *
     * @param restriction {@link Volume#LOCKED}, or empty to let it
     * @throws NoPlan when it hosts none, or has to keep something back first and has no room for that
     */
    public Plan restrict(Rows rows, VolumeId id, String restriction) {
        Volume volume = rows.get(Volume.TABLE, id).orElseThrow(Problem::notFound);
        if (!volume.blockHosting()) {
            throw new NoPlan(
                    "not-a-hosting-volume",
                    "Block restrictions can only be set on block hosting volumes",
                    "name a volume that was made with block");
        }
        int reserved = volume.reservedGiB();
        boolean mustReserve =
                restriction.isEmpty() && volume.restriction().equals(Volume.LOCKED_BY_UPDATE) && reserved == 0;
        if (mustReserve) {
            reserved = HostingSpace.reservedOf(volume.sizeGiB());
            long free = HostingSpace.freeGiB(rows, volume);
            if (free < reserved) {
                throw new NoPlan(
                        "no-space",
                        "Can not unlock volume. " + reserved + "GiB free space is required, but found " + free + "GiB",
                        "delete block volumes of it, or expand it");
            }
        }
        return Plan.of("set-block-restriction")
                .updates(Volume.TABLE, volume.restricted(restriction, reserved))
                .resource("/volumes/" + id)
                .build();
    }

    private List<Step> buildSteps(Rows rows, GlusterStep.Target target, Volume volume, List<Brick> bricks) {
        int first = Math.min(bricks.size(), bricksPerCommand(volume));
        List<Step> steps = new ArrayList<>();
        steps.add(new CreateGlusterVolume(target, type(volume), brickNames(rows, bricks.subList(0, first))));
        steps.addAll(addSteps(rows, target, volume, bricks.subList(first, bricks.size()), true));
        List<String> options = new ArrayList<>(
                volume.options().stream().filter(option -> !option.isBlank()).toList());
        options.addAll(VolumeStamp.words(volume, bricks));
        steps.add(new SetVolumeOptions(target, options));
        steps.add(new StartVolume(target, brickNames(rows, bricks)));
        return steps;
    }

    private List<Step> addSteps(
            Rows rows, GlusterStep.Target target, Volume volume, List<Brick> bricks, boolean volumeIsNew) {
        List<Step> steps = new ArrayList<>();
        int most = bricksPerCommand(volume);
        for (int from = 0; from < bricks.size(); from += most) {
            List<Brick> some = bricks.subList(from, Math.min(bricks.size(), from + most));
            steps.add(new AddBricks(target, brickNames(rows, some), volumeIsNew));
        }
        return steps;
    }

    /** Heketi's batches: gluster's command line has a limit, and dispersed volumes grow one set at a time. */
    private static int bricksPerCommand(Volume volume) {
        Durability durability = durability(volume.requested(), PlacementOptions.arbiter(volume.options()));
        int sets = switch (durability) {
            case Durability.Distribute _ -> 15;
            case Durability.Replica _ -> 5;
            case Durability.Disperse _ -> 1;
        };
        return sets * durability.bricksPerSet();
    }

    private Placement place(Rows rows, Volume volume, long sizeGiB, int existingBricks, Attempt attempt) {
        if (sizeGiB > Integer.MAX_VALUE - volume.sizeGiB()) {
            throw new NoPlan("no-space", "No space", "ask for less: no volume can have " + sizeGiB + " GiB");
        }
        PlacementRules rules = rules(volume).without(nodesToAvoid(rows, volume.cluster(), attempt), Set.of());
        PlacementRequest request = new PlacementRequest(
                (int) sizeGiB,
                durability(volume.requested(), PlacementOptions.arbiter(volume.options())),
                existingBricks,
                limits.sizes(),
                rules);
        return BrickPlacer.place(request, picture(rows, volume.cluster()), seed());
    }

    Topology picture(Rows rows, ClusterId cluster) {
        return picture.of(rows, cluster);
    }

    /** Those on which an earlier try failed. */
    static Set<String> nodesToAvoid(Rows rows, ClusterId cluster, Attempt attempt) {
        return Inventory.nodes(rows, cluster).stream()
                .filter(node -> attempt.failedHosts().contains(node.host()))
                .map(node -> node.id().value())
                .collect(Collectors.toSet());
    }

    PlacementRules rules(Volume volume) {
        try {
            return PlacementOptions.read(
                            volume.options(), ZoneRule.named(limits.zoneChecking()), limits.averageFileKiB())
                    .rules(volume.snapshotFactor());
        } catch (InvalidRequest e) {
            throw new NoPlan(
                    "invalid-tag-rule", String.valueOf(e.getMessage()), "write the rule as key=value or key!=value");
        }
    }

    long seed() {
        return Long.parseUnsignedLong(ids.next().substring(0, 16), 16);
    }

    private List<Brick> bricks(Rows rows, Volume volume, Placement.Placed placed, int firstPosition) {
        List<Brick> bricks = new ArrayList<>();
        for (BrickSet set : placed.sets()) {
            for (PlacedBrick place : set.bricks()) {
                Device device =
                        rows.get(Device.TABLE, new DeviceId(place.deviceId())).orElseThrow();
                bricks.add(Brick.onPoolOfItsOwn(
                        new BrickId(ids.next()),
                        volume.id(),
                        device,
                        firstPosition + bricks.size(),
                        place.space().brickKiB(),
                        place.space().poolKiB(),
                        place.space().metadataKiB(),
                        place.arbiter()));
            }
        }
        return bricks;
    }

    private Volume volume(VolumeId id, String name, ClusterId cluster, VolumeCreateRequest request) {
        int sizeGiB = (int) Math.min(request.sizeGiB(), Integer.MAX_VALUE);
        return new Volume(
                id,
                name,
                cluster,
                sizeGiB,
                asked(request),
                request.snapshot().enable(),
                request.snapshot().enable() ? request.snapshot().factor() : 1,
                request.gid(),
                VolumeOptions.merged(limits, request.block(), request.glusterVolumeOptions()),
                request.block(),
                request.clusters(),
                request.block() ? HostingSpace.reservedOf(sizeGiB) : 0,
                "");
    }

    static RequestedDurability asked(VolumeCreateRequest request) {
        String type = request.durability().type();
        return new RequestedDurability(
                type.isEmpty() ? bricklayer.api.Durability.NONE : type,
                request.durability().replicate().replica(),
                request.durability().disperse().data(),
                request.durability().disperse().redundancy());
    }

    public static Durability durability(RequestedDurability asked, boolean arbiter) {
        return Durability.requested(asked.type(), asked.replica(), asked.data(), asked.redundancy(), arbiter);
    }

    static VolumeType type(Volume volume) {
        return switch (durability(volume.requested(), PlacementOptions.arbiter(volume.options()))) {
            case Durability.Distribute _ -> VolumeType.distribute();
            case Durability.Replica replica ->
                replica.count() == 1
                        ? VolumeType.distribute()
                        : replica.arbiter() ? VolumeType.arbiter() : VolumeType.replica(replica.count());
            case Durability.Disperse disperse -> VolumeType.disperse(disperse.data(), disperse.redundancy());
        };
    }

    GlusterStep.Target target(Rows rows, Volume volume, List<Brick> bricks) {
        List<Node> nodes = bricks.stream()
                .map(Brick::node)
                .distinct()
                .map(id -> node(rows, id))
                .toList();
        return target(volume, nodes);
    }

    /** Asked in this order, those last that are known to be down. */
    GlusterStep.Target target(Volume volume, List<Node> nodes) {
        List<HostName> hosts = down.upFirst(nodes).stream().map(Node::host).toList();
        return new GlusterStep.Target(volume.cluster(), hosts, gluster, volume.name());
    }

    static String brickName(Rows rows, Brick brick) {
        return brickNames(rows, List.of(brick)).getFirst();
    }

    static List<String> brickNames(Rows rows, List<Brick> bricks) {
        Map<NodeId, String> hosts = new LinkedHashMap<>();
        return bricks.stream()
                .map(brick ->
                        hosts.computeIfAbsent(brick.node(), id -> node(rows, id).storageHost()) + ":" + brick.path())
                .toList();
    }

    static Node node(Rows rows, NodeId id) {
        return rows.get(Node.TABLE, id).orElseThrow(() -> new IllegalStateException("no node " + id));
    }
}

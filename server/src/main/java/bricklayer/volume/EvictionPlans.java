package bricklayer.volume;

import bricklayer.brick.BrickLanes;
import bricklayer.brick.Durability;
import bricklayer.brick.SharedPools;
import bricklayer.brick.placement.BrickPlacer;
import bricklayer.brick.placement.PlacedBrick;
import bricklayer.brick.placement.Placement;
import bricklayer.brick.placement.PlacementOptions;
import bricklayer.brick.placement.ReplacementRequest;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.operation.Attempt;
import bricklayer.operation.Ids;
import bricklayer.operation.Lane;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanBuilder;
import bricklayer.operation.Refused;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What moving a brick of a replicated or dispersed volume to another device does. Pure but for the ids it draws. */
public final class EvictionPlans {

    private final Ids ids;
    private final BrickLanes brickLanes;
    private final VolumePlans volumes;

    public EvictionPlans(Ids ids, BrickLanes brickLanes, VolumePlans volumes) {
        this.ids = ids;
        this.brickLanes = brickLanes;
        this.volumes = volumes;
    }

    /**
     * Makes a new brick, gives it the place of the old one, and removes that. Nobody waits for the last part where it meets an obstacle: the usual brick to move is on a node that is
     * dead.
     *
     * @param healCheck whether to ask first whether the brick's data is elsewhere, too
     * @throws NoPlan when no other device can take the brick
     * @throws Refused when its volume has one copy of its data only
     */
    public Plan evict(Rows rows, BrickId id, boolean healCheck, Attempt attempt) {
        return evict(rows, id, healCheck, attempt, Optional.empty());
    }

    /**
     * The same.
     *
     * @param prefer the node that it moves to if it can; empty for none
     */
    Plan evict(Rows rows, BrickId id, boolean healCheck, Attempt attempt, Optional<NodeId> prefer) {
        Brick old = rows.get(Brick.TABLE, id).orElseThrow(Problem::notFound);
        Volume volume = rows.get(Volume.TABLE, old.volume())
                .orElseThrow(() -> new IllegalStateException("brick " + id + " is of no volume"));
        ReadOnlyVolumes.refuse(volume, "move bricks of");
        Durability durability = VolumePlans.durability(volume.requested(), PlacementOptions.arbiter(volume.options()));
        if (durability.bricksPerSet() == 1) {
            throw new Refused("Cannot replace brick " + id + ": volume " + volume.name()
                    + " is neither replicated nor dispersed, so no other brick holds its data");
        }
        List<Brick> others = othersOfSet(rows, old, durability.bricksPerSet());
        return replace(rows, volume, old, replacement(rows, volume, old, others, attempt, prefer), healCheck);
    }

    /** Gives the place of a brick to one that was chosen before. */
    public Plan replace(Rows rows, Volume volume, Brick old, Brick fresh, boolean healCheck) {
        BrickId id = old.id();
        Durability durability = VolumePlans.durability(volume.requested(), PlacementOptions.arbiter(volume.options()));
        List<Brick> others = othersOfSet(rows, old, durability.bricksPerSet());
        GlusterStep.Target target = target(rows, volume, old, fresh, others);
        String oldName = VolumePlans.brickName(rows, old);
        PlanBuilder plan = Plan.of(Inventory.EVICT_BRICK)
                .holds(Volume.TABLE, volume)
                .creates(Brick.TABLE, fresh)
                .check(new ReplaceCheck(
                        target,
                        id,
                        oldName,
                        others.stream()
                                .map(other -> VolumePlans.brickName(rows, other))
                                .toList(),
                        durability.quorum(),
                        healCheck))
                .stage("new brick", brickLanes.create(rows, List.of(fresh), volume.gid()))
                .pivot()
                .stage("gluster", Lane.of(new ReplaceBrick(target, oldName, VolumePlans.brickName(rows, fresh))))
                .tail(Inventory.DISCARD_BRICK)
                .deletes(Brick.TABLE, old);
        SharedPools.heirs(rows, List.of(old)).forEach(heir -> plan.updates(Brick.TABLE, heir));
        return plan.stage("old brick", brickLanes.remove(rows, List.of(old)))
                .stage("old folder", brickLanes.removeFoldersOfGluster(rows, List.of(old)))
                .build();
    }

    private static List<Brick> othersOfSet(Rows rows, Brick brick, int size) {
        int set = brick.position() / size;
        return Inventory.bricksOf(rows, brick.volume()).stream()
                .filter(other -> other.position() / size == set && !other.id().equals(brick.id()))
                .toList();
    }

    private Brick replacement(
            Rows rows, Volume volume, Brick old, List<Brick> others, Attempt attempt, Optional<NodeId> prefer) {
        Set<String> avoided = VolumePlans.nodesToAvoid(rows, volume.cluster(), attempt);
        Placement placement = prefer.map(node -> {
                    Set<String> allButIt = new HashSet<>(avoided);
                    Inventory.nodes(rows, volume.cluster()).stream()
                            .filter(other -> !other.id().equals(node))
                            .forEach(other -> allButIt.add(other.id().value()));
                    return placement(rows, volume, old, others, allButIt);
                })
                .filter(Placement.Placed.class::isInstance)
                .orElseGet(() -> placement(rows, volume, old, others, avoided));
        return switch (placement) {
            case Placement.Refused refused ->
                throw ClusterChoice.explained(refused, refused.text(), SpaceHeld.in(rows, volume.cluster()));
            case Placement.Placed placed -> {
                PlacedBrick place = placed.sets().getFirst().bricks().getFirst();
                Device device =
                        rows.get(Device.TABLE, new DeviceId(place.deviceId())).orElseThrow();
                yield Brick.onPoolOfItsOwn(
                        new BrickId(ids.next()),
                        volume.id(),
                        device,
                        old.position(),
                        place.space().brickKiB(),
                        place.space().poolKiB(),
                        place.space().metadataKiB(),
                        place.arbiter());
            }
        };
    }

    private Placement placement(Rows rows, Volume volume, Brick old, List<Brick> others, Set<String> avoided) {
        ReplacementRequest request = new ReplacementRequest(
                old.sizeKiB(),
                PlacementOptions.arbiter(volume.options()),
                old.arbiter(),
                old.device().value(),
                others.stream().map(other -> other.node().value()).toList(),
                volumes.rules(volume).without(avoided, Set.of()));
        return BrickPlacer.replace(request, volumes.picture(rows, volume.cluster()), volumes.seed());
    }

    /** The old brick's node is asked only while it counts as online: it may be the dead one, and a lost command is waited for on each node named here. */
    private GlusterStep.Target target(Rows rows, Volume volume, Brick old, Brick fresh, List<Brick> others) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(VolumePlans.node(rows, fresh.node()));
        others.forEach(other -> nodes.add(VolumePlans.node(rows, other.node())));
        nodes.add(VolumePlans.node(rows, old.node()));
        return volumes.target(
                volume,
                nodes.stream()
                        .filter(node -> node.state() == State.ONLINE)
                        .distinct()
                        .toList());
    }
}

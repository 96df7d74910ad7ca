package bricklayer.brick.placement;

import bricklayer.brick.ArbiterBrick;
import bricklayer.brick.BrickSetSizes;
import bricklayer.brick.Durability;
import bricklayer.brick.SpaceOnDevice;
import bricklayer.brick.placement.Placement.Placed;
import bricklayer.brick.placement.Placement.Reason;
import bricklayer.brick.placement.Placement.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Chooses a device for each brick of a volume.
 *
 * <h2>Goals</h2>
 *
 * In this order:
 *
 * <ol>
 *   <li>A place is found if there is one, with the largest bricks for which there is one.
 *   <li>The bricks of a set lie in different zones, as far as zones with room go round. (So a zone much smaller
 *       than the others fills first.)
 *   <li>Devices fill evenly, and new work is spread: a device just added fills faster than the others, but does
 *       not draw a brick of each new volume.
 *   <li>The cost does not depend on the number of volumes, and grows at most with the number of devices, a few
 *       passes over an array each: placing runs under the only write lock.
 * </ol>
 *
 * <h2>Constraints</h2>
 *
 * Those of Heketi, for each brick, whatever the goals say:
 *
 * <ul>
 *   <li>the device and its node are available, and not left out by the request;
 *   <li>no other brick of the set is on the same node, or, with strict zones, in the same zone;
 *   <li>the volume's tag rule passes the device's tags;
 *   <li>in arbiter volumes, the device's tag {@code arbiter} allows the kind of brick;
 *   <li>the device has more free space than the brick takes, bricks placed just before counted.
 * </ul>
 *
 * <h2>Algorithm</h2>
 *
 * The volume is cut into 1, 2, 4, … sets (see {@link BrickSetSizes}); the first cut that can be placed wholly
 * wins. For each cut:
 *
 * <ol>
 *   <li>{@link RingWalk}: each set walks a ring of devices and takes what it may, each device being looked at
 *       once. In Heketi, neighbours on the ring come from different zones and nodes, in the arbitrary order of
 *       its hash tables, and the walk starts at a random point. Here the ring is drawn from the seed: next comes
 *       the emptier of two random devices, and devices in zones that have their share of the set are put off
 *       until all zones have theirs.
 *   <li>{@link RoomiestFirst}, when the walk failed: the sets that came first may have stood in the way of later
 *       ones. It begins anew, and fails only where there is no place (with arbiters in several sets: where it
 *       sees none). Heketi has no second look, and goes on to smaller bricks.
 * </ol>
 *
 * Why the emptier of two, and not the emptiest of all: two choices keep the fullest device within a few bricks
 * of the average, nearly as well as the emptiest would; but the emptiest of all is the same device for each
 * request until it has caught up, and so an empty disk in an old cluster would get a brick of every new volume
 * and all their load. With two choices it gets twice its share. Heketi promises no order of its ring, so nobody
 * can rely on another.
 *
 * <h2>Example</h2>
 *
 * 2000 GiB, replica 2, on eight nodes in two zones with two empty disks of 500 GiB each. 1 set with bricks of
 * 2000 GiB, 2 with 1000 and 4 with 500 do not fit, the last because a brick of 500 GiB takes 526909440 KiB with
 * the metadata of its pool, and a disk has 524288000. 8 sets of 250 GiB are 16 bricks, and for the same reason a
 * disk has room for one: each disk must be used, but never two of one node for one set.
 *
 * <p>The first set draws disks 3 and 12, which are as empty as each other, and takes 3, in zone 2. It draws 7,
 * in zone 2 as well, which is put off, then 9, in zone 1, which is taken. The next sets go the same way; disks
 * that are full lose against those that are not, or are looked at and passed by. Should only the two disks of
 * one node be left for the last set, the second look begins anew, and takes from nodes with two free disks
 * first.
 *
 * <p>Thread-safe, as it has no state.
 */
public final class BrickPlacer {

    private static final int[] NONE = {};

    private BrickPlacer() {}

    /**
     * The same request, topology and seed give the same placement, on any machine and in any release that does
     * not say otherwise.
     */
    public static Placement place(PlacementRequest request, Topology topology, long seed) {
        Durability durability = request.durability();
        PlacementRules rules = request.rules();
        BrickSetSizes sizes =
                BrickSetSizes.of(request.sizeKiB(), durability, request.limits(), request.existingBricks());
        if (sizes.candidates().isEmpty()) {
            Reason reason = switch (sizes.stop()) {
                case MIN_BRICK_SIZE -> Reason.MIN_BRICK_SIZE;
                case MAX_BRICKS -> Reason.MAX_BRICKS;
            };
            return refused(reason, reason.text(), request, topology, Optional.empty());
        }
        Optional<Reason> nowhere = nowhere(topology);
        if (nowhere.isPresent()) {
            return refused(nowhere.get(), nowhere.get().text(), request, topology, Optional.empty());
        }

        int[] eligible = new Eligibility(topology, rules).devices();
        SplittableRandom random = new SplittableRandom(seed);
        Optional<Attempt> last = Optional.empty();
        for (BrickSetSizes.Candidate candidate : sizes.candidates()) {
            if (durability.arbiter() && !ArbiterBrick.possible(candidate.brickKiB(), rules.averageFileKiB())) {
                Reason reason = Reason.FILES_LARGER_THAN_BRICKS;
                String text = reason.text() + ": files of " + rules.averageFileKiB() + " KiB, bricks of "
                        + candidate.brickKiB() + " KiB";
                return refused(reason, text, request, topology, last);
            }
            Demand demand = Demand.of(candidate, durability, rules);
            Attempt walked = new RingWalk(topology, rules, eligible, demand, NONE, random).walk();
            if (walked.complete()) {
                return placed(walked, topology, rules, NONE, "");
            }
            Attempt secondLook = new RoomiestFirst(topology, rules, eligible, demand).place();
            if (secondLook.complete()) {
                return placed(secondLook, topology, rules, NONE, "");
            }
            last = Optional.of(walked);
        }
        return refused(Reason.NO_SPACE, sizes.stop().text(), request, topology, last);
    }

    /**
     * A new place for one brick of a set, by the same rules against the bricks that stay.
     *
     * @return one set that holds the new brick only, or a refusal whose largest volume is empty
     * @throws IllegalArgumentException when a node of the other bricks is not in the topology
     */
    public static Placement replace(ReplacementRequest request, Topology topology, long seed) {
        Set<String> excluded = new HashSet<>(request.rules().excludedDevices());
        excluded.add(request.oldDevice());
        PlacementRules rules = request.rules().without(request.rules().excludedNodes(), excluded);
        int[] occupied =
                request.otherNodes().stream().mapToInt(topology::nodeNumber).toArray();
        int[] eligible = new Eligibility(topology, rules).devices();
        Attempt attempt = new RingWalk(
                        topology, rules, eligible, Demand.of(request), occupied, new SplittableRandom(seed))
                .walk();
        if (attempt.complete()) {
            return placed(attempt, topology, rules, occupied, request.oldDevice());
        }
        return new Refused(
                Reason.NO_REPLACEMENT,
                Reason.NO_REPLACEMENT.text(),
                new Explanation(topology, rules, Optional.of(attempt), occupied, request.oldDevice()),
                Optional.empty());
    }

    private static Optional<Reason> nowhere(Topology topology) {
        if (topology.nodeCount() == 0) {
            return Optional.of(Reason.NO_NODES);
        }
        boolean online = IntStream.range(0, topology.deviceCount())
                .anyMatch(device -> topology.availability(device) == Availability.AVAILABLE);
        return online ? Optional.empty() : Optional.of(Reason.NO_ONLINE_DEVICES);
    }

    private static Placed placed(
            Attempt attempt, Topology topology, PlacementRules rules, int[] occupied, String oldDevice) {
        List<BrickSet> sets = new ArrayList<>();
        for (int[] set : attempt.sets()) {
            List<PlacedBrick> bricks = new ArrayList<>();
            for (int i = 0; i < set.length; i++) {
                Demand.Slot slot = attempt.demand().slots().get(i);
                SpaceOnDevice space =
                        SpaceOnDevice.of(slot.brickKiB(), rules.snapshotFactor(), topology.extentKiB(set[i]));
                bricks.add(new PlacedBrick(topology.deviceId(set[i]), topology.nodeId(set[i]), space, slot.arbiter()));
            }
            sets.add(new BrickSet(bricks));
        }
        return new Placed(sets, new Explanation(topology, rules, Optional.of(attempt), occupied, oldDevice));
    }

    private static Refused refused(
            Reason reason, String text, PlacementRequest request, Topology topology, Optional<Attempt> attempt) {
        return new Refused(
                reason,
                text,
                new Explanation(topology, request.rules(), attempt, NONE, ""),
                Optional.of(new LargestVolume(request, topology)));
    }
}

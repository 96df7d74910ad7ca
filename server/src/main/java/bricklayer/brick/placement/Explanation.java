package bricklayer.brick.placement;

import bricklayer.brick.placement.Demand.Slot;
import bricklayer.brick.placement.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Why each device was chosen or not. Worked out when asked for.
 *
 * <p>Where bricks were placed, devices are judged by what was free before; where not, by what stood against the
 * bricks that were missing in the set at which the last try ended.
 */
public final class Explanation {

    private final Topology topology;
    private final PlacementRules rules;
    private final Optional<Attempt> attempt;
    private final int[] occupiedNodes;
    private final String oldDevice;

    /**
     * @param attempt empty when there was none
     * @param occupiedNodes nodes that held bricks of the set before
     * @param oldDevice holds the brick that is to be replaced; empty if none is
     */
    Explanation(
            Topology topology, PlacementRules rules, Optional<Attempt> attempt, int[] occupiedNodes, String oldDevice) {
        this.topology = topology;
        this.rules = rules;
        this.attempt = attempt;
        this.occupiedNodes = occupiedNodes;
        this.oldDevice = oldDevice;
    }

    /** One verdict for each device, in the order of their ids. */
    public List<Verdict> devices() {
        Eligibility eligibility = new Eligibility(topology, rules);
        Ground ground = new Ground(topology, rules);
        List<List<String>> placed = new ArrayList<>();
        for (int device = 0; device < topology.deviceCount(); device++) {
            placed.add(List.of());
        }
        attempt.ifPresent(tried -> replay(tried, ground, placed));

        List<Verdict> verdicts = new ArrayList<>();
        for (int device = 0; device < topology.deviceCount(); device++) {
            Kind against = eligibility.against(device);
            if (against != Kind.NOT_NEEDED) {
                verdicts.add(verdict(device, against, whyNotEligible(device, against)));
            } else if (attempt.isEmpty()) {
                verdicts.add(verdict(device, Kind.NOT_NEEDED, "not looked at, no brick size was tried"));
            } else if (attempt.get().complete() && !placed.get(device).isEmpty()) {
                verdicts.add(verdict(device, Kind.CHOSEN, String.join(", ", placed.get(device))));
            } else {
                verdicts.add(againstSlots(device, attempt.get(), ground, placed.get(device)));
            }
        }
        return verdicts;
    }

    private void replay(Attempt tried, Ground ground, List<List<String>> placed) {
        for (int set = 0; set < tried.sets().size(); set++) {
            note(tried.sets().get(set), set, placed);
        }
        ground.beginSet();
        for (int node : occupiedNodes) {
            ground.occupy(node);
        }
        if (tried.complete()) {
            return;
        }
        List<Slot> slots = tried.demand().slots();
        for (int[] set : tried.sets()) {
            for (int i = 0; i < set.length; i++) {
                ground.use(set[i], slots.get(i).brickKiB());
            }
        }
        int[] unfinished = tried.unfinished();
        note(unfinished, tried.sets().size(), placed);
        for (int i = 0; i < unfinished.length; i++) {
            if (unfinished[i] >= 0) {
                ground.take(unfinished[i], slots.get(i).brickKiB());
            }
        }
    }

    private static void note(int[] set, int number, List<List<String>> placed) {
        for (int i = 0; i < set.length; i++) {
            if (set[i] >= 0) {
                List<String> bricks = new ArrayList<>(placed.get(set[i]));
                bricks.add("brick " + (i + 1) + " of set " + (number + 1));
                placed.set(set[i], bricks);
            }
        }
    }

    private String whyNotEligible(int device, Kind against) {
        return switch (against) {
            case UNAVAILABLE -> topology.availability(device).text();
            case EXCLUDED ->
                topology.deviceId(device).equals(oldDevice)
                        ? "holds the brick that is to be replaced"
                        : "left out because an earlier try failed there";
            case TAG_MISMATCH ->
                "its tag " + rules.tags().key() + " is \""
                        + topology.tags(device).getOrDefault(rules.tags().key(), "") + "\", the volume asks for "
                        + rules.tags();
            case CHOSEN, NOT_NEEDED, ARBITERS_ONLY, DATA_ONLY, NODE_USED, ZONE_USED, NO_SPACE ->
                throw new IllegalArgumentException(against + " does not stand against a device by itself");
        };
    }

    /**
     * The reason that comes nearest to a yes over the slots that were open: a device is out only if it is out
     * for each of them.
     */
    private Verdict againstSlots(int device, Attempt tried, Ground ground, List<String> placed) {
        List<Slot> open = openSlots(tried);
        if (ground.nodeTaken(device)) {
            return verdict(device, Kind.NODE_USED, "its node " + topology.nodeId(device) + " has a brick of this set");
        }
        if (rules.zones() == ZoneRule.STRICT && ground.bricksInZone(device) > 0) {
            return verdict(
                    device, Kind.ZONE_USED, "its zone " + topology.zoneName(device) + " has a brick of this set");
        }
        List<Slot> taken = open.stream()
                .filter(slot -> !tried.demand().arbiterVolume()
                        || topology.arbiterUse(device).takes(slot.arbiter()))
                .toList();
        if (taken.isEmpty()) {
            return topology.arbiterUse(device) == ArbiterUse.ARBITERS_ONLY
                    ? verdict(device, Kind.ARBITERS_ONLY, "is tagged to take arbiter bricks only")
                    : verdict(device, Kind.DATA_ONLY, "is tagged to take no arbiter bricks");
        }
        if (taken.stream().noneMatch(slot -> ground.fits(device, slot.brickKiB()))) {
            long least = taken.stream()
                    .mapToLong(slot -> ground.space(device, slot.brickKiB()).totalKiB())
                    .min()
                    .orElseThrow();
            StringJoiner after = new StringJoiner(", ", " after ", "").setEmptyValue("");
            placed.forEach(after::add);
            return verdict(
                    device,
                    Kind.NO_SPACE,
                    "needs more than " + least + " KiB, has " + ground.free(device) + " KiB free" + after);
        }
        return verdict(device, Kind.NOT_NEEDED, "would do, was not needed");
    }

    private static List<Slot> openSlots(Attempt tried) {
        List<Slot> slots = tried.demand().slots();
        if (tried.complete()) {
            return slots;
        }
        List<Slot> open = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            if (tried.unfinished()[i] < 0) {
                open.add(slots.get(i));
            }
        }
        return open;
    }

    private Verdict verdict(int device, Kind kind, String text) {
        return new Verdict(topology.deviceId(device), topology.nodeId(device), kind, text);
    }
}

package bricklayer.operation;

import java.util.List;

/** Lanes taken in parallel; the next stage begins when all have ended. */
public record Stage(String name, List<Lane> lanes) {

    public Stage {
        lanes = List.copyOf(lanes);
    }

    public List<Step> steps() {
        return lanes.stream().flatMap(lane -> lane.steps().stream()).toList();
    }
}

package bricklayer.operation;

import bricklayer.host.HostName;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** How far a running operation has come. For people only: recovery looks at the hosts instead. Thread-safe. */
public final class Progress {

    private final AtomicInteger done = new AtomicInteger();
    private volatile int total;
    private volatile String doing = "waiting";
    private volatile List<InLane> lanes = List.of();

    /** How far one lane of the present stage has come. */
    public static final class InLane {

        private final List<Step> steps;
        private final AtomicInteger done = new AtomicInteger();

        private InLane(Lane lane) {
            this.steps = lane.steps();
        }

        public int stepsDone() {
            return done.get();
        }

        public int stepsTotal() {
            return steps.size();
        }

        /** The step that is being taken, or the first of those whose commands travel together; the last one when all are done. */
        public String doing() {
            return step().name();
        }

        /** Where it is taken. */
        public List<HostName> hosts() {
            return step().hosts();
        }

        private Step step() {
            return steps.get(Math.min(done.get(), steps.size() - 1));
        }
    }

    void begin(int steps, String what) {
        done.set(0);
        total = steps;
        doing = what;
        lanes = List.of();
    }

    void stage(String name) {
        doing = name;
        lanes = List.of();
    }

    void stage(Stage stage) {
        lanes = stage.lanes().stream().map(InLane::new).toList();
        doing = stage.name();
    }

    /**
     * One more step is done.
     *
     * @param lane its number in the present stage
     */
    void stepDone(int lane) {
        done.incrementAndGet();
        lanes.get(lane).done.incrementAndGet();
    }

    public int stepsDone() {
        return done.get();
    }

    public int stepsTotal() {
        return total;
    }

    /** The stage, or what else is being done. */
    public String doing() {
        return doing;
    }

    /** Those of the present stage; empty while none is under way. */
    public List<InLane> lanes() {
        return lanes.stream().filter(lane -> lane.stepsTotal() > 0).toList();
    }
}

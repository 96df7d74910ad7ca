package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.fault.Crash;
import bricklayer.fault.FaultPoint.Moment;
import bricklayer.host.Command;
import bricklayer.operation.CannotSteer;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import bricklayer.operation.Plan;
import bricklayer.operation.Request;
import bricklayer.operation.RequestKey;
import bricklayer.promise.Course.Blow;
import bricklayer.promise.FaultKind.Site;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One scenario with every fault at every place, each in a fresh world; and after a fault a second one at the places that mending comes by. After each run records and nodes must agree, and
 * what was begun must have the outcome that its answer says. The places are found by running, nothing is listed by hand.
 */
final class FaultMatrix {

    private static final Request KEYED =
            Request.COUNTED.withTries(2).withKey(Optional.of(new RequestKey("key-of-the-test", "digest")));

    /** How far apart, in the default depth, the second faults are that are no crash. */
    private static final int STRIDE = 12;

    /** How many pairs of faults that break the promise are told before the scenario is given up. */
    private static final int TOLD_MAX = 10;

    /** In how many scenarios of so many a kind of fault that is no crash is followed by crashes, in the default depth. */
    private static final int TURNS = 4;

    /** How much is tried. */
    enum Depth {
        /** One fault in each run. */
        FIRST,
        /**
         * After a crash at any fault point, a second one at any fault point of the mending, and some of each other fault at its other places. After each other kind of fault, in the middle of some scenario, a
         * crash at any fault point. After a command that is left running, a last wait that fails. With a key: after the crash in the middle.
         */
        DEFAULT,
        /** Every fault at every place of the mending of every fault at every place. */
        WHOLE
    }

    /** The part of the pairs of the whole matrix that is tried: each {@code of}-th, from number {@code nth} on. */
    record Slice(int nth, int of) {

        static final Slice ALL = new Slice(0, 1);

        /** @param text such as 3/16; empty for all */
        static Slice of(String text) {
            if (text.isEmpty()) {
                return ALL;
            }
            String[] parts = text.split("/");
            return new Slice(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }

        boolean holds(int pair) {
            return pair % of == nth;
        }
    }

    private final Scenario scenario;
    private final boolean keyed;
    private final Depth depth;
    private final int turn;
    private final Set<FaultKind> firstFaults;
    private final Slice slice;
    private final StorageWorld template;
    private Optional<OperationState> outcome = Optional.empty();
    private final List<AssertionError> broken = new ArrayList<>();
    private int pairs;
    private int runs;
    private int doubleFaults;

    /**
     * @param keyed whether the caller sends an Idempotency-Key, and asks again in the end
     * @param turn of the scenario, which decides where faults are that not all scenarios have
     * @param firstFaults those to begin with
     * @param slice of the second faults
     */
    FaultMatrix(Scenario scenario, boolean keyed, Depth depth, int turn, Set<FaultKind> firstFaults, Slice slice) {
        this.scenario = scenario;
        this.keyed = keyed;
        this.depth = depth;
        this.turn = turn;
        this.firstFaults = Set.copyOf(firstFaults);
        this.slice = slice;
        this.template = scenario.template();
    }

    /** With a key it is the direction that differs, which crashes decide; the other faults are left to the whole matrix. */
    FaultMatrix(Scenario scenario, boolean keyed, Depth depth, int turn, Slice slice) {
        this(
                scenario,
                keyed,
                depth,
                turn,
                keyed && depth != Depth.WHOLE ? EnumSet.of(FaultKind.CRASH) : EnumSet.allOf(FaultKind.class),
                slice);
    }

    /**
     * What was tried.
     *
     * @param kinds of the operations that were begun, also in mending
     * @param plans that were carried out
     * @param places of the undisturbed run
     * @param runs how many worlds there were, of which so many met two faults
     */
    record Result(
            Set<String> kinds,
            Set<String> kindsUndisturbed,
            Collection<Plan> plans,
            int steps,
            Map<Site, Integer> places,
            int runs,
            int doubleFaults) {}

    Result run() {
        Passage undisturbed = pass(List.of());
        assertThat(undisturbed.outcome.orElseThrow()).isIn(OperationState.DONE, OperationState.FELL_SHORT);
        outcome = undisturbed.outcome;
        Map<Site, Integer> places = new EnumMap<>(undisturbed.places);
        Set<String> kinds = new TreeSet<>(undisturbed.kinds);
        List<Plan> plans = new ArrayList<>(undisturbed.plans);
        mustMeetEveryStep(undisturbed);
        for (Site site : Site.values()) {
            for (FaultKind fault : site.faults()) {
                if (firstFaults.contains(fault)) {
                    int most = places.getOrDefault(site, 0);
                    for (int n = 1; n <= most; n++) {
                        Blow first = new Blow(fault, n);
                        Passage passage = pass(List.of(first));
                        mustHaveDoneNoHarm(fault, passage);
                        kinds.addAll(passage.kinds);
                        plans.addAll(passage.plans);
                        if (isFollowed(fault, n, most)) {
                            seconds(first, passage);
                        } else if (depth == Depth.DEFAULT && !keyed && fault.leavesRunning()) {
                            unanswered(first, passage);
                        }
                    }
                }
            }
        }
        if (!broken.isEmpty()) {
            throw all();
        }
        return new Result(
                kinds,
                undisturbed.kinds,
                plans,
                undisturbed.plans.stream().mapToInt(Plan::stepCount).sum(),
                places,
                runs,
                doubleFaults);
    }

    private boolean isFollowed(FaultKind fault, int n, int most) {
        boolean inTheMiddle = n == (most + 1) / 2;
        return switch (depth) {
            case FIRST -> false;
            case WHOLE -> true;
            case DEFAULT ->
                keyed
                        ? inTheMiddle
                        : fault == FaultKind.CRASH
                                || (inTheMiddle && (List.of(FaultKind.values()).indexOf(fault) + turn) % TURNS == 0);
        };
    }

    private void seconds(Blow first, Passage passage) {
        boolean whole = depth == Depth.WHOLE;
        for (Site site : Site.values()) {
            List<FaultKind> faults = site == Site.POINT && !whole ? List.of(FaultKind.CRASH) : site.faults();
            for (int m = 1; m <= passage.places.getOrDefault(site, 0); m++) {
                for (FaultKind second : whole ? faults : some(faults, first.n(), m, site)) {
                    if (slice.holds(pairs++)) {
                        both(first, new Blow(second, m));
                    }
                }
            }
        }
    }

    /** What still runs is waited for, and the last wait fails: somebody else must wait for it then. */
    private void unanswered(Blow first, Passage passage) {
        int waits = passage.places.getOrDefault(Site.WAIT, 0);
        if (waits > 0) {
            both(first, new Blow(FaultKind.CANNOT_WAIT, waits));
        }
    }

    /** What breaks the promise is told in the end: one run more says whether it is one defect or ten. */
    private void both(Blow first, Blow second) {
        doubleFaults++;
        try {
            pass(List.of(first, second));
        } catch (AssertionError e) {
            broken.add(e);
            if (broken.size() == TOLD_MAX) {
                throw all();
            }
        }
    }

    private AssertionError all() {
        AssertionError first = broken.removeFirst();
        broken.forEach(first::addSuppressed);
        return first;
    }

    private static List<FaultKind> some(List<FaultKind> faults, int n, int m, Site site) {
        if (site == Site.POINT) {
            return faults;
        }
        return (n + m) % STRIDE == 0 ? List.of(faults.get((n + m) / STRIDE % faults.size())) : List.of();
    }

    /**
     * What was seen in one run.
     *
     * @param reached since the last fault
     * @param outcome of what was asked for; empty when its caller was not told
     * @param halfOfAStep whether a fault met a command that is not the last of its step, so that it was right to take the step for not done
     */
    private record Passage(
            String story,
            Set<String> kinds,
            Collection<Plan> plans,
            Map<Site, Integer> places,
            Set<String> reached,
            Optional<OperationState> outcome,
            boolean halfOfAStep) {}

    /** A lost reply is no failure: who looks sees that it is done, and goes on. */
    private void mustHaveDoneNoHarm(FaultKind fault, Passage passage) {
        if (fault.isHarmless() && !passage.halfOfAStep()) {
            assertThat(passage.outcome())
                    .as("%s: %s: outcome", scenario.name(), passage.story())
                    .isEqualTo(outcome);
            assertThat(passage.reached())
                    .as("%s: %s: must not be taken back", scenario.name(), passage.story())
                    .noneMatch(point -> point.contains("/roll-back:"));
        }
    }

    private Passage pass(List<Blow> blows) {
        runs++;
        StorageWorld world = template.copy();
        Deed deed = scenario.deed().apply(world);
        Ledger ledger = new Ledger();
        Course course = new Course(world.executor, world::meanwhile, point -> ledger.note(world.rows()), blows);
        try {
            return pass(world, deed, ledger, course);
        } catch (RuntimeException | AssertionError | Crash e) {
            throw new AssertionError(
                    scenario.name() + (keyed ? " (with a key)" : "") + ": " + course.story() + ": " + e.getMessage(),
                    e);
        }
    }

    private Passage pass(StorageWorld world, Deed deed, Ledger ledger, Course course) {
        Request request = keyed ? KEYED : Request.COUNTED.withTries(2);
        world.boot(course, course);
        Optional<Operation> told = Optional.empty();
        try {
            told = Optional.of(world.perform(deed, request));
        } catch (Crash expected) {
            // the process is dead; the next one takes up what it left
        } catch (Course.Injected refused) {
            // the fault met the submission itself: the caller is told, nothing may be left
        }
        Set<String> reached =
                course.reached().stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
        for (int process = 0; process < 3; process++) {
            recover(world, course);
        }
        Map<Site, Integer> places = new EnumMap<>(Site.class);
        for (Site site : Site.values()) {
            places.put(site, course.count(site));
        }
        if (course.isDead()) {
            throw new AssertionError("every process died, which no test asked for");
        }
        check(world, ledger, told);
        if (keyed) {
            again(world, deed, request, course.onlyCrashed());
        }
        return new Passage(
                course.story(),
                kinds(world, ledger),
                List.copyOf(ledger.plans()),
                places,
                reached,
                told.map(op -> world.operation(op.id()).state()),
                course.hit().filter(command -> isHalf(command, ledger)).isPresent());
    }

    private static boolean isHalf(Command command, Ledger ledger) {
        return ledger.everSeen().stream()
                .flatMap(plan -> plan.stages().stream())
                .flatMap(stage -> stage.steps().stream())
                .flatMap(step -> Stream.of(step.apply(), step.undo()))
                .anyMatch(
                        commands -> commands.indexOf(command) >= 0 && commands.indexOf(command) < commands.size() - 1);
    }

    private static void recover(StorageWorld world, Course course) {
        if (course.isDead()) {
            course.revive();
            world.boot(course, course);
        }
        try {
            world.recover();
            course.mend();
            world.recover();
        } catch (Crash expected) {
            course.mend();
        }
    }

    private void check(StorageWorld world, Ledger ledger, Optional<Operation> told) {
        ledger.mustBeKept(world.rows());
        told.filter(op -> !op.state().open()).ifPresent(op -> {
            OperationState now = world.operation(op.id()).state();
            if (now != op.state()) {
                throw new AssertionError("the caller was told " + op.state() + ", and now it is " + now);
            }
        });
        if (Operation.open(template.rows()).isEmpty() && ledger.allTakenBack(world.rows())) {
            world.recordsMustBeAsBefore();
            if (!isNotTakenBack(ledger)) {
                world.mustBeAsBefore();
            }
        }
        scenario.settle().accept(world);
        world.check();
    }

    /** Wiping a disk is what the caller asked for whatever becomes of the rest, and nothing brings back what was on it. What nodes are told stays true when the telling is not finished, and so does what was repaired. */
    private static boolean isNotTakenBack(Ledger ledger) {
        return ledger.everSeen().stream()
                .anyMatch(plan -> plan.kind().equals("stamp")
                        || plan.kind().startsWith("repair-")
                        || plan.stages().stream()
                                .flatMap(stage -> stage.steps().stream())
                                .anyMatch(step -> step.name().equals("wipe-device")));
    }

    /** The caller, who may have got no answer, asks again. */
    private void again(StorageWorld world, Deed deed, Request request, boolean onlyCrashes) {
        List<Operation> before = ofTheCaller(world);
        assertThat(before).as("operations that one key began").hasSizeLessThan(2);
        Operation answer;
        try {
            answer = world.perform(deed, request);
        } catch (CannotSteer mendedMeanwhile) {
            assertThat(before).as("operations that this key began").isEmpty();
            return;
        }
        if (!before.isEmpty()) {
            assertThat(answer).as("the answer to the repeated request").isEqualTo(before.getFirst());
        }
        if (onlyCrashes) {
            outcome.ifPresent(undisturbed -> assertThat(answer.state())
                    .as("outcome when the caller sent a key")
                    .isEqualTo(undisturbed));
        }
        assertThat(ofTheCaller(world)).as("operations that one key began").hasSize(1);
        world.recover();
        world.check();
    }

    private static List<Operation> ofTheCaller(StorageWorld world) {
        return StreamSupport.stream(world.rows().all(Operation.TABLE).spliterator(), false)
                .filter(op -> op.request().equals(KEYED.key()))
                .toList();
    }

    private Set<String> kinds(StorageWorld world, Ledger ledger) {
        Set<String> kinds = ledger.plans().stream().map(Plan::kind).collect(Collectors.toCollection(TreeSet::new));
        world.rows().all(Operation.TABLE).forEach(op -> {
            if (template.rows().get(Operation.TABLE, op.id()).isEmpty()) {
                kinds.add(op.kind());
            }
        });
        return kinds;
    }

    /** Of operations that had not begun before. */
    private void mustMeetEveryStep(Passage undisturbed) {
        if (!Operation.open(template.rows()).isEmpty()) {
            return;
        }
        Set<String> missing = new TreeSet<>();
        undisturbed.plans.forEach(plan -> plan.stages()
                .forEach(stage -> stage.steps().forEach(step -> {
                    String point = plan.kind() + "/" + stage.name() + "/" + step.name() + "@"
                            + step.hosts().getFirst() + ":"
                            + Moment.BEFORE.name().toLowerCase(java.util.Locale.ROOT);
                    if (!undisturbed.reached.contains(point)) {
                        missing.add(point);
                    }
                })));
        assertThat(missing).as("steps that the undisturbed run did not come by").isEmpty();
    }
}

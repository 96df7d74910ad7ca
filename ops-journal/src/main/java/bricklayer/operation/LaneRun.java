package bricklayer.operation;

import bricklayer.fault.FaultPoint;
import bricklayer.fault.FaultPoint.Moment;
import bricklayer.fault.Faults;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.Guard;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import bricklayer.host.HostWriter;
import bricklayer.host.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of one lane, forward or back, and knows how far the lane may have come. Owned by one thread at a time.
 *
 * <p>What a host reports is never the last word: after a failure or a lost reply the lane waits until nothing of its own runs on the host, looks at
 * the effect, and goes by what it sees.
 */
final class LaneRun {

    private static final Logger LOG = LoggerFactory.getLogger(LaneRun.class);
    private static final int TRANSIENT_REPEATS_MAX = 8;
    private static final Duration TRANSIENT_PAUSE = Duration.ofMillis(500);

    /**
     * Failed tries after which a step that can be done without waits no longer for a host that cannot be asked: it may be dead for ever. The pauses between as many add up to more than the longest
     * deadline, and each host ends a command at its deadline by itself.
     */
    private static final int PATIENCE = 10;

    private final Lane lane;
    private final String where;
    private final Guard guard;
    private final HostWriter hosts;
    private final Faults faults;
    private final Queues queues;
    private final Threads threads;

    /** How many steps from the start of the lane may have had an effect. A step whose command certainly was not sent does not count. */
    private int begun;

    /** Whether a command of this lane may still be running somewhere. INVARIANT: nothing is observed while this is true. */
    private boolean unsettled;

    /** Whether a step that can be done without waits for a host that cannot be asked, on which its command may still run. */
    private final boolean patient;

    private LaneRun(Lane lane, String where, Guard guard, Surroundings around, boolean inherited, boolean patient) {
        this.lane = lane;
        this.patient = patient;
        this.where = where;
        this.guard = guard;
        this.hosts = around.hosts();
        this.faults = around.faults();
        this.queues = around.queues();
        this.threads = around.threads();
        this.begun = inherited ? lane.steps().size() : 0;
        this.unsettled = inherited;
    }

    /** What all lanes of a server share. */
    record Surroundings(HostWriter hosts, Faults faults, Queues queues, Threads threads) {}

    /** A lane of an operation that has just begun: nothing of it is anywhere yet. */
    static LaneRun fresh(Lane lane, String where, Guard guard, Surroundings around) {
        return new LaneRun(lane, where, guard, around, false, true);
    }

    /**
     * A lane of an operation that an earlier process (or an earlier try) left in a state nobody knows.
     *
     * @param failures tries that came to nothing so far
     */
    static LaneRun inherited(Lane lane, String where, Guard guard, Surroundings around, int failures) {
        return new LaneRun(lane, where, guard, around, true, failures < PATIENCE);
    }

    /** Makes every effect of the lane present. Stops at the first step that fails. */
    void forward(Consumer<Step> done, BooleanSupplier stop) {
        boolean look = unsettled;
        for (int i = 0; i < lane.steps().size() && !stop.getAsBoolean(); i++) {
            Step step = lane.steps().get(i);
            try {
                make(step, i, look);
            } catch (RuntimeException e) {
                if (!step.optional()) {
                    throw new StepFailed(step.failure(where), step, e);
                }
                if (patient) {
                    awaitOwn(step);
                }
                LOG.warn("step {}/{} failed and is passed over: {}", where, step.name(), e.getMessage());
            }
            done.accept(step);
        }
    }

    /** What was started for a step must not do its work when the operation has ended, and something else relies on what is there. */
    private void awaitOwn(Step step) {
        try {
            settle();
        } catch (RuntimeException e) {
            throw new StepFailed("waiting for the commands of step " + where + "/" + step.name() + " failed", step, e);
        }
    }

    /**
     * Makes every effect of the lane absent, last step first. Effects that cannot be taken back are left alone; but nothing of the lane runs any more when this returns, for what comes after it
     * would not wait for it.
     */
    void backward() {
        for (int i = begun - 1; i >= 0; i--) {
            Step step = lane.steps().get(i);
            if (!step.undo().isEmpty()) {
                try {
                    unmake(step);
                } catch (RuntimeException e) {
                    throw new StepFailed("taking back step " + where + "/" + step.name() + " failed", e);
                }
            }
            begun = i;
        }
        try {
            settle();
        } catch (RuntimeException e) {
            throw new StepFailed("waiting for the commands of " + where + " failed", e);
        }
    }

    /** A step that cannot be taken back and has had its effect, or a part of it. */
    Optional<Step> pastReturn() {
        for (Step step : lane.steps().subList(0, begun)) {
            try {
                if (!step.reversible() && observe(step) != Effect.ABSENT) {
                    return Optional.of(step);
                }
            } catch (RuntimeException e) {
                throw new StepFailed("looking at step " + where + "/" + step.name() + " failed", e);
            }
        }
        return Optional.empty();
    }

    /**
     * What is left to do in a direction. Changes nothing. A host that could not be asked is not asked again: each question to a dead one takes its time.
     *
     * @param forward whether what is not there is wanted; else what is there is one too many
     */
    List<Leftover> leftovers(boolean forward) {
        List<Leftover> left = new ArrayList<>();
        Map<List<HostName>, String> blind = new HashMap<>();
        for (Step step : lane.steps()) {
            List<Command> commands = forward ? step.apply() : step.undo();
            if (commands.isEmpty()) {
                continue;
            }
            String seen = blind.getOrDefault(step.hosts(), "");
            if (seen.isEmpty()) {
                try {
                    Effect effect = observe(step);
                    if (effect == (forward ? Effect.PRESENT : Effect.ABSENT)) {
                        continue;
                    }
                    seen = effect.name().toLowerCase(Locale.ROOT);
                } catch (RuntimeException e) {
                    seen = "unknown: " + e.getMessage();
                    if (e instanceof HostFailure) {
                        blind.put(step.hosts(), seen);
                    }
                }
            }
            left.add(new Leftover(
                    step.hosts(),
                    where + "/" + step.name(),
                    seen,
                    commands.stream().map(Command::toString).toList()));
        }
        return left;
    }

    private void make(Step step, int index, boolean look) {
        if (look) {
            switch (observe(step)) {
                case PRESENT -> {
                    return;
                }
                case PARTIAL -> run(step, step.undo());
                case ABSENT -> {}
            }
        }
        int before = begun;
        begun = Math.max(begun, index + 1);
        try {
            faults.reach(point(step, "", Moment.BEFORE));
            run(step, step.looksFirst() && observe(step) == Effect.PRESENT ? List.of() : step.apply());
            faults.reach(point(step, "", Moment.AFTER));
        } catch (HostFailure e) {
            if (e.result() instanceof CommandResult.NotSent
                    && step.apply().getFirst().equals(e.command())) {
                begun = before;
                throw e;
            }
            mustBe(Effect.PRESENT, step, e);
        } catch (RuntimeException e) {
            mustBe(Effect.PRESENT, step, e);
        }
    }

    private void unmake(Step step) {
        if (observe(step) == Effect.ABSENT) {
            return;
        }
        try {
            faults.reach(point(step, "undo-", Moment.BEFORE));
            run(step, step.undo());
            faults.reach(point(step, "undo-", Moment.AFTER));
        } catch (RuntimeException e) {
            mustBe(Effect.ABSENT, step, e);
        }
    }

    /** A failure was reported: the effect decides whether it was one. */
    private void mustBe(Effect wanted, Step step, RuntimeException reported) {
        unsettled = true;
        Effect seen;
        try {
            seen = observe(step);
        } catch (RuntimeException blind) {
            reported.addSuppressed(blind);
            throw reported;
        }
        if (seen != wanted) {
            throw reported;
        }
    }

    private Effect observe(Step step) {
        settle();
        Query<Effect> query = step.observe();
        // any host may be asked instead of one that cannot tell: one with a dead glusterd answers, but knows nothing
        return hosts.queryFirst(step.hosts(), query);
    }

    private void settle() {
        if (unsettled) {
            lane.steps().stream()
                    .flatMap(step -> step.hosts().stream())
                    .distinct()
                    .forEach(host -> hosts.settle(host, guard));
            unsettled = false;
        }
    }

    private void run(Step step, List<Command> commands) {
        Runnable all = () -> commands.forEach(command -> run(step, command));
        step.queue().ifPresentOrElse(queue -> queues.inTurn(queue, all), all);
    }

    private void run(Step step, Command command) {
        for (int repeats = 0; ; repeats++) {
            try {
                onFirstReached(step.hosts(), command);
                return;
            } catch (HostFailure e) {
                boolean again = repeats < TRANSIENT_REPEATS_MAX
                        && e.result() instanceof CommandResult.Exited refusal
                        && step.transientRefusal(refusal);
                if (!again) {
                    throw e;
                }
                LOG.info("step {}/{} was refused for the moment, trying again: {}", where, step.name(), e.getMessage());
                pause(TRANSIENT_PAUSE.multipliedBy(repeats + 1));
            }
        }
    }

    private void pause(Duration time) {
        try {
            threads.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another host only where the one before was certainly not reached; in the end the first failure is what is told. */
    private void onFirstReached(List<HostName> candidates, Command command) {
        HostFailure first = null;
        for (HostName host : candidates) {
            try {
                hosts.run(host, guard, command);
                return;
            } catch (HostFailure e) {
                if (!(e.result() instanceof CommandResult.NotSent)) {
                    throw e;
                }
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first == null) {
            throw new IllegalStateException("a step without hosts");
        }
        throw first;
    }

    private FaultPoint point(Step step, String prefix, Moment moment) {
        return new FaultPoint(
                where + "/" + prefix + step.name() + "@" + step.hosts().getFirst(), moment);
    }
}

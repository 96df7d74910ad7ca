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
import bricklayer.host.HostWriter.InTurn;
import bricklayer.host.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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

    /** So many steps travel together at most: a person who steers an operation is heard between them. */
    private static final int COMPANY_MAX = 16;

    private final Lane lane;
    private final String where;
    private final Guard guard;
    private final HostWriter hosts;
    private final Faults faults;
    private final Queues queues;
    private final Threads threads;

    /** How many steps from the start of the lane may have had an effect. A step whose command certainly was not sent does not count. */
    private int begun;

    /** Steps before this one may have been made before, and are looked at. */
    private int lookUntil;

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
        lookUntil = unsettled ? lane.steps().size() : 0;
        int next = 0;
        while (next < lane.steps().size() && !stop.getAsBoolean()) {
            Step step = lane.steps().get(next);
            if (goesAlone(step) || next < lookUntil) {
                try {
                    make(step, next, next < lookUntil);
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
                next++;
            } else {
                next = makeTogether(next, endOfCompany(next), done);
            }
        }
    }

    private static boolean goesAlone(Step step) {
        return step.optional() || step.looksFirst() || step.apply().isEmpty();
    }

    /** Behind the last of the steps from {@code first} on whose commands can travel together: they go to the same host, and none has to be looked at before. */
    private int endOfCompany(int first) {
        Step leader = lane.steps().get(first);
        int end = first + 1;
        while (end < lane.steps().size()
                && end - first < COMPANY_MAX
                && lane.steps().get(end).hosts().equals(leader.hosts())
                && lane.steps().get(end).queue().equals(leader.queue())
                && !goesAlone(lane.steps().get(end))) {
            end++;
        }
        return end;
    }

    /**
     * Makes steps that nothing can have come of yet, their commands together. The one that failed is looked at, as if it had been alone; so are those behind it when it is not known how far the host
     * went.
     *
     * @return the first step that is left to make
     */
    private int makeTogether(int first, int end, Consumer<Step> done) {
        int before = begun;
        List<Command> commands = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        RuntimeException obstacle = null;
        int sent = first;
        for (; sent < end && obstacle == null; sent++) {
            Step step = lane.steps().get(sent);
            try {
                faults.reach(point(step, "", Moment.BEFORE));
                commands.addAll(step.apply());
                owners.addAll(Collections.nCopies(step.apply().size(), sent));
            } catch (RuntimeException e) {
                obstacle = e;
                sent--; // it has an obstacle of its own, but was not sent
            }
        }
        begun = Math.max(before, sent);
        InTurn ran = commands.isEmpty() ? new InTurn(0, Optional.empty()) : runTogether(owners, commands);
        int failed = ran.failure().isPresent() ? owners.get(ran.succeeded()) : sent;
        for (int i = first; i < failed; i++) {
            Step step = lane.steps().get(i);
            try {
                faults.reach(point(step, "", Moment.AFTER));
            } catch (RuntimeException e) {
                mustBePresent(step, e);
            }
            done.accept(step);
        }
        if (ran.failure().isPresent()) {
            HostFailure failure = ran.failure().get();
            boolean nothingOfStep = ran.succeeded() == 0 || owners.get(ran.succeeded() - 1) != failed;
            switch (failure.result()) {
                case CommandResult.NotSent _ -> {
                    begun = Math.max(before, nothingOfStep ? failed : failed + 1);
                    if (nothingOfStep) {
                        throw stepFailed(lane.steps().get(failed), failure);
                    }
                }
                case CommandResult.Exited _ -> begun = Math.max(before, failed + 1);
                case CommandResult.Unknown _ -> lookUntil = sent;
            }
            mustBePresent(lane.steps().get(failed), failure);
            done.accept(lane.steps().get(failed));
            return failed + 1;
        }
        if (obstacle != null) {
            Step step = lane.steps().get(sent);
            begun = Math.max(begun, sent + 1);
            mustBePresent(step, obstacle);
            done.accept(step);
            return sent + 1;
        }
        return sent;
    }

    private void mustBePresent(Step step, RuntimeException reported) {
        try {
            mustBe(Effect.PRESENT, step, reported);
        } catch (RuntimeException e) {
            throw stepFailed(step, e);
        }
    }

    private StepFailed stepFailed(Step step, RuntimeException e) {
        return new StepFailed(step.failure(where), step, e);
    }

    /** @param owners of each command, the index of its step */
    private InTurn runTogether(List<Integer> owners, List<Command> commands) {
        List<InTurn> ran = new ArrayList<>();
        Step leader = lane.steps().get(owners.getFirst());
        Runnable all = () -> ran.add(inTurn(leader.hosts(), owners, commands));
        leader.queue().ifPresentOrElse(queue -> queues.inTurn(queue, all), all);
        return ran.getFirst();
    }

    private InTurn inTurn(List<HostName> candidates, List<Integer> owners, List<Command> commands) {
        int succeeded = 0;
        int repeats = 0;
        while (true) {
            InTurn ran = inTurnOnFirstReached(candidates, commands.subList(succeeded, commands.size()));
            repeats = ran.succeeded() > 0 ? 0 : repeats;
            succeeded += ran.succeeded();
            if (ran.failure().isEmpty()) {
                return new InTurn(succeeded, Optional.empty());
            }
            HostFailure failure = ran.failure().get();
            Step step = lane.steps().get(owners.get(succeeded));
            if (!isTransient(step, failure, repeats)) {
                return new InTurn(succeeded, ran.failure());
            }
            awaitNextTry(step, failure, ++repeats);
        }
    }

    private InTurn inTurnOnFirstReached(List<HostName> candidates, List<Command> commands) {
        int succeeded = 0;
        HostFailure first = null;
        for (HostName host : candidates) {
            InTurn ran = hosts.runInTurn(host, guard, commands.subList(succeeded, commands.size()));
            succeeded += ran.succeeded();
            if (ran.failure().isEmpty()) {
                return new InTurn(succeeded, Optional.empty());
            }
            HostFailure failure = ran.failure().get();
            if (!(failure.result() instanceof CommandResult.NotSent)) {
                return new InTurn(succeeded, Optional.of(failure));
            }
            if (first == null || ran.succeeded() > 0) {
                first = failure;
            } else {
                first.addSuppressed(failure);
            }
        }
        return new InTurn(succeeded, Optional.ofNullable(first));
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
        for (int repeats = 0; ; ) {
            try {
                onFirstReached(step.hosts(), command);
                return;
            } catch (HostFailure e) {
                if (!isTransient(step, e, repeats)) {
                    throw e;
                }
                awaitNextTry(step, e, ++repeats);
            }
        }
    }

    private static boolean isTransient(Step step, HostFailure failure, int repeats) {
        return repeats < TRANSIENT_REPEATS_MAX
                && failure.result() instanceof CommandResult.Exited refusal
                && step.transientRefusal(refusal);
    }

    private void awaitNextTry(Step step, HostFailure failure, int repeats) {
        LOG.info("step {}/{} was refused for the moment, trying again: {}", where, step.name(), failure.getMessage());
        pause(TRANSIENT_PAUSE.multipliedBy(repeats));
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

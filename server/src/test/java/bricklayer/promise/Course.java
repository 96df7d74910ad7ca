package bricklayer.promise;

import bricklayer.executor.simulated.CommandFaults;
import bricklayer.executor.simulated.CommandFaults.Fault;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.fault.Crash;
import bricklayer.fault.FaultPoint;
import bricklayer.fault.Faults;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.CommandResult.Unknown;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.promise.FaultKind.Site;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What happens to the processes of one world, one after the other: counts every place that they come by, and makes it go wrong at one of them, or at two. Between the engine and the
 * nodes, for one thread.
 *
 * <p>After a crash the process is dead: whatever it tries to do fails as well, until {@link #revive}.
 */
final class Course implements Faults, Executor {

    private static final String GARBAGE = "\u0000\ufffd]{\"report\": [<opRet>%";

    /** What a point, command or question throws that fails for no reason of the hosts'. */
    static final class Injected extends RuntimeException {
        Injected(FaultPoint point) {
            super("injected at " + point);
        }
    }

    /** A fault at the n-th place of its kind: from the start, or from the fault before. */
    record Blow(FaultKind fault, int n) {
        @Override
        public String toString() {
            return fault.words() + " at number " + n + " of the " + fault.site().plural();
        }
    }

    private final SimulatedExecutor nodes;
    private final Runnable meanwhile;
    private final Consumer<FaultPoint> onlooker;
    private final List<Blow> blows;
    private final List<String> story = new ArrayList<>();
    private final List<FaultPoint> reached = new ArrayList<>();
    private final Map<Site, Integer> counts = new EnumMap<>(Site.class);
    private final List<HostName> down = new ArrayList<>();
    private Optional<Command> hit = Optional.empty();
    private int struck;
    private volatile boolean dead;

    /**
     * @param meanwhile what the process does beside a slow command
     * @param onlooker hears of each point before anything goes wrong there
     * @param blows at most two
     */
    Course(SimulatedExecutor nodes, Runnable meanwhile, Consumer<FaultPoint> onlooker, List<Blow> blows) {
        this.nodes = nodes;
        this.meanwhile = meanwhile;
        this.onlooker = onlooker;
        this.blows = List.copyOf(blows);
    }

    /** How many places of a kind there were since the last fault; since the start when there was none. */
    int count(Site site) {
        return counts.getOrDefault(site, 0);
    }

    /** Points since the last fault. */
    List<FaultPoint> reached() {
        return List.copyOf(reached);
    }

    /** The command that met the last fault that a command met. */
    Optional<Command> hit() {
        return hit;
    }

    boolean isDead() {
        return dead;
    }

    /** Whether nothing went wrong but that processes died: then nothing keeps an operation from its end. */
    boolean onlyCrashed() {
        return blows.stream().allMatch(blow -> blow.fault() == FaultKind.CRASH);
    }

    /** The process dies of something else. From any thread. */
    void kill() {
        dead = true;
    }

    /** The next process starts. */
    void revive() {
        dead = false;
    }

    /** Nodes that lost power have it again. */
    void mend() {
        down.forEach(nodes.nodes()::returnPower);
        down.clear();
    }

    /** For people: what went wrong so far. */
    String story() {
        return story.isEmpty() ? "undisturbed" : String.join(", then ", story);
    }

    private Optional<FaultKind> next(Site site, String where) {
        int n = counts.merge(site, 1, Integer::sum);
        if (struck == blows.size()
                || blows.get(struck).fault().site() != site
                || blows.get(struck).n() != n) {
            return Optional.empty();
        }
        FaultKind fault = blows.get(struck).fault();
        story.add(fault.words() + " at number " + n + " of the " + site.plural() + " (" + where + ")");
        struck++;
        counts.clear();
        reached.clear();
        return Optional.of(fault);
    }

    private void refuseIfDead(String where) {
        if (dead) {
            throw new Crash(new FaultPoint(where, FaultPoint.Moment.BEFORE));
        }
    }

    private Crash die(String where) {
        dead = true;
        return new Crash(new FaultPoint(where, FaultPoint.Moment.BEFORE));
    }

    @Override
    public void reach(FaultPoint point) {
        refuseIfDead(point.toString());
        onlooker.accept(point);
        Optional<FaultKind> fault = next(Site.POINT, point.toString());
        if (fault.isEmpty()) {
            reached.add(point);
        } else if (fault.get() == FaultKind.CRASH) {
            throw die(point.toString());
        } else {
            throw new Injected(point);
        }
    }

    @Override
    public CommandResult change(HostName host, Guard guard, Command command) {
        String where = command + " on " + host;
        refuseIfDead(where);
        Optional<FaultKind> fault = next(Site.COMMAND, where);
        if (fault.isEmpty()) {
            return nodes.change(host, guard, command);
        }
        hit = Optional.of(command);
        return switch (fault.get()) {
            case REFUSED -> meeting(new Fault.Ends(new Exited(1, "", "refused by the test")), host, guard, command);
            case NOT_SENT -> new NotSent("cut off by the test");
            case NEVER_RAN -> meeting(new Fault.LostBefore("hung by the test"), host, guard, command);
            case STILL_RUNS -> meeting(new Fault.Straggles("left running by the test"), host, guard, command);
            case REPLY_LOST -> meeting(new Fault.LostAfter("lost by the test"), host, guard, command);
            case HALF_DONE -> meeting(new Fault.LostHalfway("killed half way by the test"), host, guard, command);
            case CRASH_WHILE_RUNNING -> {
                meeting(new Fault.Straggles("left running by the test"), host, guard, command);
                throw die(where);
            }
            case OUTPUT_CUT -> cut(nodes.change(host, guard, command));
            case OUTPUT_GARBAGE -> garbled(nodes.change(host, guard, command));
            case SLOW -> {
                meanwhile.run();
                yield nodes.change(host, guard, command);
            }
            case NODE_DIES -> {
                nodes.nodes().cutPower(host);
                down.add(host);
                yield nodes.change(host, guard, command);
            }
            default -> throw new IllegalStateException(fault.get() + " at a command");
        };
    }

    /** As on a real node: whatever becomes of the one who waits, the host goes on with what it was given, unless a command failed or died there. */
    @Override
    public List<CommandResult> changeInTurn(HostName host, Guard guard, List<Command> commands) {
        List<CommandResult> results = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            List<Command> behind = commands.subList(i + 1, commands.size());
            int blowsBefore = struck;
            CommandResult result;
            try {
                result = change(host, guard, commands.get(i));
            } catch (Crash crash) {
                if (struck > blowsBefore) {
                    behind.forEach(
                            command -> meeting(new Fault.Straggles("left running by the test"), host, guard, command));
                }
                throw crash;
            }
            results.add(result);
            if (struck > blowsBefore && result instanceof Unknown) {
                switch (blows.get(struck - 1).fault()) {
                    case REPLY_LOST -> nodes.changeInTurn(host, guard, behind);
                    case STILL_RUNS ->
                        behind.forEach(command ->
                                meeting(new Fault.Straggles("left running by the test"), host, guard, command));
                    default -> {}
                }
            }
            if (!(result instanceof Exited exited) || exited.status() != 0) {
                break;
            }
        }
        return results;
    }

    private CommandResult meeting(Fault fault, HostName host, Guard guard, Command command) {
        nodes.setFaults((h, g, c) -> fault);
        try {
            return nodes.change(host, guard, command);
        } finally {
            nodes.setFaults(CommandFaults.NONE);
        }
    }

    @Override
    public CommandResult ask(HostName host, Command command) {
        String where = command + " on " + host;
        refuseIfDead(where);
        Optional<FaultKind> fault = next(Site.QUESTION, where);
        if (fault.isEmpty()) {
            return nodes.ask(host, command);
        }
        return switch (fault.get()) {
            case QUESTION_REFUSED -> new Exited(1, "", "refused by the test");
            case QUESTION_NOT_SENT -> new NotSent("cut off by the test");
            case QUESTION_HANGS -> new Unknown("hung by the test");
            case ANSWER_CUT -> cut(nodes.ask(host, command));
            case ANSWER_GARBAGE -> garbled(nodes.ask(host, command));
            case QUESTION_SLOW -> {
                meanwhile.run();
                yield nodes.ask(host, command);
            }
            case CRASH_WHILE_ASKING -> throw die(where);
            default -> throw new IllegalStateException(fault.get() + " at a question");
        };
    }

    @Override
    public CommandResult settle(HostName host, Guard guard) {
        String where = "waiting for " + guard.value() + " on " + host;
        refuseIfDead(where);
        Optional<FaultKind> fault = next(Site.WAIT, where);
        if (fault.isEmpty()) {
            return nodes.settle(host, guard);
        }
        return switch (fault.get()) {
            case CANNOT_WAIT -> new NotSent("cut off by the test");
            case WAIT_HANGS -> new Unknown("hung by the test");
            case CRASH_WHILE_WAITING -> throw die(where);
            default -> throw new IllegalStateException(fault.get() + " at a wait");
        };
    }

    private static CommandResult cut(CommandResult whole) {
        return whole instanceof Exited exited
                ? new Exited(
                        exited.status(), exited.out().substring(0, exited.out().length() / 2), exited.err(), true)
                : whole;
    }

    /** The status is what it was: a program that says yes is believed. */
    private static CommandResult garbled(CommandResult whole) {
        return whole instanceof Exited exited
                ? new Exited(
                        exited.status(),
                        exited.out().isEmpty() ? "" : GARBAGE,
                        exited.err().isEmpty() ? "" : GARBAGE)
                : whole;
    }

    @Override
    public void close() {
        nodes.close();
    }
}

package bricklayer.executor.simulated;

import bricklayer.executor.simulated.CommandFaults.Fault;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.CommandResult.Unknown;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Carries commands to {@link SimulatedNodes}. A command that they do not know ends with status 127. */
public final class SimulatedExecutor implements Executor {

    private static final String NO_WAY = "simulated: no route to host";

    private record Lane(HostName host, Guard guard) {}

    /** @param powerCuts of its node when it was left: after the next it runs no more */
    private record Straggler(Command command, int powerCuts) {}

    private final SimulatedNodes nodes;
    private final Consumer<Duration> pause;
    private final ConcurrentHashMap<Lane, List<Straggler>> stragglers = new ConcurrentHashMap<>();
    private final LongAdder asked = new LongAdder();
    private final LongAdder changed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder notSimulated = new LongAdder();
    private volatile CommandFaults faults = CommandFaults.NONE;

    /**
     * @param nodes closed with this
     * @param pause lets the time of the settings' delay pass; not called when it is zero
     */
    public SimulatedExecutor(SimulatedNodes nodes, Consumer<Duration> pause) {
        this.nodes = nodes;
        this.pause = pause;
    }

    public SimulatedNodes nodes() {
        return nodes;
    }

    /** From the next change on. */
    public void setFaults(CommandFaults wanted) {
        faults = wanted;
    }

    /**
     * Commands so far.
     *
     * @param refused those, of either kind, that ran and ended with another status than 0; a query's "no" among them
     * @param notSimulated those that no interpreter knew: in a sound test, none
     */
    public record Counters(long asked, long changed, long refused, long notSimulated) {}

    public Counters counters() {
        return new Counters(asked.sum(), changed.sum(), refused.sum(), notSimulated.sum());
    }

    /** Commands left running and not waited for, as {@link CommandFaults.Fault.Straggles} leaves them. */
    public int stragglers() {
        return stragglers.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public CommandResult ask(HostName host, Command command) {
        asked.increment();
        return run(host, command);
    }

    @Override
    public CommandResult change(HostName host, Guard guard, Command command) {
        changed.increment();
        return switch (faults.before(host, guard, command)) {
            case Fault.None none -> run(host, command);
            case Fault.Ends ends -> nodes.isReachable(host) ? ends.result() : new NotSent(NO_WAY);
            case Fault.NotSent notSent -> new NotSent(notSent.why());
            case Fault.LostBefore lost -> new Unknown(lost.why());
            case Fault.LostAfter lost ->
                run(host, command) instanceof NotSent notSent ? notSent : new Unknown(lost.why());
            case Fault.LostHalfway lost -> runHalf(host, command, lost.why());
            case Fault.Straggles straggles -> straggle(host, guard, command, straggles.why());
        };
    }

    private CommandResult runHalf(HostName host, Command command, String why) {
        Optional<Exited> result = Interpreters.runHalf(nodes, host, command.argv());
        return result.isEmpty() ? new NotSent(NO_WAY) : new Unknown(why);
    }

    private CommandResult straggle(HostName host, Guard guard, Command command, String why) {
        if (!nodes.isReachable(host)) {
            return new NotSent(NO_WAY);
        }
        stragglers
                .computeIfAbsent(new Lane(host, guard), lane -> new CopyOnWriteArrayList<>())
                .add(new Straggler(command, nodes.powerCuts(host)));
        return new Unknown(why);
    }

    private CommandResult run(HostName host, Command command) {
        if (!nodes.settings().delay().isZero()) {
            pause.accept(nodes.settings().delay());
        }
        Optional<Exited> result = Interpreters.run(nodes, host, command.argv());
        if (result.isEmpty()) {
            return new NotSent(NO_WAY);
        }
        if (result.get().status() != 0) {
            refused.increment();
            if (result.get().status() == Answers.NO_SUCH_COMMAND) {
                notSimulated.increment();
            }
        }
        return result.get();
    }

    @Override
    public CommandResult settle(HostName host, Guard guard) {
        if (!nodes.isReachable(host)) {
            return new NotSent(NO_WAY);
        }
        List<Straggler> left = stragglers.remove(new Lane(host, guard));
        if (left != null) {
            left.stream()
                    .filter(straggler -> straggler.powerCuts() == nodes.powerCuts(host))
                    .forEach(straggler -> run(host, straggler.command()));
        }
        return Answers.done();
    }

    @Override
    public void close() {
        nodes.close();
    }
}

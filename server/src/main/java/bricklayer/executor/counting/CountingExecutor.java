package bricklayer.executor.counting;

import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the commands that are given to each host, whether or not they reach it, and tells of each in the log (level debug) how long it took. Closes what it leads to. Thread-safe. */
public final class CountingExecutor implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(CountingExecutor.class);

    private final Executor executor;
    private final Map<String, LongAdder> commands = new ConcurrentHashMap<>();

    public CountingExecutor(Executor executor) {
        this.executor = executor;
    }

    /** By name of the host, since the start. */
    public Map<String, Long> commands() {
        Map<String, Long> counts = new TreeMap<>();
        commands.forEach((host, count) -> counts.put(host, count.sum()));
        return counts;
    }

    private void count(HostName host) {
        count(host, 1);
    }

    private void count(HostName host, int several) {
        commands.computeIfAbsent(host.value(), name -> new LongAdder()).add(several);
    }

    @Override
    public CommandResult ask(HostName host, Command command) {
        count(host);
        return told(host, "asked", List.of(command), () -> executor.ask(host, command));
    }

    @Override
    public CommandResult change(HostName host, Guard guard, Command command) {
        count(host);
        return told(host, "changed", List.of(command), () -> executor.change(host, guard, command));
    }

    @Override
    public List<CommandResult> changeInTurn(HostName host, Guard guard, List<Command> inTurn) {
        List<CommandResult> results = told(host, "changed", inTurn, () -> executor.changeInTurn(host, guard, inTurn));
        count(host, results.size());
        return results;
    }

    @Override
    public CommandResult settle(HostName host, Guard guard) {
        count(host);
        return executor.settle(host, guard);
    }

    private static <T> T told(HostName host, String how, List<Command> commands, Supplier<T> run) {
        if (!LOG.isDebugEnabled()) {
            return run.get();
        }
        long begin = System.nanoTime();
        T result = run.get();
        LOG.debug(
                "node={} {} ms={} {}",
                host,
                how,
                (System.nanoTime() - begin) / 1_000_000,
                commands.stream().map(Command::toString).collect(Collectors.joining(" && ")));
        return result;
    }

    @Override
    public void close() {
        executor.close();
    }
}

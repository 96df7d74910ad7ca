package bricklayer.executor.counting;

import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the commands that are given to each host, whether or not they reach it. Closes what it leads to. Thread-safe. */
public final class CountingExecutor implements Executor {

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
        commands.computeIfAbsent(host.value(), name -> new LongAdder()).increment();
    }

    @Override
    public CommandResult ask(HostName host, Command command) {
        count(host);
        return executor.ask(host, command);
    }

    @Override
    public CommandResult change(HostName host, Guard guard, Command command) {
        count(host);
        return executor.change(host, guard, command);
    }

    @Override
    public CommandResult settle(HostName host, Guard guard) {
        count(host);
        return executor.settle(host, guard);
    }

    @Override
    public void close() {
        executor.close();
    }
}

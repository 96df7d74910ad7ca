package bricklayer.host;

import java.util.List;
import java.util.Optional;

/**
 * The handles to hosts over one executor: turns results that are not a success into {@link HostFailure}, in one place. Whoever only asks is
 * given this object as a {@link HostReader}.
 */
public final class Hosts implements HostWriter {

    private final Executor executor;

    public Hosts(Executor executor) {
        this.executor = executor;
    }

    @Override
    public <T> T query(HostName host, Query<T> query) {
        CommandResult result = executor.ask(host, query.command());
        if (!(result instanceof CommandResult.Exited exited)) {
            throw new HostFailure(host, query.command(), result);
        }
        if (exited.truncated()) {
            throw new HostFailure(
                    host, query.command(), exited, new UnreadableAnswer("the answer was cut at the output limit"));
        }
        try {
            return query.answer().apply(exited);
        } catch (UnreadableAnswer e) {
            throw new HostFailure(host, query.command(), exited, e);
        }
    }

    @Override
    public void run(HostName host, Guard guard, Command command) {
        CommandResult result = executor.change(host, guard, command);
        if (!(result instanceof CommandResult.Exited exited) || exited.status() != 0) {
            throw new HostFailure(host, command, result);
        }
    }

    @Override
    public InTurn runInTurn(HostName host, Guard guard, List<Command> commands) {
        List<CommandResult> results = executor.changeInTurn(host, guard, commands);
        CommandResult last = results.getLast();
        if (last instanceof CommandResult.Exited exited && exited.status() == 0) {
            if (results.size() != commands.size()) {
                throw new IllegalStateException(
                        results.size() + " of " + commands.size() + " commands ran on " + host + ", and none failed");
            }
            return new InTurn(results.size(), Optional.empty());
        }
        int succeeded = results.size() - 1;
        return new InTurn(succeeded, Optional.of(new HostFailure(host, commands.get(succeeded), last)));
    }

    @Override
    public void settle(HostName host, Guard guard) {
        CommandResult result = executor.settle(host, guard);
        if (!(result instanceof CommandResult.Exited exited) || exited.status() != 0) {
            Command waiting = Command.of(java.time.Duration.ofSeconds(1), "wait-for", guard.value());
            throw new HostFailure(host, waiting, result);
        }
    }
}

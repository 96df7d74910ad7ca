package bricklayer.executor.injecting;

import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.injection.Injection;
import bricklayer.injection.Origin;
import bricklayer.injection.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Gives commands to another executor, as far as the rules of an {@link Injection} let it. Waiting for what still runs counts as a question, {@code wait-for GUARD}. */
public final class InjectingExecutor implements Executor {

    /** What a rule that hangs may make of waiting, which has no deadline of its own. */
    private static final Duration SETTLE_DEADLINE = Duration.ofSeconds(60);

    private final Executor executor;
    private final Injection injection;
    private final BiFunction<Guard, Command, Origin> origins;

    /**
     * @param executor closed with this
     * @param origins finds what a command is part of
     */
    public InjectingExecutor(Executor executor, Injection injection, BiFunction<Guard, Command, Origin> origins) {
        this.executor = executor;
        this.injection = injection;
        this.origins = origins;
    }

    @Override
    public CommandResult ask(HostName host, Command command) {
        return injection.around(
                new Sent(host, command.toString(), command.deadline(), Optional.empty()),
                () -> executor.ask(host, command));
    }

    @Override
    public CommandResult change(HostName host, Guard guard, Command command) {
        return injection.around(
                new Sent(host, command.toString(), command.deadline(), Optional.of(origins.apply(guard, command))),
                () -> executor.change(host, guard, command));
    }

    /** One by one as long as a rule may want to meet one of them. */
    @Override
    public List<CommandResult> changeInTurn(HostName host, Guard guard, List<Command> commands) {
        return injection.meetsCommands()
                ? Executor.super.changeInTurn(host, guard, commands)
                : executor.changeInTurn(host, guard, commands);
    }

    @Override
    public CommandResult settle(HostName host, Guard guard) {
        return injection.around(
                new Sent(host, "wait-for " + guard.value(), SETTLE_DEADLINE, Optional.empty()),
                () -> executor.settle(host, guard));
    }

    @Override
    public void close() {
        executor.close();
    }
}

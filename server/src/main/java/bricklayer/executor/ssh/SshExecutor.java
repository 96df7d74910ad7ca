package bricklayer.executor.ssh;

import bricklayer.executor.remote.CommandsInTurn;
import bricklayer.executor.remote.RemoteCommand;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands on hosts over SSH. Thread-safe; made for virtual threads.
 *
 * <p>A host has one connection, made when needed and closed when idle; connections to several hosts are made at the same time. A
 * command waits for one of the host's permits, at most as long as its deadline. Before a command is sent, one more attempt is made where a
 * channel would not open; after it was sent, nothing is ever sent again. An answer is awaited a little longer than the deadline that the host
 * keeps.
 *
 * <p>A changed command runs below a shell named {@code bricklayer-GUARD:} that lives exactly as long as the command, also when the
 * connection is lost; {@link #settle} waits for it to go.
 */
public final class SshExecutor implements Executor {

    private final SshSettings settings;
    private final SshLogin login;
    private final InstantSource clock;
    private final ScheduledFuture<?> housekeeping;
    private final CountDownLatch shutDown = new CountDownLatch(1);
    private final ConcurrentMap<HostName, SshHost> hosts = new ConcurrentHashMap<>();

    /**
     * @param timer closes idle connections; stays the caller's
     * @throws IllegalArgumentException when the key file is missing, open to others, encrypted or no key; the message says what to do
     */
    public SshExecutor(SshSettings settings, InstantSource clock, ScheduledExecutorService timer) {
        this.settings = settings;
        this.clock = clock;
        this.login = new SshLogin(settings);
        long period = Math.max(1, settings.idleAfter().toMillis() / 2);
        this.housekeeping = timer.scheduleWithFixedDelay(this::closeIdle, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public CommandResult ask(HostName host, Command command) {
        return on(host).run(RemoteCommand.ask(command, prefix()));
    }

    @Override
    public CommandResult change(HostName host, Guard guard, Command command) {
        return on(host).run(RemoteCommand.change(guard, command, prefix()));
    }

    @Override
    public List<CommandResult> changeInTurn(HostName host, Guard guard, List<Command> commands) {
        return CommandsInTurn.of(guard, commands, prefix())
                .map(together -> together.results(on(host).run(together.sent())))
                .orElseGet(() -> Executor.super.changeInTurn(host, guard, commands));
    }

    @Override
    public CommandResult settle(HostName host, Guard guard) {
        CommandResult result = on(host).run(RemoteCommand.settle(guard, settings.longestDeadline(), prefix()));
        return result instanceof CommandResult.Exited exited && exited.status() != 0
                ? new CommandResult.Unknown(
                        "whether a command of " + guard.value() + " still runs on " + host + " cannot be seen (status "
                                + exited.status() + "): " + exited.err().strip())
                : result;
    }

    /** Closes all connections; commands under way end as unknown, later ones are not sent. */
    @Override
    public void close() {
        shutDown.countDown();
        housekeeping.cancel(false);
        hosts.values().forEach(SshHost::close);
    }

    private RemoteCommand.Prefix prefix() {
        return settings.sudo() ? RemoteCommand.Prefix.SUDO_DEADLINE : RemoteCommand.Prefix.DEADLINE;
    }

    private SshHost on(HostName host) {
        return hosts.computeIfAbsent(host, name -> new SshHost(name, settings, login, clock, shutDown));
    }

    private void closeIdle() {
        hosts.values().forEach(host -> host.closeIfUnusedSince(clock.instant().minus(settings.idleAfter())));
    }
}

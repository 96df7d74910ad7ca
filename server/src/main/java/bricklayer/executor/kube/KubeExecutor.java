package bricklayer.executor.kube;

import bricklayer.executor.remote.CommandsInTurn;
import bricklayer.executor.remote.RemoteCommand;
import bricklayer.executor.remote.RemoteCommand.Prefix;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.kube.KubeApi;
import bricklayer.kube.PodWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * Runs commands in the gluster pods of nodes. Thread-safe; made for virtual threads.
 *
 * <p>Pods are known from one watch. A command waits for one of its node's permits and one of all, at most as long as its deadline. It is sent at most once;
 * where it certainly did not start because the API server had too much to do, it is tried again within the deadline. An API server or a
 * node that was not reached several times in a row is spared for a while.
 *
 * <p>A changed command runs below a shell named {@code bricklayer-GUARD:}, as over SSH; {@link #settle} waits for it to go. When the container goes, all that
 * ran in it has ended.
 */
public final class KubeExecutor implements Executor {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int API_FAILURES_BEFORE = 2;

    private final KubeApi api;
    private final PodWatch pods;
    private final KubeSettings settings;
    private final InstantSource clock;
    private final Breaker apiServer;
    private final Semaphore permits;
    private final CountDownLatch shutDown = new CountDownLatch(1);
    private final ConcurrentMap<HostName, GlusterPod> hosts = new ConcurrentHashMap<>();

    /**
     * Begins to watch the pods; waits for nothing.
     *
     * @param api closed with this
     */
    public KubeExecutor(KubeApi api, KubeSettings settings, InstantSource clock) {
        this.api = api;
        this.settings = settings;
        this.clock = clock;
        this.apiServer = new Breaker(API_FAILURES_BEFORE, FIRST_PAUSE, LONGEST_PAUSE, clock);
        this.permits = new Semaphore(settings.commandsMax().orElse(Integer.MAX_VALUE), true);
        this.pods = api.watchPods(settings.selector());
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
                        "whether a command of " + guard.value() + " still runs in the gluster pod of "
                                + host + " cannot be seen (status " + exited.status() + "): "
                                + exited.err().strip())
                : result;
    }

    private Prefix prefix() {
        return settings.timeoutPrefix() ? Prefix.DEADLINE : Prefix.NONE;
    }

    /** Commands under way end as unknown, later ones are not sent. */
    @Override
    public void close() {
        shutDown.countDown();
        pods.close();
        api.close();
    }

    private GlusterPod on(HostName host) {
        return hosts.computeIfAbsent(
                host,
                name -> new GlusterPod(
                        name,
                        settings,
                        api.commands(),
                        pods,
                        new GlusterPod.Limits(permits, new Semaphore(settings.commandsPerNodeMax(), true), shutDown),
                        apiServer,
                        new Breaker(GlusterPod.FAILURES_BEFORE, FIRST_PAUSE, LONGEST_PAUSE, clock)));
    }
}

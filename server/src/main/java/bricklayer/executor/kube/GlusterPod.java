package bricklayer.executor.kube;

import bricklayer.executor.remote.CappedOutput;
import bricklayer.executor.remote.RemoteCommand;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.HostName;
import bricklayer.kube.ContainerCommands;
import bricklayer.kube.ExecResult;
import bricklayer.kube.PodWatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The way to the gluster pod of one node. Thread-safe. */
final class GlusterPod {

    static final int FAILURES_BEFORE = 3;

    private static final int BUSY_ATTEMPTS_MAX = 5;
    private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);

    private final HostName host;
    private final KubeSettings settings;
    private final ContainerCommands commands;
    private final PodWatch pods;
    private final Limits limits;
    private final Breaker apiServer;
    private final Breaker node;

    /**
     * What a command waits for before it is sent.
     *
     * @param shutDown zero when nothing is sent any more
     */
    record Limits(Semaphore all, Semaphore ofNode, CountDownLatch shutDown) {}

    GlusterPod(
            HostName host,
            KubeSettings settings,
            ContainerCommands commands,
            PodWatch pods,
            Limits limits,
            Breaker apiServer,
            Breaker node) {
        this.host = host;
        this.settings = settings;
        this.commands = commands;
        this.pods = pods;
        this.limits = limits;
        this.apiServer = apiServer;
        this.node = node;
    }

    CommandResult run(RemoteCommand command) {
        try {
            long end = System.nanoTime() + command.deadline().toNanos();
            if (!limits.ofNode().tryAcquire(left(end), TimeUnit.NANOSECONDS)) {
                return new NotSent(settings.commandsPerNodeMax() + " other commands have been running on " + host
                        + " for " + command.deadline().toSeconds() + " s");
            }
            try {
                if (!limits.all().tryAcquire(left(end), TimeUnit.NANOSECONDS)) {
                    return new NotSent("as many commands as kubeexec.max_connections allows have been running for "
                            + command.deadline().toSeconds() + " s");
                }
                try {
                    return permitted(command, end);
                } finally {
                    limits.all().release();
                }
            } finally {
                limits.ofNode().release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NotSent("interrupted before it was sent to " + host);
        }
    }

    private CommandResult permitted(RemoteCommand command, long end) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            if (limits.shutDown().getCount() == 0) {
                return closed();
            }
            if (!pods.awaitKnown(settings.apiTimeout())) {
                return new NotSent("no gluster pod for " + host + ": " + pods.trouble());
            }
            PodChoice.Chosen chosen = settings.choice().of(pods.pods(), host, settings.container());
            if (chosen instanceof PodChoice.Chosen.None(String why)) {
                return new NotSent(why);
            }
            PodChoice.Chosen.One one = (PodChoice.Chosen.One) chosen;
            // the node first: the other one must hear how an attempt ended that it let through
            Optional<String> refusal = node.refusal();
            if (refusal.isPresent()) {
                return new NotSent(refusal.get());
            }
            refusal = apiServer.refusal();
            if (refusal.isPresent()) {
                node.undecided();
                return new NotSent(refusal.get());
            }
            CappedOutput out = new CappedOutput(settings.outputLimitBytes(), () -> {});
            CappedOutput err = new CappedOutput(settings.outputLimitBytes(), () -> {});
            ExecResult result = sent(command, one, out, err);
            learn(result);
            switch (result) {
                case ExecResult.Ended(int status) -> {
                    return command.ended(status, out, err);
                }
                case ExecResult.Unknown(String why) -> {
                    return new CommandResult.Unknown(why);
                }
                case ExecResult.NotStarted(ExecResult.Cause cause, String why, Duration pause) -> {
                    Duration wait = pause.isZero() ? BUSY_PAUSE.multipliedBy(attempt) : pause;
                    if (cause != ExecResult.Cause.BUSY || attempt == BUSY_ATTEMPTS_MAX || left(end) < wait.toNanos()) {
                        return new NotSent(why);
                    }
                    if (limits.shutDown().await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                        return closed();
                    }
                }
            }
        }
    }

    private ExecResult sent(RemoteCommand command, PodChoice.Chosen.One one, CappedOutput out, CappedOutput err) {
        CompletableFuture<String> lost = pods.lossOf(one.pod(), one.container());
        try {
            return commands.run(
                    new ContainerCommands.Target(
                            one.pod().namespace(),
                            one.pod().name(),
                            one.container().name()),
                    List.of("sh", "-c", new String(command.text(), StandardCharsets.UTF_8)),
                    out,
                    err,
                    command.waitFor(),
                    lost);
        } finally {
            pods.forget(one.pod(), lost);
        }
    }

    private void learn(ExecResult result) {
        switch (result) {
            case ExecResult.Ended _ -> {
                apiServer.succeeded();
                node.succeeded();
            }
            case ExecResult.Unknown _ -> {
                apiServer.undecided();
                node.undecided();
            }
            case ExecResult.NotStarted(ExecResult.Cause cause, String why, Duration _) -> {
                switch (cause) {
                    case API_SERVER -> {
                        apiServer.failed(why);
                        node.undecided();
                    }
                    case POD -> {
                        apiServer.succeeded();
                        node.failed(why);
                    }
                    default -> {
                        apiServer.undecided();
                        node.undecided();
                    }
                }
            }
        }
    }

    private static long left(long end) {
        return Math.max(0, end - System.nanoTime());
    }

    private static NotSent closed() {
        return new NotSent("the executor is closed");
    }
}

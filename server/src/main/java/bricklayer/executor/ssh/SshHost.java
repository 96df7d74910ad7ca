package bricklayer.executor.ssh;

import bricklayer.executor.remote.RemoteCommand;
import bricklayer.host.CommandResult;
import bricklayer.host.HostName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to a host, made when needed, and the permits for its channels. Whoever needs a connection while one is being made waits for that
 * one and shares its failure: callers of a dead host wait once, not one after the other. Thread-safe.
 */
final class SshHost {

    /** After a refused channel: sshd counts a finished command until it has seen the client close its channel. */
    private static final Duration REFUSED_PAUSE = Duration.ofMillis(200);

    private static final int ATTEMPTS_MAX = 2;

    private final HostName host;
    private final SshSettings settings;
    private final SshLogin login;
    private final InstantSource clock;
    private final CountDownLatch shutDown;
    private final Semaphore permits;
    private @Nullable CompletableFuture<Connection> current;

    SshHost(HostName host, SshSettings settings, SshLogin login, InstantSource clock, CountDownLatch shutDown) {
        this.host = host;
        this.settings = settings;
        this.login = login;
        this.clock = clock;
        this.shutDown = shutDown;
        this.permits = new Semaphore(settings.maxChannelsPerHost(), true);
    }

    CommandResult run(RemoteCommand command) {
        try {
            if (!permits.tryAcquire(command.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
                return new CommandResult.NotSent(settings.maxChannelsPerHost() + " other commands have been running on "
                        + host + " for " + command.deadline().toSeconds() + " s");
            }
            try {
                return runPermitted(command);
            } finally {
                permits.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandResult.NotSent("interrupted before it was sent to " + host);
        }
    }

    private CommandResult runPermitted(RemoteCommand command) throws InterruptedException {
        String why = "";
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            Connection connection;
            try {
                connection = entered();
            } catch (CannotConnect e) {
                return new CommandResult.NotSent(String.valueOf(e.getMessage()));
            }
            Exchange.Outcome outcome;
            try {
                outcome = new Exchange(connection.session(), command).run(settings.outputLimitBytes());
            } finally {
                connection.leave(clock.instant());
            }
            switch (outcome) {
                case Exchange.Answered(CommandResult result) -> {
                    return result;
                }
                case Exchange.Broken(CommandResult result) -> {
                    connection.retire();
                    return result;
                }
                case Exchange.ChannelRefused() -> {
                    why = "sshd on " + host + " refuses another channel on the connection of " + settings.user()
                            + "; its MaxSessions must be above the configured " + settings.maxChannelsPerHost();
                    if (shutDown.await(REFUSED_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                        return closed();
                    }
                }
                case Exchange.ConnectionUseless(String reason) -> {
                    why = "no ssh to " + host + " port " + settings.port() + " as " + settings.user() + ": " + reason;
                    connection.retire();
                }
            }
        }
        return new CommandResult.NotSent(why);
    }

    /** A connection that was entered: must be left. */
    private Connection entered() throws CannotConnect, InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            if (shutDown.getCount() == 0) {
                throw new CannotConnect("the executor is closed");
            }
            Claim claim = claim();
            if (claim.mine()) {
                connect(claim.connection());
            }
            Connection connection = join(claim.connection());
            if (connection.enter()) {
                return connection;
            }
            // it ended while nobody used it
            forget(claim.connection());
        }
        throw new CannotConnect("no ssh to " + host + " port " + settings.port() + " as " + settings.user()
                + ": the host ends connections as soon as they are made");
    }

    private record Claim(CompletableFuture<Connection> connection, boolean mine) {}

    private synchronized Claim claim() {
        CompletableFuture<Connection> there = current;
        if (there != null && !there.isCompletedExceptionally()) {
            return new Claim(there, false);
        }
        CompletableFuture<Connection> made = new CompletableFuture<>();
        current = made;
        return new Claim(made, true);
    }

    @SuppressWarnings("ReferenceEquality") // a later connection must not be forgotten for an earlier one
    private synchronized void forget(CompletableFuture<Connection> useless) {
        if (current == useless) {
            current = null;
        }
    }

    private void connect(CompletableFuture<Connection> promise) {
        try {
            Connection connection = new Connection(login.open(host), clock.instant());
            promise.complete(connection);
            if (shutDown.getCount() == 0) {
                connection.retire();
            }
        } catch (CannotConnect e) {
            promise.completeExceptionally(e);
        } finally {
            // whatever else went wrong: nobody may wait for ever
            promise.completeExceptionally(new CannotConnect("connecting to " + host + " failed"));
        }
    }

    private static Connection join(CompletableFuture<Connection> promise) throws CannotConnect, InterruptedException {
        try {
            return promise.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CannotConnect cannot) {
                throw cannot;
            }
            throw new IllegalStateException("only CannotConnect is handed on", e);
        }
    }

    void closeIfUnusedSince(Instant moment) {
        Connection connection = open();
        if (connection != null && connection.unusedSince(moment)) {
            connection.retire();
        }
    }

    /** Ends running commands as unknown. */
    void close() {
        Connection connection = open();
        if (connection != null) {
            connection.retire();
            connection.session().disconnect();
        }
    }

    private synchronized @Nullable Connection open() {
        CompletableFuture<Connection> there = current;
        return there == null || there.isCompletedExceptionally() ? null : there.getNow(null);
    }

    private static CommandResult closed() {
        return new CommandResult.NotSent("the executor is closed");
    }
}

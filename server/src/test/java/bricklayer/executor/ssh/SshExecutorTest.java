package bricklayer.executor.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.CommandResult.Unknown;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a server in this process that runs commands by a real shell. The lab's real sshd is tried in the module test-functional. */
@Timeout(120)
class SshExecutorTest {

    private static final HostName HOST = new HostName("127.0.0.1");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private TestKey key;
    private ShellServer server;

    @BeforeEach
    void startServer() throws Exception {
        key = TestKey.in(folder, "key");
        server = started(0);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : toClose.reversed()) {
            one.close();
        }
        threads.close();
        timer.shutdownNow();
    }

    @Test
    void passesEveryArgumentAsItIs() {
        List<String> arguments = new ArrayList<>(
                IntStream.rangeClosed(1, 127).mapToObj(Character::toString).toList());
        arguments.addAll(List.of("", "ä€😀", "$(reboot) `reboot` ${HOME} ; && | > <", "''", "-rf", " * ? [a] ~ "));
        List<String> argv = new ArrayList<>(List.of("printf", "[%s]"));
        argv.addAll(arguments);

        CommandResult result = executor().ask(HOST, new Command(argv, LONG));

        assertThat(result).isEqualTo(new Exited(0, "[" + String.join("][", arguments) + "]", ""));
    }

    @Test
    void tellsStatusAndBothStreams() {
        assertThat(executor().ask(HOST, shell("echo to out; echo to err >&2; exit 7")))
                .isEqualTo(new Exited(7, "to out\n", "to err\n"));
    }

    @Test
    void changesTellStatusAndStreamsToo() {
        assertThat(executor().change(HOST, new Guard("g1"), shell("echo to out; echo to err >&2; exit 7")))
                .isEqualTo(new Exited(7, "to out\n", "to err\n"));
    }

    @Test
    void commandsHaveTheCLocaleAndNothingToRead() {
        assertThat(executor().ask(HOST, shell("echo $LC_ALL; cat"))).isEqualTo(new Exited(0, "C\n", ""));
    }

    @Test
    void aMissingProgramIsAnAnswer() {
        assertThat(executor().ask(HOST, Command.of(LONG, "no-such-program")))
                .isInstanceOfSatisfying(
                        Exited.class, exited -> assertThat(exited.status()).isEqualTo(127));
    }

    @Test
    void keepsTheBeginningOfOutputThatIsTooLong() {
        SshExecutor executor = executor(withOutputLimit(settings(), 100_000));

        CommandResult result = executor.ask(HOST, shell("head -c 52428800 /dev/zero | tr '\\0' x; echo end >&2"));

        assertThat(result).isEqualTo(new Exited(0, "x".repeat(100_000), "end\n", true));
    }

    @Test
    void whatPassesItsDeadlineIsUnknownAndIsEnded() {
        SshExecutor executor = executor();
        Guard guard = new Guard("deadline-" + System.nanoTime());

        CommandResult result = executor.change(HOST, guard, Command.of(Duration.ofMillis(300), "sleep", "600"));

        assertThat(result)
                .asInstanceOf(type(Unknown.class))
                .extracting(Unknown::why)
                .asString()
                .contains("deadline of 300 ms");
        assertThat(executor.settle(HOST, guard)).isEqualTo(new Exited(0, "", ""));
        assertThat(runs(guard)).isFalse();
    }

    /** The connection is lost while a command runs; the command goes on, and whoever looks next must wait for its end. */
    @Test
    void settleWaitsForWhatALostConnectionLeftBehind() throws Exception {
        SshExecutor executor = executor();
        Guard guard = new Guard("lost-" + System.nanoTime());
        Path ended = folder.resolve("ended");
        Future<CommandResult> lost =
                threads.submit(() -> executor.change(HOST, guard, shell(waitForGo() + "; sleep 0.3; touch " + ended)));
        await(() -> Files.exists(began()));

        server.loseConnections();

        assertThat(lost.get()).isInstanceOf(Unknown.class); // in words that depend on which end is noticed first
        assertThat(runs(guard)).isTrue();
        Future<CommandResult> settled = threads.submit(() -> executor.settle(HOST, guard));
        await(() -> server.connections() > 0);
        assertThat(settled.isDone()).isFalse();
        Files.createFile(go());
        assertThat(settled.get()).isEqualTo(new Exited(0, "", ""));
        assertThat(ended).exists();
        assertThat(runs(guard)).isFalse();
    }

    @Test
    void settleIsNotHeldUpByAnotherGuardThatBeginsTheSame() throws Exception {
        SshExecutor executor = executor();
        Future<CommandResult> other =
                threads.submit(() -> executor.change(HOST, new Guard("op.12"), shell(waitForGo())));
        await(() -> Files.exists(began()));

        CommandResult settled = executor.settle(HOST, new Guard("op.1"));

        assertThat(other.isDone()).isFalse();
        assertThat(settled).isEqualTo(new Exited(0, "", ""));
        Files.createFile(go());
        assertThat(other.get()).isInstanceOf(Exited.class);
    }

    @Test
    void settleGivesUpWhenNoCommandCouldStillRun() throws Exception {
        SshExecutor executor = executor(withLongestDeadline(settings(), Duration.ofMillis(500)));
        Guard guard = new Guard("stays");
        Future<CommandResult> stays = threads.submit(() -> executor.change(HOST, guard, shell(waitForGo())));
        await(() -> Files.exists(began()));

        assertThat(executor.settle(HOST, guard)).isInstanceOf(Unknown.class);

        Files.createFile(go());
        assertThat(stays.get()).isInstanceOf(Exited.class);
    }

    @Test
    void aRefusedChannelIsTriedOnceMore() {
        SshExecutor executor = executor();
        server.refuseChannels(1);

        assertThat(executor.ask(HOST, shell("echo here"))).isEqualTo(new Exited(0, "here\n", ""));
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void aChannelRefusedTwiceHasSentNothing() {
        Path touched = folder.resolve("touched");
        server.refuseChannels(2);

        assertThat(executor().ask(HOST, Command.of(LONG, "touch", touched.toString())))
                .asInstanceOf(type(NotSent.class))
                .extracting(NotSent::why)
                .asString()
                .contains("MaxSessions");
        assertThat(touched).doesNotExist();
    }

    @Test
    void aConnectionThatEndedUnusedIsMadeAnew() {
        SshExecutor executor = executor();
        executor.ask(HOST, shell("true"));
        server.loseConnections();

        CommandResult answer = executor.ask(HOST, shell("echo here"));
        if (answer instanceof Unknown) {
            // the command was on its way before the loss was noticed here, so nobody can say what became of it; the
            // next one is another matter
            answer = executor.ask(HOST, shell("echo here"));
        }
        assertThat(answer).isEqualTo(new Exited(0, "here\n", ""));
        assertThat(server.logins()).isEqualTo(2);
    }

    @Test
    void manyCallersShareOneConnectionAndItsPermits() throws Exception {
        SshExecutor executor = executor();
        List<Callable<CommandResult>> calls = IntStream.range(0, 64)
                .<Callable<CommandResult>>mapToObj(i -> () -> executor.ask(HOST, shell("sleep 0.05; echo " + i)))
                .toList();

        List<Future<CommandResult>> results = threads.invokeAll(calls);

        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).get()).isEqualTo(new Exited(0, i + "\n", ""));
        }
        assertThat(server.mostRunningAtOnce()).isLessThanOrEqualTo(6);
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void whoGetsNoPermitWithinItsDeadlineHasSentNothing() throws Exception {
        SshExecutor executor = executor(withChannels(settings(), 1));
        Future<CommandResult> first = threads.submit(() -> executor.ask(HOST, shell(waitForGo())));
        await(() -> Files.exists(began()));

        assertThat(executor.ask(HOST, Command.of(Duration.ofMillis(50), "true")))
                .isInstanceOf(NotSent.class);

        Files.createFile(go());
        assertThat(first.get()).isInstanceOf(Exited.class);
    }

    @Test
    void trustsTheFirstKeyOfAHostAndNoOtherAfterwards() throws Exception {
        Path recorded = folder.resolve("host-keys");
        SshExecutor executor = executor();
        assertThat(executor.ask(HOST, shell("true"))).isEqualTo(new Exited(0, "", ""));
        String afterFirst = Files.readString(recorded);
        String oldFingerprint = server.fingerprint();
        int port = server.port();
        server.close();
        ShellServer impostor = started(port);

        CommandResult result = executor.ask(HOST, shell("true"));

        assertThat(result)
                .asInstanceOf(type(NotSent.class))
                .extracting(NotSent::why)
                .asString()
                .contains("127.0.0.1", oldFingerprint, impostor.fingerprint(), recorded.toString(), "replace");
        assertThat(recorded).hasContent(afterFirst);
        assertThat(impostor.logins()).isZero();
        // a person removes the line: trusted anew without a restart
        Files.delete(recorded);
        assertThat(executor.ask(HOST, shell("true"))).isEqualTo(new Exited(0, "", ""));
    }

    @Test
    void refusesAHostThatIsNotAmongThePinnedOnes() throws Exception {
        Path knownHosts =
                Files.writeString(folder.resolve("known_hosts"), "other.example " + server.hostKeyLine() + "\n");
        SshExecutor executor = executor(withHostKeys(settings(), new HostKeys.Pinned(List.of(knownHosts))));

        assertThat(executor.ask(HOST, shell("true")))
                .asInstanceOf(type(NotSent.class))
                .extracting(NotSent::why)
                .asString()
                .contains(server.fingerprint(), "is not known", knownHosts.toString());
        assertThat(server.logins()).isZero();

        Files.writeString(knownHosts, "[127.0.0.1]:" + server.port() + " " + server.hostKeyLine() + "\n");
        assertThat(executor.ask(HOST, shell("true"))).isEqualTo(new Exited(0, "", ""));
    }

    @Test
    void aKnownKeyOfAKindThatIsNotSupportedDoesNoHarm() throws Exception {
        Path knownHosts = Files.writeString(folder.resolve("known_hosts"), """
                127.0.0.1 sk-ssh-ed25519@openssh.com %s
                127.0.0.1 %s
                """.formatted(
                        "AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAABGFiY2Q=", server.hostKeyLine()));
        SshExecutor executor = executor(withHostKeys(settings(), new HostKeys.Pinned(List.of(knownHosts))));

        assertThat(executor.ask(HOST, shell("true"))).isEqualTo(new Exited(0, "", ""));
    }

    @Test
    void aKeyThatTheHostDoesNotAcceptIsNamed() throws Exception {
        TestKey other = TestKey.in(folder, "other");
        SshExecutor executor = executor(SshSettings.of(
                ShellServer.USER, server.port(), other.file(), settings().hostKeys()));

        assertThat(executor.ask(HOST, shell("true")))
                .asInstanceOf(type(NotSent.class))
                .extracting(NotSent::why)
                .asString()
                .contains("tester", "127.0.0.1", other.file().toString(), "authorized_keys");
    }

    @Test
    void nobodyListeningIsNotSent() throws Exception {
        server.close();

        assertThat(executor().ask(HOST, shell("true")))
                .asInstanceOf(type(NotSent.class))
                .extracting(NotSent::why)
                .asString()
                .contains("127.0.0.1 port " + server.port(), "refused");
    }

    @Test
    void aHostThatAcceptsAndSaysNothingIsNotSent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            SshSettings settings = withConnectTimeout(
                    SshSettings.of(
                            ShellServer.USER,
                            silent.getLocalPort(),
                            key.file(),
                            settings().hostKeys()),
                    Duration.ofMillis(300));

            assertThat(executor(settings).ask(HOST, shell("true"))).isInstanceOf(NotSent.class);
        }
    }

    @Test
    void closesAConnectionThatNobodyUses() {
        SshExecutor executor = executor(withIdleAfter(settings(), Duration.ofMillis(50)));
        executor.ask(HOST, shell("true"));

        await(() -> server.connections() == 0);

        assertThat(executor.ask(HOST, shell("echo again"))).isEqualTo(new Exited(0, "again\n", ""));
    }

    @Test
    void closingEndsWhatRunsAsUnknownAndSendsNothingMore() throws Exception {
        SshExecutor executor = executor();
        Future<CommandResult> running = threads.submit(() -> executor.ask(HOST, shell(waitForGo())));
        await(() -> Files.exists(began()));

        executor.close();

        assertThat(running.get()).isInstanceOf(Unknown.class);
        assertThat(executor.ask(HOST, shell("true"))).isInstanceOf(NotSent.class);
        Files.createFile(go());
    }

    @Test
    void anInterruptedCallerIsToldThatTheOutcomeIsUnknown() throws Exception {
        SshExecutor executor = executor();
        Future<CommandResult> result = threads.submit(() -> {
            Thread caller = Thread.currentThread();
            threads.submit(() -> {
                await(() -> Files.exists(began()));
                caller.interrupt();
            });
            return executor.ask(HOST, shell(waitForGo()));
        });

        assertThat(result.get()).isEqualTo(new Unknown("interrupted while waiting for the answer"));
        Files.createFile(go());
        assertThat(executor.ask(HOST, shell("echo still"))).isEqualTo(new Exited(0, "still\n", ""));
        assertThat(server.logins()).isEqualTo(1);
    }

    private ShellServer started(int port) throws IOException, GeneralSecurityException {
        ShellServer started = ShellServer.start(port, key.publicLine());
        toClose.add(started);
        return started;
    }

    private SshExecutor executor() {
        return executor(settings());
    }

    private SshExecutor executor(SshSettings settings) {
        SshExecutor executor = new SshExecutor(settings, InstantSource.system(), timer);
        toClose.add(executor);
        return executor;
    }

    private SshSettings settings() {
        return SshSettings.of(
                ShellServer.USER, server.port(), key.file(), new HostKeys.TrustOnFirstUse(folder.resolve("host-keys")));
    }

    private static SshSettings withOutputLimit(SshSettings s, int bytes) {
        return changed(
                s, s.hostKeys(), s.connectTimeout(), s.idleAfter(), s.longestDeadline(), s.maxChannelsPerHost(), bytes);
    }

    private static SshSettings withLongestDeadline(SshSettings s, Duration longest) {
        return changed(
                s,
                s.hostKeys(),
                s.connectTimeout(),
                s.idleAfter(),
                longest,
                s.maxChannelsPerHost(),
                s.outputLimitBytes());
    }

    private static SshSettings withChannels(SshSettings s, int channels) {
        return changed(
                s,
                s.hostKeys(),
                s.connectTimeout(),
                s.idleAfter(),
                s.longestDeadline(),
                channels,
                s.outputLimitBytes());
    }

    private static SshSettings withHostKeys(SshSettings s, HostKeys keys) {
        return changed(
                s,
                keys,
                s.connectTimeout(),
                s.idleAfter(),
                s.longestDeadline(),
                s.maxChannelsPerHost(),
                s.outputLimitBytes());
    }

    private static SshSettings withConnectTimeout(SshSettings s, Duration timeout) {
        return changed(
                s,
                s.hostKeys(),
                timeout,
                s.idleAfter(),
                s.longestDeadline(),
                s.maxChannelsPerHost(),
                s.outputLimitBytes());
    }

    private static SshSettings withIdleAfter(SshSettings s, Duration idleAfter) {
        return changed(
                s,
                s.hostKeys(),
                s.connectTimeout(),
                idleAfter,
                s.longestDeadline(),
                s.maxChannelsPerHost(),
                s.outputLimitBytes());
    }

    private static SshSettings changed(
            SshSettings s,
            HostKeys hostKeys,
            Duration connectTimeout,
            Duration idleAfter,
            Duration longestDeadline,
            int channels,
            int outputLimit) {
        return new SshSettings(
                s.user(),
                s.port(),
                s.keyFile(),
                hostKeys,
                s.sudo(),
                connectTimeout,
                s.keepAlive(),
                idleAfter,
                longestDeadline,
                channels,
                outputLimit);
    }

    /** Ends without {@link #go} as well when the test has ended. */
    private String waitForGo() {
        return "touch " + began() + "; while [ -e " + began() + " ] && [ ! -e " + go() + " ]; do sleep 0.05; done";
    }

    private Path began() {
        return folder.resolve("began");
    }

    private Path go() {
        return folder.resolve("go");
    }

    private static Command shell(String script) {
        return Command.of(LONG, "sh", "-c", script);
    }

    /** As a person would see it with ps. */
    private static boolean runs(Guard guard) {
        return ProcessHandle.allProcesses()
                .anyMatch(process ->
                        process.info().commandLine().orElse("").contains("bricklayer-" + guard.value() + ":"));
    }

    private static void await(BooleanSupplier condition) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (!condition.getAsBoolean()) {
                Thread.sleep(10);
            }
        });
    }
}

package bricklayer.functional.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import bricklayer.executor.ssh.HostKeys;
import bricklayer.executor.ssh.SshExecutor;
import bricklayer.executor.ssh.SshSettings;
import bricklayer.functional.lab.Lab;
import bricklayer.functional.lab.LabNode;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.CommandResult.Unknown;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a real node: OpenSSH with Debian's limits, bash for root and dash for the user with sudo. */
@Tag("lab")
@Timeout(300)
class SshExecutorLabTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private static Lab lab;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<SshExecutor> executors = new ArrayList<>();
    private LabNode node;
    private HostName host;

    @BeforeAll
    static void attach() {
        lab = Lab.attach();
    }

    @BeforeEach
    void chooseNode() {
        node = lab.node(1);
        host = new HostName(node.manage());
    }

    @AfterEach
    void close() {
        executors.forEach(SshExecutor::close);
        threads.close();
        timer.shutdownNow();
    }

    @Test
    void passesEveryArgumentAsItIs() {
        List<String> arguments = new ArrayList<>(
                IntStream.rangeClosed(1, 127).mapToObj(Character::toString).toList());
        arguments.addAll(List.of("", "ä€😀", "$(reboot) `reboot` ${HOME} !! ; && | > <"));
        List<String> argv = new ArrayList<>(List.of("printf", "[%s]"));
        argv.addAll(arguments);
        CommandResult expected = new Exited(0, "[" + String.join("][", arguments) + "]", "");

        assertThat(root().ask(host, new Command(argv, LONG))).isEqualTo(expected);
        assertThat(brick().ask(host, new Command(argv, LONG))).isEqualTo(expected);
        assertThat(root().change(host, new Guard("all"), new Command(argv, LONG)))
                .isEqualTo(expected);
        assertThat(brick().change(host, new Guard("all"), new Command(argv, LONG)))
                .isEqualTo(expected);
    }

    @Test
    void readsRealTools() {
        assertThat(root().ask(host, Command.of(LONG, "lvm", "version")))
                .isInstanceOfSatisfying(
                        Exited.class, exited -> assertThat(exited.out()).contains("LVM version"));
        // asks on standard input, which is empty
        assertThat(root().ask(host, Command.of(LONG, "gluster", "volume", "stop", "none")))
                .isInstanceOf(Exited.class);
    }

    @Test
    void sudoMakesRootOfAnOrdinaryUser() {
        assertThat(brick().ask(host, Command.of(LONG, "id", "-u"))).isEqualTo(new Exited(0, "0\n", ""));
        assertThat(brick().change(host, new Guard("g"), Command.of(LONG, "sh", "-c", "echo $LC_ALL; id -u")))
                .isEqualTo(new Exited(0, "C\n0\n", ""));
    }

    @Test
    void sudoThatIsDeniedOrMissingIsAnAnswer() {
        try {
            node.sudo(LabNode.Sudo.DENIED);
            assertThat(brick().ask(host, Command.of(LONG, "id", "-u")))
                    .isEqualTo(new Exited(1, "", "sudo: a password is required\n"));
            node.sudo(LabNode.Sudo.MISSING);
            assertThat(brick().ask(host, Command.of(LONG, "id", "-u"))).isInstanceOfSatisfying(Exited.class, exited -> {
                assertThat(exited.status()).isEqualTo(127);
                assertThat(exited.err()).contains("sudo: not found");
            });
        } finally {
            node.sudo(LabNode.Sudo.GRANTED);
        }
    }

    /** As root, whom no signal sent through sshd would reach, and against a command that does not listen to the first one. */
    @Test
    void whatPassesItsDeadlineIsEndedOnTheNode() {
        SshExecutor executor = brick();
        Guard guard = new Guard("deadline");

        CommandResult result = executor.change(
                host,
                guard,
                Command.of(
                        Duration.ofSeconds(2),
                        "sh",
                        "-c",
                        "trap '' TERM; echo $$ >/tmp/stubborn; while :; do sleep 0.3; done"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("deadline of 2 s"));
        assertThat(executor.settle(host, guard)).isEqualTo(new Exited(0, "", ""));
        assertThat(node.run("kill -0 $(cat /tmp/stubborn)").status()).isNotZero();
    }

    @Test
    void theGuardIsSeenExactlyAsLongAsACommandOfRootRuns() throws Exception {
        SshExecutor executor = brick();
        Guard guard = new Guard("seen");
        node.check("rm -f /tmp/began /tmp/go /tmp/ended");
        Future<CommandResult> running =
                threads.submit(() -> executor.change(host, guard, waitForGo("touch /tmp/ended")));
        await(() -> node.run("test -e /tmp/began").status() == 0);
        assertThat(guarded(guard)).isTrue();

        // the connection goes, without a word to the client's end of it
        node.check("pkill -9 -f '^sshd: brick'");

        assertThat(running.get()).isInstanceOf(Unknown.class);
        assertThat(guarded(guard)).isTrue();
        Future<CommandResult> settled = threads.submit(() -> executor.settle(host, guard));
        await(() -> node.run("pgrep -u brick -f settle").status() == 0);
        assertThat(settled.isDone()).isFalse();
        node.check("touch /tmp/go");
        assertThat(settled.get()).isEqualTo(new Exited(0, "", ""));
        node.check("test -e /tmp/ended");
        assertThat(guarded(guard)).isFalse();
    }

    @Test
    void aPowerCutDuringACommandIsUnknownAndTheNodeIsUsedAgainWhenItIsBack() throws Exception {
        SshExecutor executor = root();
        node.check("rm -f /tmp/began /tmp/go");
        Future<CommandResult> running =
                threads.submit(() -> executor.change(host, new Guard("cut"), waitForGo("true")));
        await(() -> node.run("test -e /tmp/began").status() == 0);

        node.kill();
        try {
            assertThat(running.get()).isInstanceOf(Unknown.class);
            assertThat(executor.ask(host, Command.of(LONG, "true")))
                    .isInstanceOfSatisfying(
                            NotSent.class,
                            notSent -> assertThat(notSent.why())
                                    .contains(node.manage() + " port " + lab.sshPort(), "root"));
        } finally {
            node.start();
        }
        assertThat(executor.ask(host, Command.of(LONG, "echo", "back"))).isEqualTo(new Exited(0, "back\n", ""));
        assertThat(executor.settle(host, new Guard("cut"))).isEqualTo(new Exited(0, "", ""));
    }

    @Test
    void aNodeThatHangsIsGivenUpAndItsCommandWaitedFor() throws Exception {
        SshExecutor executor = root();
        Guard guard = new Guard("frozen");
        node.check("rm -f /tmp/began /tmp/go /tmp/ended");
        Future<CommandResult> running =
                threads.submit(() -> executor.change(host, guard, waitForGo("touch /tmp/ended")));
        await(() -> node.run("test -e /tmp/began").status() == 0);

        node.freeze();
        try {
            assertThat(running.get()).isInstanceOf(Unknown.class);
            assertThat(executor.ask(host, Command.of(LONG, "true"))).isInstanceOf(NotSent.class);
        } finally {
            node.thaw();
        }
        node.check("touch /tmp/go");
        assertThat(executor.settle(host, guard)).isEqualTo(new Exited(0, "", ""));
        node.check("test -e /tmp/ended");
    }

    @Test
    void aNodeOffTheNetworkIsGivenUp() throws Exception {
        SshExecutor executor = root();
        node.check("rm -f /tmp/began /tmp/go");
        Future<CommandResult> running =
                threads.submit(() -> executor.change(host, new Guard("off"), waitForGo("true")));
        await(() -> node.run("test -e /tmp/began").status() == 0);

        node.cut();
        try {
            assertThat(running.get()).isInstanceOf(Unknown.class);
        } finally {
            node.heal();
        }
        await(() -> executor.ask(host, Command.of(LONG, "touch", "/tmp/go")) instanceof Exited);
        assertThat(executor.settle(host, new Guard("off"))).isEqualTo(new Exited(0, "", ""));
    }

    /** With MaxSessions and MaxStartups as Debian has them. */
    @Test
    void manyCallersAreServedWithinTheLimitsOfSshd() throws Exception {
        SshExecutor executor = root();
        List<Callable<CommandResult>> calls = IntStream.range(0, 150)
                .<Callable<CommandResult>>mapToObj(i -> () -> executor.ask(host, Command.of(LONG, "echo", "" + i)))
                .toList();

        List<Future<CommandResult>> results = threads.invokeAll(calls);

        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).get()).isEqualTo(new Exited(0, i + "\n", ""));
        }
    }

    private SshExecutor root() {
        return executor(settings("root", false));
    }

    private SshExecutor brick() {
        return executor(settings("brick", true));
    }

    private SshExecutor executor(SshSettings settings) {
        SshExecutor executor = new SshExecutor(settings, InstantSource.system(), timer);
        executors.add(executor);
        return executor;
    }

    /** Signs of life often enough for a test, but not so often that a busy machine looks dead. */
    private static SshSettings settings(String user, boolean sudo) {
        return new SshSettings(
                user,
                lab.sshPort(),
                lab.sshKey(),
                new HostKeys.Pinned(List.of(lab.knownHosts())),
                sudo,
                Duration.ofSeconds(8),
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                Duration.ofMinutes(3),
                6,
                1 << 20);
    }

    private static Command waitForGo(String then) {
        return Command.of(LONG, "sh", "-c", "touch /tmp/began; until [ -e /tmp/go ]; do sleep 0.2; done; " + then);
    }

    private boolean guarded(Guard guard) {
        return node.run("pgrep -f '^sh -c .*bricklayer-" + guard.value() + ":'").status() == 0;
    }

    private static void await(BooleanSupplier condition) {
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            while (!condition.getAsBoolean()) {
                Thread.sleep(100);
            }
        });
    }
}

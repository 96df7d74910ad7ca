package bricklayer.functional.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import bricklayer.executor.kube.KubeExecutor;
import bricklayer.executor.kube.KubeSettings;
import bricklayer.executor.kube.PodChoice;
import bricklayer.functional.Eventually;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.CommandResult.Unknown;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.kube.KubeAccess;
import bricklayer.kube.KubeApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: client library, watch, WebSocket, a real shell. Pods are this machine. */
@Timeout(180)
class KubeExecutorTest {

    private static final HostName HOST = new HostName("storage-1");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String NAMESPACE = "storage";

    @TempDir
    Path folder;

    private final Processes shells = Processes.here();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private ApiServer server = ApiServer.start(shells);

    @BeforeEach
    void putPods() {
        toClose.add(server);
        server.putPod(NAMESPACE, "gluster-1", "worker-1", "10.0.0.1", Map.of("glusterfs-node", "storage-1"), 0);
        server.putPod(NAMESPACE, "gluster-2", "worker-2", "10.0.0.2", Map.of("glusterfs-node", "storage-2"), 0);
        server.putPod(NAMESPACE, "other", "worker-1", "10.0.0.1", Map.of("app", "other"), 0);
    }

    /** Commands need what the role allows for pods, and nothing else. */
    @Test
    void needsTheRightsOfTheRole() {
        assertThat(executor().ask(HOST, shell("true"))).isEqualTo(new Exited(0, "", ""));

        Set<String> allowed = Rights.ofTheRole().stream()
                .filter(right -> right.startsWith("pods"))
                .collect(Collectors.toSet());
        // newer API servers count the opening of a WebSocket as "create", too; ours sees what is sent
        assertThat(allowed.remove("pods/exec create")).isTrue();
        assertThat(Rights.neededFor(server.requests())).isEqualTo(allowed);
    }

    @AfterEach
    void closeAll() throws Exception {
        assertThat(Rights.ofTheRole()).as("whatever went wrong").containsAll(Rights.neededFor(server.requests()));
        for (AutoCloseable one : toClose.reversed()) {
            one.close();
        }
        threads.close();
    }

    @Test
    void passesEveryArgumentAsItIs() {
        List<String> arguments = new ArrayList<>(
                IntStream.rangeClosed(1, 127).mapToObj(Character::toString).toList());
        arguments.addAll(List.of("", "ä€😀", "$(reboot) `reboot` ${HOME} ; && | > <", "''", "-rf", "%2F+&command=x#"));
        List<String> argv = new ArrayList<>(List.of("printf", "[%s]"));
        argv.addAll(arguments);
        KubeExecutor executor = executor();
        Exited expected = new Exited(0, "[" + String.join("][", arguments) + "]", "");

        assertThat(executor.ask(HOST, new Command(argv, LONG))).isEqualTo(expected);
        assertThat(executor.change(HOST, new Guard("all"), new Command(argv, LONG)))
                .isEqualTo(expected);
    }

    @Test
    void tellsStatusAndBothStreams() {
        KubeExecutor executor = executor();

        assertThat(executor.ask(HOST, shell("echo to out; echo to err >&2; exit 7")))
                .isEqualTo(new Exited(7, "to out\n", "to err\n"));
        assertThat(executor.change(HOST, new Guard("g1"), shell("echo $LC_ALL; cat; exit 3")))
                .isEqualTo(new Exited(3, "C\n", ""));
        assertThat(executor.ask(HOST, Command.of(LONG, "no-such-program")))
                .asInstanceOf(type(Exited.class))
                .extracting(Exited::status)
                .isEqualTo(127);
    }

    @Test
    void speaksWithAnOlderServer() {
        server.speakAtMost("v4.channel.k8s.io");

        assertThat(executor().ask(HOST, shell("echo old; exit 7"))).isEqualTo(new Exited(7, "old\n", ""));
    }

    @Test
    void aServerThatDoesNotTellHowCommandsEndLeavesThemUnknown() {
        server.add(Trouble.exec(Trouble.Kind.OTHER_PROTOCOL));

        assertUnknown(executor().ask(HOST, shell("true")), "speaks none of");
    }

    @Test
    void keepsTheBeginningOfOutputThatIsTooLong() {
        CommandResult result = executor(settings(PodChoice.BY_LABEL, 100_000, 8))
                .ask(HOST, shell("head -c 30000000 /dev/zero | tr '\\0' x; echo end >&2"));

        assertThat(result).isEqualTo(new Exited(0, "x".repeat(100_000), "end\n", true));
    }

    @Test
    void passesLargeOutputWhole() {
        CommandResult result = executor().ask(HOST, shell("seq 1 400000"));

        assertThat(result).isInstanceOfSatisfying(Exited.class, exited -> {
            assertThat(exited.truncated()).isFalse();
            assertThat(exited.out().lines().count()).isEqualTo(400_000);
            assertThat(exited.out()).endsWith("\n399999\n400000\n");
        });
    }

    @Test
    void whatPassesItsDeadlineIsUnknownAndIsEnded() {
        KubeExecutor executor = executor();
        Guard guard = new Guard("kube-deadline-" + System.nanoTime());

        assertUnknown(
                executor.change(HOST, guard, Command.of(Duration.ofMillis(300), "sleep", "600")), "deadline of 300 ms");
        assertThat(executor.settle(HOST, guard)).isEqualTo(new Exited(0, "", ""));
        assertThat(runs(guard)).isFalse();
    }

    /** The connection goes while the command runs; whoever looks next must wait for its end. */
    @Test
    void settleWaitsForWhatALostPodWatchOrConnectionLeftBehind() throws Exception {
        KubeExecutor executor = executor();
        Guard guard = new Guard("kube-lost-" + System.nanoTime());
        Path ended = folder.resolve("ended");
        Future<CommandResult> lost =
                threads.submit(() -> executor.change(HOST, guard, shell(waitForGo() + "; touch " + ended)));
        await("it began", () -> Files.exists(began()));

        server.deletePod(NAMESPACE, "gluster-1");
        assertUnknown(lost.get(), "gluster-1 went away");
        assertThat(runs(guard)).isTrue();

        server.putPod(NAMESPACE, "gluster-1b", "worker-1", "10.0.0.1", Map.of("glusterfs-node", "storage-1"), 0);
        await("the new pod is known", () -> executor.ask(HOST, shell("true")) instanceof Exited);
        Future<CommandResult> settled = threads.submit(() -> executor.settle(HOST, guard));
        await("somebody waits", () -> server.running() > 1);
        assertThat(settled.isDone()).isFalse();
        Files.createFile(go());
        assertThat(settled.get()).isEqualTo(new Exited(0, "", ""));
        assertThat(ended).exists();
    }

    @Test
    void aContainerThatStartsAnewLeavesTheCommandUnknown() throws Exception {
        KubeExecutor executor = executor();
        Future<CommandResult> running = threads.submit(() -> executor.ask(HOST, shell(waitForGo())));
        await("it began", () -> Files.exists(began()));

        server.putPod(NAMESPACE, "gluster-1", "worker-1", "10.0.0.1", Map.of("glusterfs-node", "storage-1"), 1);

        assertUnknown(running.get(), "container glusterfs of pod storage/gluster-1 ended");
        Files.createFile(go());
        assertThat(executor.ask(HOST, shell("echo again"))).isEqualTo(new Exited(0, "again\n", ""));
    }

    @Test
    void aConnectionThatBreaksLeavesTheCommandUnknownAndSendsItOnce() {
        KubeExecutor executor = executor();
        server.add(Trouble.exec(Trouble.Kind.DROPPED_BEFORE_ANSWER));
        server.add(Trouble.exec(Trouble.Kind.DROPPED));
        server.add(Trouble.exec(Trouble.Kind.NO_STATUS));
        server.add(Trouble.exec(Trouble.Kind.RUNTIME_FAILS));

        assertUnknown(executor.ask(HOST, shell("echo 1")), "broke before it said");
        assertUnknown(executor.ask(HOST, shell("echo 2")), "was lost while the command ran");
        assertUnknown(executor.ask(HOST, shell("echo 3")), "was closed while the command ran");
        assertUnknown(executor.ask(HOST, shell("echo 4")), "runtime said: error executing command");
        assertThat(execs()).isEqualTo(4);
        assertThat(executor.ask(HOST, shell("echo 5"))).isEqualTo(new Exited(0, "5\n", ""));
    }

    @Test
    void aServerThatGivesNoSignOfLifeAnyMoreIsGivenUp() {
        KubeExecutor executor = executor(Duration.ofMillis(200));
        // it has shown that it answers
        assertThat(executor.ask(HOST, shell("sleep 0.7"))).isEqualTo(new Exited(0, "", ""));
        server.add(Trouble.exec(Trouble.Kind.SILENT));

        assertUnknown(executor.ask(HOST, shell("true")), "no sign of life");
    }

    @Test
    void aTokenThatWasRenewedIsReadAgain() {
        Path kubeconfig = server.kubeconfig(folder.resolve("kubeconfig"), NAMESPACE);
        KubeExecutor executor = executor(kubeconfig);
        assertThat(executor.ask(HOST, shell("echo 1"))).isEqualTo(new Exited(0, "1\n", ""));

        server.setToken("token-2");
        assertNotSent(executor.ask(HOST, shell("echo 2")), "credentials", "401");
        server.kubeconfig(folder.resolve("kubeconfig"), NAMESPACE);

        assertThat(executor.ask(HOST, shell("echo 3"))).isEqualTo(new Exited(0, "3\n", ""));
    }

    @Test
    void refusalsAreNotSentAndSayWhatToDo() {
        KubeExecutor executor = executor();
        server.add(Trouble.exec(403, "pods \"gluster-1\" is forbidden: User \"x\" cannot create resource pods/exec"));
        server.add(Trouble.exec(500, "error dialing backend: dial tcp 10.0.0.1:10250: i/o timeout"));
        server.add(Trouble.exec(503, "apiserver not ready"));

        assertNotSent(executor.ask(HOST, shell("true")), "403", "cannot create", "the verbs create and get");
        assertNotSent(executor.ask(HOST, shell("true")), "node", "10250: i/o timeout");
        assertNotSent(executor.ask(HOST, shell("true")), "does not serve", "apiserver not ready");
        assertThat(shells.started()).isZero();
    }

    @Test
    void failuresBehindTheApiServerAreUnknown() {
        KubeExecutor executor = executor();
        server.add(Trouble.exec(500, "EOF"));
        server.add(Trouble.exec(504, "gateway time-out").foreign());
        server.add(Trouble.exec(503, "no backend").foreign());

        assertUnknown(executor.ask(HOST, shell("true")), "500: EOF");
        assertUnknown(executor.ask(HOST, shell("true")), "504", "gateway time-out");
        assertUnknown(executor.ask(HOST, shell("true")), "503", "no backend");
    }

    @Test
    void aServerWithTooMuchToDoIsAskedAgainWhenItSays() {
        KubeExecutor executor = executor();
        server.add(Trouble.exec(429, "too many requests").retryAfter(1));
        server.add(Trouble.exec(429, "too many requests").retryAfter(1));

        assertThat(executor.ask(HOST, shell("echo served"))).isEqualTo(new Exited(0, "served\n", ""));
        assertThat(execs()).isEqualTo(3);
        assertThat(shells.started()).isEqualTo(1);

        server.add(Trouble.exec(429, "too many requests").retryAfter(100));
        assertNotSent(executor.ask(HOST, shell("echo")), "429");
    }

    @Test
    void aNodeThatIsNotReachedIsSparedForAWhileAndOthersAreNot() {
        KubeExecutor executor = executor();
        for (int i = 0; i < 3; i++) {
            server.add(Trouble.exec(500, "error dialing backend: no route to host"));
            assertNotSent(executor.ask(HOST, shell("true")), "no route to host");
        }

        assertNotSent(executor.ask(HOST, shell("true")), "no route to host", "not tried again");
        assertThat(execs()).isEqualTo(3);
        assertThat(executor.ask(new HostName("storage-2"), shell("echo 2"))).isEqualTo(new Exited(0, "2\n", ""));
        await("the node is tried again", () -> executor.ask(HOST, shell("true")) instanceof Exited);
    }

    @Test
    void anApiServerThatIsAwayIsSparedAndFoundAgain() {
        KubeExecutor executor = executor();
        assertThat(executor.ask(HOST, shell("echo 1"))).isEqualTo(new Exited(0, "1\n", ""));

        server.stop();
        assertNotSent(executor.ask(HOST, shell("true")), "is not reached");
        assertNotSent(executor.ask(HOST, shell("true")), "is not reached");
        assertNotSent(executor.ask(HOST, shell("true")), "not tried again");
        server.restart();

        await("it is found again", () -> executor.ask(HOST, shell("true")) instanceof Exited);
        // what changed meanwhile is heard, too
        server.putPod(NAMESPACE, "gluster-3", "worker-3", "10.0.0.3", Map.of("glusterfs-node", "storage-3"), 0);
        await(
                "the new pod is heard of",
                () -> executor.ask(new HostName("storage-3"), shell("true")) instanceof Exited);
    }

    @Test
    void aServerThatIsNotThereAtTheStartStopsNothing() {
        server.stop();
        KubeExecutor executor = executor();
        assertNotSent(executor.ask(HOST, shell("true")), "cannot be listed");

        server.restart();

        await("pods are known", () -> executor.ask(HOST, shell("true")) instanceof Exited);
    }

    @Test
    void podsAreListedOnceForManyCommands() {
        KubeExecutor executor = executor();
        for (int i = 0; i < 20; i++) {
            assertThat(executor.ask(HOST, shell("true"))).isInstanceOf(Exited.class);
        }

        assertThat(server.requests().stream().filter(request -> !request.contains("/exec?")))
                .hasSize(2)
                .allMatch(request -> request.contains("/pods?"));
    }

    @Test
    void aWatchThatCannotCatchUpListsAgain() {
        KubeExecutor executor = executor();
        assertThat(executor.ask(HOST, shell("true"))).isInstanceOf(Exited.class);

        server.stop();
        server.putPod(NAMESPACE, "gluster-3", "worker-3", "10.0.0.3", Map.of("glusterfs-node", "storage-3"), 0);
        server.resources().forgetHistory();
        server.restart();

        await(
                "the pod that nobody told of is known",
                () -> executor.ask(new HostName("storage-3"), shell("true")) instanceof Exited);
    }

    @Test
    void findsPodsByNodeByAddressAndByName() {
        KubeExecutor byNode = executor(settings(PodChoice.BY_NODE, 1 << 20, 8));
        assertThat(byNode.ask(new HostName("worker-2"), shell("true"))).isInstanceOf(Exited.class);
        assertThat(byNode.ask(new HostName("10.0.0.2"), shell("true"))).isInstanceOf(Exited.class);
        assertThat(lastExec()).contains("/pods/gluster-2/exec");
        assertThat(executor(settings(PodChoice.BY_NAME, 1 << 20, 8)).ask(new HostName("other"), shell("true")))
                .isInstanceOf(Exited.class);
        assertThat(lastExec()).contains("/pods/other/exec");
    }

    @Test
    void aNodeWithoutAPodOrWithTwoIsNotSent() {
        KubeExecutor executor = executor();
        assertNotSent(executor.ask(new HostName("storage-9"), shell("true")), "no gluster pod", "storage-9");

        server.putPod(NAMESPACE, "gluster-1b", "worker-1", "10.0.0.1", Map.of("glusterfs-node", "storage-1"), 0);

        await("both are known", () -> executor.ask(HOST, shell("true")) instanceof NotSent);
        assertNotSent(executor.ask(HOST, shell("true")), "2 gluster pods", "gluster-1, gluster-1b");
    }

    @Test
    void aPodHasNoMoreCommandsAtATimeThanAllowed() throws Exception {
        KubeExecutor executor = executor(settings(PodChoice.BY_LABEL, 1 << 20, 2));
        List<Future<CommandResult>> results = IntStream.range(0, 6)
                .mapToObj(i -> threads.submit(() -> executor.ask(HOST, shell(waitForGo()))))
                .toList();
        await("two run", () -> server.running() == 2);

        assertThat(executor.ask(HOST, Command.of(Duration.ofMillis(100), "true")))
                .isInstanceOf(NotSent.class);
        assertThat(server.running()).isEqualTo(2);

        Files.createFile(go());
        for (Future<CommandResult> result : results) {
            assertThat(result.get()).isEqualTo(new Exited(0, "", ""));
        }
    }

    @Test
    void closingEndsWhatRunsAsUnknownAndSendsNothingMore() throws Exception {
        KubeExecutor executor = executor();
        Future<CommandResult> running = threads.submit(() -> executor.ask(HOST, shell(waitForGo())));
        await("it began", () -> Files.exists(began()));

        executor.close();

        assertThat(running.get()).isInstanceOf(Unknown.class);
        assertThat(executor.ask(HOST, shell("true"))).isInstanceOf(NotSent.class);
        Files.createFile(go());
    }

    private long execs() {
        return server.requests().stream()
                .filter(request -> request.contains("/exec?"))
                .count();
    }

    private String lastExec() {
        return server.requests().stream()
                .filter(request -> request.contains("/exec?"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static void assertUnknown(CommandResult result, String... words) {
        assertThat(result)
                .asInstanceOf(type(Unknown.class))
                .extracting(Unknown::why)
                .asString()
                .contains(words);
    }

    private static void assertNotSent(CommandResult result, String... words) {
        assertThat(result)
                .asInstanceOf(type(NotSent.class))
                .extracting(NotSent::why)
                .asString()
                .contains(words);
    }

    private KubeExecutor executor() {
        return executor(settings(PodChoice.BY_LABEL, 16 << 20, 8));
    }

    private KubeExecutor executor(KubeSettings settings) {
        return executor(settings, server.kubeconfig(folder.resolve("kubeconfig"), NAMESPACE), Duration.ofSeconds(10));
    }

    private KubeExecutor executor(Duration keepAlive) {
        return executor(
                settings(PodChoice.BY_LABEL, 1 << 20, 8),
                server.kubeconfig(folder.resolve("kubeconfig"), NAMESPACE),
                keepAlive);
    }

    private KubeExecutor executor(Path kubeconfig) {
        return executor(settings(PodChoice.BY_LABEL, 1 << 20, 8), kubeconfig, Duration.ofSeconds(10));
    }

    private KubeExecutor executor(KubeSettings settings, Path kubeconfig, Duration keepAlive) {
        KubeAccess access = new KubeAccess(
                Optional.of(kubeconfig),
                Optional.empty(),
                Duration.ofSeconds(20),
                keepAlive,
                KubeAccess.Surroundings.of(Map.of(), folder));
        KubeExecutor executor = new KubeExecutor(
                KubeApi.open(access, InstantSource.system(), new Random(7)), settings, InstantSource.system());
        toClose.add(executor);
        return executor;
    }

    private static KubeSettings settings(PodChoice choice, int outputLimit, int commandsPerNode) {
        return new KubeSettings(
                choice,
                choice == PodChoice.BY_NAME ? "" : PodChoice.LABEL,
                Optional.empty(),
                true,
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                OptionalInt.of(64),
                commandsPerNode,
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

    private static boolean runs(Guard guard) {
        return ProcessHandle.allProcesses()
                .anyMatch(process ->
                        process.info().commandLine().orElse("").contains("bricklayer-" + guard.value() + ":"));
    }

    private static void await(String what, Eventually.Condition condition) {
        Eventually.within(Duration.ofSeconds(90), Duration.ofMillis(20), what, condition);
    }
}

package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.executor.kube.KubeExecutor;
import bricklayer.executor.kube.KubeSettings;
import bricklayer.executor.kube.PodChoice;
import bricklayer.executor.ssh.HostKeys;
import bricklayer.executor.ssh.SshExecutor;
import bricklayer.executor.ssh.SshSettings;
import bricklayer.functional.lab.Lab;
import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Executor;
import bricklayer.host.HostName;
import bricklayer.kube.KubeAccess;
import bricklayer.kube.KubeApi;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The life of volumes on real nodes through Kubernetes: each command goes over the API server's WebSockets to a pod, and what the pod is given runs on the node. */
final class KubeLabIT extends VolumeLifeLabIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int ONE_BY_ONE = 20;
    private static final int AT_ONCE = 40;
    private static final int CHANNELS = 6;

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.throughKubernetes(folderOfNodes);
    }

    @AfterAll
    void closeCluster() {
        if (stand != null) {
            ((LabStand) stand).cluster().close();
        }
    }

    @Test
    void brokenConnectionsLoseNothing() {
        loadTopology(1);
        Map<String, String> empty = look().pictures();
        var cluster = ((LabStand) stand).cluster();

        cluster.breakInTheMiddleOf("lvcreate");
        cluster.breakBeforeTheAnswerOf("start");
        VolumeInfo volume = client.createVolume(
                VolumeCreateRequest.of(1, Durability.replicate(3)).named("broken"));
        assertThat(cluster.hasBroken()).isTrue();
        assertAgree(volumes(), look());

        cluster.breakInTheMiddleOf("lvremove");
        cluster.breakBeforeTheAnswerOf("stop");
        client.deleteVolume(volume.id());
        awaitNoOperations();
        assertThat(cluster.hasBroken()).isTrue();
        assertThat(look().pictures()).isEqualTo(empty);
        assertNoSpaceUsed();
        removeEverything();
    }

    /** Beside ssh, alternately, on the same node. Prints; what a command takes is up to the machine. */
    @Test
    void printsWhatACommandTakes() throws Exception {
        Lab lab = ((LabStand) stand).lab();
        HostName host = new HostName(lab.node(1).manage());
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (SshExecutor ssh = new SshExecutor(
                        new SshSettings(
                                "root",
                                lab.sshPort(),
                                lab.sshKey(),
                                new HostKeys.Pinned(List.of(lab.knownHosts())),
                                false,
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(3),
                                CHANNELS,
                                1 << 20),
                        InstantSource.system(),
                        timer);
                KubeExecutor kube = new KubeExecutor(
                        KubeApi.open(
                                new KubeAccess(
                                        Optional.of(((LabStand) stand).cluster().kubeconfig()),
                                        Optional.empty(),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(10),
                                        KubeAccess.Surroundings.of(
                                                System.getenv(),
                                                java.nio.file.Path.of(System.getProperty("user.home")))),
                                InstantSource.system(),
                                new Random(7)),
                        new KubeSettings(
                                PodChoice.BY_NODE,
                                PodChoice.LABEL,
                                Optional.empty(),
                                true,
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(15),
                                OptionalInt.of(64),
                                CHANNELS,
                                1 << 20),
                        InstantSource.system())) {
            Map<String, Executor> ways = Map.of("ssh", ssh, "kubernetes", kube);
            for (Executor way : ways.values()) {
                ask(way, host); // connects
            }
            Map<String, List<Long>> latencies = Map.of("ssh", new ArrayList<>(), "kubernetes", new ArrayList<>());
            for (int i = 0; i < ONE_BY_ONE; i++) {
                for (String name : ways.keySet()) {
                    long begin = System.nanoTime();
                    ask(ways.get(name), host);
                    Objects.requireNonNull(latencies.get(name)).add((System.nanoTime() - begin) / 1_000_000);
                }
            }
            for (String name : ways.keySet()) {
                double perSecond = rate(ways.get(name), host);
                List<Long> sorted = Objects.requireNonNull(latencies.get(name)).stream()
                        .sorted()
                        .toList();
                System.out.printf(
                        "a command through %s: median %d ms, longest %d ms; %d at once: %.1f a second%n",
                        name, sorted.get(sorted.size() / 2), sorted.getLast(), CHANNELS, perSecond);
            }
        } finally {
            timer.shutdownNow();
        }
    }

    private static double rate(Executor way, HostName host) throws Exception {
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                running.add(threads.submit(() -> ask(way, host)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return AT_ONCE * 1e9 / (System.nanoTime() - begin);
    }

    private static void ask(Executor way, HostName host) {
        assertThat(way.ask(host, Command.of(LONG, "true"))).isEqualTo(new Exited(0, "", ""));
    }
}

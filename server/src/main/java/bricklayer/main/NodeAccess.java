package bricklayer.main;

import bricklayer.config.ExecutorConfig;
import bricklayer.config.ServerConfig;
import bricklayer.executor.kube.KubeExecutor;
import bricklayer.executor.kube.KubeSettings;
import bricklayer.executor.kube.PodChoice;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.executor.ssh.HostKeys;
import bricklayer.executor.ssh.SshExecutor;
import bricklayer.executor.ssh.SshSettings;
import bricklayer.host.Executor;
import bricklayer.kube.KubeAccess;
import bricklayer.kube.KubeApi;
import bricklayer.node.NodeIntroduction;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The way to the nodes that the configuration names. */
record NodeAccess(Executor executor, NodeIntroduction introduction) implements AutoCloseable {

    static NodeAccess of(ServerConfig config) {
        return switch (config.gluster().executor()) {
            case ExecutorConfig.Ssh ssh -> new NodeAccess(overSsh(config, ssh), NodeIntroduction.NONE);
            case ExecutorConfig.Simulated simulated -> {
                SimulatedNodes nodes = SimulatedNodes.in(
                        simulated.folder(),
                        new SimulatedSettings(simulated.deviceSizeGiB() << 20, simulated.commandDelay()));
                yield new NodeAccess(new SimulatedExecutor(nodes, NodeAccess::pause), nodes::nameNode);
            }
            case ExecutorConfig.Kubernetes kubernetes ->
                new NodeAccess(throughKubernetes(config, kubernetes), NodeIntroduction.NONE);
        };
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Executor overSsh(ServerConfig config, ExecutorConfig.Ssh ssh) {
        HostKeys keys = ssh.knownHosts().isEmpty()
                ? new HostKeys.TrustOnFirstUse(config.data().resolve("known_hosts"))
                : new HostKeys.Pinned(ssh.knownHosts());
        SshSettings plain = SshSettings.of(ssh.user(), ssh.port(), ssh.keyFile(), keys)
                .with(
                        ssh.connectTimeout(),
                        ssh.channelsPerHostMax(),
                        Tuning.of(config).longestDeadline())
                .withOutputLimit(ssh.answerMaxBytes());
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("ssh timer").daemon().factory());
        return new SshExecutor(ssh.sudo() ? plain.withSudo() : plain, InstantSource.system(), timer);
    }

    private static Executor throughKubernetes(ServerConfig config, ExecutorConfig.Kubernetes kubernetes) {
        ExecutorConfig.KubeReach reach = kubernetes.reach();
        PodChoice choice = kubernetes.podNames()
                ? PodChoice.BY_NAME
                : kubernetes.daemonSet() ? PodChoice.BY_NODE : PodChoice.BY_LABEL;
        KubeSettings settings = new KubeSettings(
                choice,
                reach.podSelector().orElse(choice == PodChoice.BY_NAME ? "" : PodChoice.LABEL),
                reach.container(),
                kubernetes.timeoutPrefix(),
                reach.connectTimeout(),
                Tuning.of(config).longestDeadline(),
                kubernetes.connectionsMax(),
                reach.commandsPerNodeMax(),
                reach.answerMaxBytes());
        KubeAccess access = Endpoints.access(reach, kubernetes.namespace());
        return new KubeExecutor(
                KubeApi.open(access, InstantSource.system(), new SecureRandom()), settings, InstantSource.system());
    }

    @Override
    public void close() {
        executor.close();
    }
}

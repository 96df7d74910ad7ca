package bricklayer.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How commands reach the nodes. */
public sealed interface ExecutorConfig {

    /**
     * To sshd on each node.
     *
     * @param sudo commands run through sudo, for a user who is not root
     * @param knownHosts files with the host keys to expect; empty when the environment names none
     * @param channelsPerHostMax commands at the same time on one node
     * @param answerMaxBytes of one command; a longer answer counts as unreadable
     */
    record Ssh(
            Path keyFile,
            String user,
            int port,
            boolean sudo,
            List<Path> knownHosts,
            int channelsPerHostMax,
            Duration connectTimeout,
            int answerMaxBytes)
            implements ExecutorConfig {}

    /**
     * To the gluster pod on each node.
     *
     * @param namespace empty for the one of the service account
     * @param daemonSet find the pod of a node by node name instead of by label
     * @param podNames a node's manage host name is the name of its pod
     * @param connectionsMax empty for no limit
     * @param timeoutPrefix put {@code timeout} before commands
     */
    record Kubernetes(
            Optional<String> namespace,
            boolean daemonSet,
            boolean podNames,
            OptionalInt connectionsMax,
            boolean timeoutPrefix,
            KubeReach reach)
            implements ExecutorConfig {}

    /**
     * How the API server is reached, and what Heketi could not be told about pods.
     *
     * @param kubeconfig empty for the service account
     * @param podSelector empty for the label of gluster pods
     * @param container empty for the pod's own choice
     * @param commandsPerNodeMax at the same time
     */
    record KubeReach(
            Optional<Path> kubeconfig,
            Optional<String> podSelector,
            Optional<String> container,
            int commandsPerNodeMax,
            Duration connectTimeout,
            Duration keepAlive,
            int answerMaxBytes) {}

    /**
     * To nodes that exist in a model only.
     *
     * @param folder where the simulated nodes keep their state, apart from the server's data
     * @param deviceSizeGiB of devices that are added without having been described
     * @param commandDelay how long each command takes
     */
    record Simulated(Path folder, long deviceSizeGiB, Duration commandDelay) implements ExecutorConfig {}
}

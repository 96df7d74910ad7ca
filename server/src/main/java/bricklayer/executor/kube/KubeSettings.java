package bricklayer.executor.kube;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How commands are given to gluster pods.
 *
 * @param choice how the pod of a node is found
 * @param selector labels that all gluster pods have; empty for none
 * @param container of a pod; empty: the one that the pod names as its default, else its first
 * @param timeoutPrefix whether the container has timeout(1), so that it keeps the deadline
 * @param apiTimeout to reach the API server, and to hear of the pods for the first time
 * @param longestDeadline of any command that changes hosts; bounds how long {@code settle} waits
 * @param commandsMax at the same time; empty for no limit
 * @param commandsPerNodeMax at the same time in one pod
 * @param outputLimitBytes kept of standard output and of standard error each; what comes after is read and dropped
 */
public record KubeSettings(
        PodChoice choice,
        String selector,
        Optional<String> container,
        boolean timeoutPrefix,
        Duration apiTimeout,
        Duration longestDeadline,
        OptionalInt commandsMax,
        int commandsPerNodeMax,
        int outputLimitBytes) {}

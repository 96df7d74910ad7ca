package bricklayer.kube;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the API server is reached.
 *
 * @param kubeconfig empty: the service account of the pod that this process runs in, else the kubeconfig of the environment ({@code KUBECONFIG}, {@code ~/.kube/config})
 * @param namespace empty: that of the service account or of the kubeconfig's context
 * @param connectTimeout for network, TLS and the answer to a request that changes nothing
 * @param keepAlive silence after which a sign of life is asked for while a command runs
 */
public record KubeAccess(
        Optional<Path> kubeconfig, Optional<String> namespace, Duration connectTimeout, Duration keepAlive) {}

package bricklayer.kube;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the API server is reached.
 *
 * @param kubeconfig empty: the service account of the pod that this process runs in, else the kubeconfig of the surroundings
 * @param namespace empty: that of the service account or of the kubeconfig's context
 * @param connectTimeout for network, TLS and the answer to a request that changes nothing
 * @param keepAlive silence after which a sign of life is asked for while a command runs
 */
public record KubeAccess(
        Optional<Path> kubeconfig,
        Optional<String> namespace,
        Duration connectTimeout,
        Duration keepAlive,
        Surroundings surroundings) {

    /**
     * What a process finds where it runs.
     *
     * @param host of the API server, as pods are told; empty outside of pods
     * @param serviceAccount folder with the files {@code token}, {@code ca.crt} and {@code namespace}; need not exist
     * @param kubeconfigs those that exist count, the first one most
     */
    public record Surroundings(Optional<String> host, String port, Path serviceAccount, List<Path> kubeconfigs) {

        private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

        public Surroundings {
            kubeconfigs = List.copyOf(kubeconfigs);
        }

        /** Those of a process with this environment. */
        public static Surroundings of(Map<String, String> environment, Path home) {
            String named = environment.getOrDefault("KUBECONFIG", "");
            return new Surroundings(
                    Optional.ofNullable(environment.get("KUBERNETES_SERVICE_HOST")),
                    environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443"),
                    SERVICE_ACCOUNT,
                    named.isEmpty()
                            ? List.of(home.resolve(".kube").resolve("config"))
                            : Arrays.stream(named.split(File.pathSeparator))
                                    .filter(name -> !name.isEmpty())
                                    .map(Path::of)
                                    .toList());
        }
    }
}

package bricklayer.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All that an operator can set. An instance that exists is valid.
 *
 * @param jwt empty when authentication is switched off
 * @param defaultState which requests are served at the start
 * @param profiling taken from the file for the record; this server has no profiling paths
 * @param backupDbToKubeSecret copy the records to a Kubernetes secret after each change
 * @param kubeDbSecretName the secret's name
 * @param data the folder that holds everything this server remembers; not created yet
 */
public record ServerConfig(
        HttpConfig http,
        Optional<JwtConfig> jwt,
        AdminMode defaultState,
        boolean profiling,
        boolean backupDbToKubeSecret,
        String kubeDbSecretName,
        GlusterConfig gluster,
        Path data,
        QueueConfig queue,
        PlansConfig plans,
        StoreConfig store,
        ReconcileConfig reconcile,
        EventsConfig events,
        KubeEndpoints endpoints,
        InjectionConfig injection) {

    /** The same, with faults on purpose allowed: {@code --allow-fault-injection}. */
    public ServerConfig allowingFaults() {
        return new ServerConfig(
                http,
                jwt,
                defaultState,
                profiling,
                backupDbToKubeSecret,
                kubeDbSecretName,
                gluster,
                data,
                queue,
                plans,
                store,
                reconcile,
                events,
                endpoints,
                new InjectionConfig(true, injection.rules()));
    }

    /** Which requests are served. */
    public enum AdminMode {
        NORMAL,
        READ_ONLY,
        LOCAL_CLIENT;

        /** The word in the file and on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Empty for a word that names none. */
        public static Optional<AdminMode> named(String word) {
            return Arrays.stream(values())
                    .filter(mode -> mode.wire().equals(word))
                    .findFirst();
        }
    }

    /**
     * How long the answers of ended operations are kept for {@code GET /queue/<id>}.
     *
     * @param answersMax when more are kept, the oldest go first
     * @param holdBack how long {@code GET /queue/<id>} waits for the end of an operation before it says that there is none yet
     * @param repeatsRecognised how long after its end a request without a key is recognised when it is repeated; zero for never
     * @param repeatsSilence after so long without a question it counts as given up
     */
    public record QueueConfig(
            Duration answersKept,
            int answersMax,
            Duration holdBack,
            Duration repeatsRecognised,
            Duration repeatsSilence) {}

    /**
     * Plans that were shown and can be carried out.
     *
     * @param max when more are kept, the oldest go first
     */
    public record PlansConfig(Duration kept, int max) {}

    /**
     * The stream of events.
     *
     * @param readersMax more are refused
     * @param recentWritesMax writes kept in memory for readers that keep up
     * @param recentBytesMax their events together
     * @param heartbeat between two signs of life
     * @param stalledAfter a reader that takes nothing for so long is cut off
     * @param longest a stream ends after this
     */
    public record EventsConfig(
            int readersMax,
            int recentWritesMax,
            int recentBytesMax,
            Duration heartbeat,
            Duration stalledAfter,
            Duration longest) {}

    /**
     * Services and endpoints in Kubernetes, one of each for a cluster and namespace.
     *
     * @param kept whether they are
     * @param namespace of the gluster pods; empty for the one of the service account or of the kubeconfig
     * @param namespaces where they are kept; empty for that one
     */
    public record KubeEndpoints(
            boolean kept,
            String prefix,
            Optional<String> namespace,
            List<String> namespaces,
            Duration period,
            ExecutorConfig.KubeReach reach) {}

    /**
     * The records on disk.
     *
     * @param checkpointBytes a new checkpoint is begun after so many bytes of log
     * @param backups empty when none are made
     */
    public record StoreConfig(long checkpointBytes, Duration flushMax, Optional<BackupConfig> backups) {}

    /**
     * Comparing the records with the nodes.
     *
     * @param period of the comparisons that nobody asks for; empty for none
     */
    public record ReconcileConfig(Optional<Duration> period, int nodesAtOnce) {}

    /**
     * Backups of the records.
     *
     * @param keepLog whether segments of the log that are not needed any more are kept beside them
     */
    public record BackupConfig(Path folder, Duration period, int kept, boolean keepLog) {}
}

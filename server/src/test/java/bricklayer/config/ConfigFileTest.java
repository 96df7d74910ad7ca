package bricklayer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bricklayer.api.FaultRules;
import bricklayer.config.ConfigFile.Authentication;
import bricklayer.config.GlusterConfig.Block;
import bricklayer.config.GlusterConfig.LogLevel;
import bricklayer.config.GlusterConfig.Operations;
import bricklayer.config.GlusterConfig.Periodic;
import bricklayer.config.GlusterConfig.Placement;
import bricklayer.config.GlusterConfig.ZoneChecking;
import bricklayer.config.HttpConfig.TlsFiles;
import bricklayer.config.ServerConfig.AdminMode;
import bricklayer.config.ServerConfig.BackupConfig;
import bricklayer.config.ServerConfig.EventsConfig;
import bricklayer.config.ServerConfig.PlansConfig;
import bricklayer.config.ServerConfig.QueueConfig;
import bricklayer.config.ServerConfig.ReconcileConfig;
import bricklayer.config.ServerConfig.StoreConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults as one value; then each key and each variable alone, with what it changes. */
class ConfigFileTest {

    private static final ExecutorConfig.KubeReach DEFAULT_REACH = new ExecutorConfig.KubeReach(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            8,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            128 << 20);

    private static final String FAULT_RULES = "src/test/resources/bricklayer/config/faults.json";
    private static final String LEAST = """
            {"jwt": {"admin": {"key": "a"}, "user": {"key": "u"}}, "glusterfs": {"executor": "mock"}}""";

    /** One way to say something, and where it shows. */
    record Case(String said, Object value, String executor, Function<ServerConfig, Object> where, Object expected) {
        @Override
        public String toString() {
            return said + "=" + value;
        }
    }

    private static Case of(String said, Object value, Function<ServerConfig, Object> where, Object expected) {
        String executor = said.contains("ssh") || said.contains("SSH")
                ? "ssh"
                : said.toLowerCase(java.util.Locale.ROOT).contains("kube") ? "kubernetes" : "mock";
        return new Case(said, value, executor, where, expected);
    }

    private static ExecutorConfig.Ssh ssh(ServerConfig config) {
        return (ExecutorConfig.Ssh) config.gluster().executor();
    }

    private static ExecutorConfig.Kubernetes kube(ServerConfig config) {
        return (ExecutorConfig.Kubernetes) config.gluster().executor();
    }

    private static ExecutorConfig.Simulated simulated(ServerConfig config) {
        return (ExecutorConfig.Simulated) config.gluster().executor();
    }

    static List<Case> keys() {
        Stream<Case> all = Stream.of(
                of("port", "8080", c -> c.http().port(), 8080),
                of("enable_tls", true, c -> c.http().tls(), Optional.of(new TlsFiles(Path.of("c"), Path.of("k")))),
                of("cert_file", "x", c -> c.http().tls(), Optional.empty()),
                of("key_file", "x", c -> c.http().tls(), Optional.empty()),
                of("jwt.admin.key", "A", c -> c.jwt().orElseThrow().admin(), new Secret("A")),
                of("jwt.user.key", "U", c -> c.jwt().orElseThrow().user(), new Secret("U")),
                of("backup_db_to_kube_secret", true, ServerConfig::backupDbToKubeSecret, true),
                of("profiling", true, ServerConfig::profiling, true),
                of("default_state", "read-only", ServerConfig::defaultState, AdminMode.READ_ONLY),
                of("default_state", "local-client", ServerConfig::defaultState, AdminMode.LOCAL_CLIENT),
                of("use_auth", false, c -> c.jwt().isPresent(), true),
                of("glusterfs.executor", "mock", c -> c.gluster().injectFaults(), false),
                of("glusterfs.executor", "inject/mock", c -> c.gluster().injectFaults(), true),
                of("glusterfs.db", "/d/heketi.db", c -> c.gluster().heketiDb(), Path.of("/d/heketi.db")),
                of("glusterfs.db", "/d/heketi.db", ServerConfig::data, Path.of("/d/bricklayer-data")),
                of("glusterfs.db_read_only", true, c -> c.gluster().readOnly(), true),
                of("glusterfs.loglevel", "debug", c -> c.gluster().logLevel(), LogLevel.DEBUG),
                of("glusterfs.loglevel", "loud", c -> c.gluster().logLevel(), LogLevel.INFO),
                of("glusterfs.allocator", "simple", c -> c.gluster().injectFaults(), false),
                of(
                        "glusterfs.brick_max_size_gb",
                        9,
                        c -> c.gluster().placement().brickMaxSizeGiB(),
                        9),
                of(
                        "glusterfs.brick_max_size_gb",
                        0,
                        c -> c.gluster().placement().brickMaxSizeGiB(),
                        4096),
                of(
                        "glusterfs.brick_min_size_gb",
                        2,
                        c -> c.gluster().placement().brickMinSizeGiB(),
                        2),
                of(
                        "glusterfs.max_bricks_per_volume",
                        7,
                        c -> c.gluster().placement().bricksPerVolumeMax(),
                        7),
                of(
                        "glusterfs.average_file_size_kb",
                        3,
                        c -> c.gluster().placement().averageFileSizeKiB(),
                        3L),
                of(
                        "glusterfs.max_volumes_per_cluster",
                        5,
                        c -> c.gluster().placement().volumesPerClusterMax(),
                        OptionalInt.of(5)),
                of(
                        "glusterfs.max_volumes_per_cluster",
                        -1,
                        c -> c.gluster().placement().volumesPerClusterMax(),
                        OptionalInt.empty()),
                of(
                        "glusterfs.zone_checking",
                        "strict",
                        c -> c.gluster().placement().zoneChecking(),
                        ZoneChecking.STRICT),
                of(
                        "glusterfs.zone_checking",
                        "other",
                        c -> c.gluster().placement().zoneChecking(),
                        ZoneChecking.NONE),
                of(
                        "glusterfs.pre_request_volume_options",
                        "a 1,b 2",
                        c -> c.gluster().preRequestVolumeOptions(),
                        "a 1,b 2"),
                of(
                        "glusterfs.post_request_volume_options",
                        "a 1",
                        c -> c.gluster().postRequestVolumeOptions(),
                        "a 1"),
                of(
                        "glusterfs.auto_create_block_hosting_volume",
                        true,
                        c -> c.gluster().block().autoCreateHostingVolume(),
                        true),
                of(
                        "glusterfs.block_hosting_volume_size",
                        5,
                        c -> c.gluster().block().hostingVolumeSizeGiB(),
                        5),
                of(
                        "glusterfs.block_hosting_volume_options",
                        "x",
                        c -> c.gluster().block().hostingVolumeOptions(),
                        "x"),
                of(
                        "glusterfs.disable_monitor_gluster_nodes",
                        true,
                        c -> c.gluster().monitor().enabled(),
                        false),
                of(
                        "glusterfs.refresh_time_monitor_gluster_nodes",
                        7,
                        c -> c.gluster().monitor().every(),
                        Duration.ofSeconds(7)),
                of(
                        "glusterfs.start_time_monitor_gluster_nodes",
                        4294967295L,
                        c -> c.gluster().monitor().startAfter(),
                        Duration.ofSeconds(4294967295L)),
                of(
                        "glusterfs.max_inflight_operations",
                        3,
                        c -> c.gluster().operations().inFlightMax(),
                        3),
                of(
                        "glusterfs.disable_background_cleaner",
                        true,
                        c -> c.gluster().operations().longestRetryPause(),
                        Duration.ofSeconds(3600)),
                of(
                        "glusterfs.refresh_time_background_cleaner",
                        7,
                        c -> c.gluster().operations().longestRetryPause(),
                        Duration.ofSeconds(7)),
                of(
                        "glusterfs.start_time_background_cleaner",
                        7,
                        c -> c.gluster().operations().longestRetryPause(),
                        Duration.ofSeconds(3600)),
                of(
                        "glusterfs.operation_retry_limits.volume_create",
                        9,
                        c -> c.gluster().operations().volumeCreateRetries(),
                        9),
                of(
                        "glusterfs.operation_retry_limits.volume_create",
                        -3,
                        c -> c.gluster().operations().volumeCreateRetries(),
                        4),
                of("glusterfs.sshexec.keyfile", "/k", c -> ssh(c).keyFile(), Path.of("/k")),
                of("glusterfs.sshexec.user", "root", c -> ssh(c).user(), "root"),
                of("glusterfs.sshexec.port", "2222", c -> ssh(c).port(), 2222),
                of("glusterfs.sshexec.sudo", true, c -> ssh(c).sudo(), true),
                of("glusterfs.kubeexec.namespace", "storage", c -> kube(c).namespace(), Optional.of("storage")),
                of("glusterfs.kubeexec.gluster_daemonset", true, c -> kube(c).daemonSet(), true),
                of("glusterfs.kubeexec.use_pod_names", true, c -> kube(c).podNames(), true),
                of("glusterfs.kubeexec.max_connections", 5, c -> kube(c).connectionsMax(), OptionalInt.of(5)),
                of("glusterfs.kubeexec.max_connections", 0, c -> kube(c).connectionsMax(), OptionalInt.of(64)),
                of("glusterfs.kubeexec.max_connections", -1, c -> kube(c).connectionsMax(), OptionalInt.empty()),
                of("glusterfs.kubeexec.disable_timeout_prefix", true, c -> kube(c).timeoutPrefix(), false),
                of("bricklayer.data", "/srv/d", ServerConfig::data, Path.of("/srv/d")),
                of("bricklayer.data", "/srv/d", c -> simulated(c).folder(), Path.of("/srv/d-nodes")),
                of(
                        "bricklayer.http.bind_address",
                        "::1",
                        c -> c.http().bindAddress(),
                        Optional.of(InetAddress.ofLiteral("::1"))),
                of("bricklayer.http.body_max_bytes", 2048, c -> c.http().bodyMaxBytes(), 2048),
                of("bricklayer.http.document_max_bytes", 4096, c -> c.http().documentMaxBytes(), 4096),
                of("bricklayer.http.idle_timeout_seconds", 5, c -> c.http().idleTimeout(), Duration.ofSeconds(5)),
                of(
                        "bricklayer.http.body_rate_min_bytes_per_second",
                        0,
                        c -> c.http().bodyRateMinBytesPerSecond(),
                        0),
                of("bricklayer.http.connections_max", 5, c -> c.http().connectionsMax(), 5),
                of("bricklayer.http.stop_timeout_seconds", 5, c -> c.http().stopTimeout(), Duration.ofSeconds(5)),
                of("bricklayer.queue.answers_kept_hours", 5, c -> c.queue().answersKept(), Duration.ofHours(5)),
                of("bricklayer.queue.answers_max", 5, c -> c.queue().answersMax(), 5),
                of("bricklayer.queue.wait_ms", 5, c -> c.queue().holdBack(), Duration.ofMillis(5)),
                of(
                        "bricklayer.queue.repeats_recognised_minutes",
                        5,
                        c -> c.queue().repeatsRecognised(),
                        Duration.ofMinutes(5)),
                of(
                        "bricklayer.queue.repeats_silence_seconds",
                        6,
                        c -> c.queue().repeatsSilence(),
                        Duration.ofSeconds(6)),
                of("bricklayer.plans.kept_minutes", 5, c -> c.plans().kept(), Duration.ofMinutes(5)),
                of("bricklayer.plans.max", 5, c -> c.plans().max(), 5),
                of("bricklayer.events.readers_max", 5, c -> c.events().readersMax(), 5),
                of("bricklayer.events.recent_writes_max", 5, c -> c.events().recentWritesMax(), 5),
                of("bricklayer.events.recent_bytes_max", 5_000, c -> c.events().recentBytesMax(), 5_000),
                of("bricklayer.events.heartbeat_seconds", 5, c -> c.events().heartbeat(), Duration.ofSeconds(5)),
                of("bricklayer.events.stalled_after_seconds", 5, c -> c.events().stalledAfter(), Duration.ofSeconds(5)),
                of("bricklayer.events.stream_minutes", 5, c -> c.events().longest(), Duration.ofMinutes(5)),
                of("bricklayer.ssh.channels_per_host_max", 3, c -> ssh(c).channelsPerHostMax(), 3),
                of("bricklayer.ssh.answer_max_bytes", 1 << 20, c -> ssh(c).answerMaxBytes(), 1 << 20),
                of(
                        "bricklayer.reconcile.period_minutes",
                        7,
                        c -> c.reconcile().period(),
                        Optional.of(Duration.ofMinutes(7))),
                of("bricklayer.reconcile.nodes_at_once", 7, c -> c.reconcile().nodesAtOnce(), 7),
                of("bricklayer.ssh.connect_timeout_seconds", 3, c -> ssh(c).connectTimeout(), Duration.ofSeconds(3)),
                of("bricklayer.kube.kubeconfig", "/k", c -> kube(c).reach().kubeconfig(), Optional.of(Path.of("/k"))),
                of("bricklayer.kube.pod_selector", "a=b", c -> kube(c).reach().podSelector(), Optional.of("a=b")),
                of("bricklayer.kube.container", "g", c -> kube(c).reach().container(), Optional.of("g")),
                of(
                        "bricklayer.kube.commands_per_node_max",
                        3,
                        c -> kube(c).reach().commandsPerNodeMax(),
                        3),
                of(
                        "bricklayer.kube.connect_timeout_seconds",
                        3,
                        c -> kube(c).reach().connectTimeout(),
                        Duration.ofSeconds(3)),
                of("bricklayer.kube.keep_alive_seconds", 3, c -> kube(c).reach().keepAlive(), Duration.ofSeconds(3)),
                of("bricklayer.kube.endpoints", true, c -> c.endpoints().kept(), true),
                of("bricklayer.kube.endpoints_prefix", "a-", c -> c.endpoints().prefix(), "a-"),
                of(
                        "bricklayer.kube.endpoints_namespaces",
                        "a,b",
                        c -> c.endpoints().namespaces(),
                        List.of("a", "b")),
                of(
                        "bricklayer.kube.endpoints_period_seconds",
                        3,
                        c -> c.endpoints().period(),
                        Duration.ofSeconds(3)),
                of(
                        "bricklayer.kube.answer_max_bytes",
                        2 << 20,
                        c -> kube(c).reach().answerMaxBytes(),
                        2 << 20),
                of("bricklayer.simulated.folder", "/n", c -> simulated(c).folder(), Path.of("/n")),
                of("bricklayer.simulated.device_size_gib", 3, c -> simulated(c).deviceSizeGiB(), 3L),
                of("bricklayer.simulated.command_delay_ms", 3, c -> simulated(c).commandDelay(), Duration.ofMillis(3)),
                of("bricklayer.store.checkpoint_bytes", 65_536, c -> c.store().checkpointBytes(), 65_536L),
                of("bricklayer.store.flush_max_seconds", 5, c -> c.store().flushMax(), Duration.ofSeconds(5)),
                of("bricklayer.backup.folder", "/c", c -> backups(c).folder(), Path.of("/c")),
                of("bricklayer.backup.period_minutes", 5, c -> backups(c).period(), Duration.ofMinutes(5)),
                of("bricklayer.backup.kept", 5, c -> backups(c).kept(), 5),
                of("bricklayer.backup.keep_log", true, c -> backups(c).keepLog(), true),
                of("bricklayer.fault_injection", true, c -> c.injection().allowed(), true),
                of(
                        "bricklayer.fault_rules",
                        FAULT_RULES,
                        c -> c.injection().rules().seed(),
                        5L));
        Stream<Case> nodes = Stream.of("glusterfs.sshexec.", "glusterfs.kubeexec.")
                .flatMap(prefix -> Stream.of(
                        of(prefix + "fstab", "/x", c -> c.gluster().node().fstab(), "/x"),
                        of(prefix + "mountopts", "ro", c -> c.gluster().node().mountOptions(), "ro"),
                        of(prefix + "snapshot_limit", 3, c -> c.gluster().node().snapshotLimit(), OptionalInt.of(3)),
                        of(
                                prefix + "rebalance_on_expansion",
                                false,
                                c -> c.gluster().node().rebalanceOnExpansion(),
                                true),
                        of(
                                prefix + "backup_lvm_metadata",
                                true,
                                c -> c.gluster().node().backupLvmMetadata(),
                                true),
                        of(
                                prefix + "gluster_cli_timeout",
                                3,
                                c -> c.gluster().node().glusterCliTimeout(),
                                Duration.ofSeconds(3)),
                        of(
                                prefix + "pv_data_alignment",
                                "1M",
                                c -> c.gluster().node().pvDataAlignment(),
                                "1M"),
                        of(
                                prefix + "vg_physicalextentsize",
                                "1M",
                                c -> c.gluster().node().vgPhysicalExtentSize(),
                                "1M"),
                        of(
                                prefix + "lv_chunksize",
                                "1M",
                                c -> c.gluster().node().lvChunkSize(),
                                "1M"),
                        of(prefix + "xfs_sw", 3, c -> c.gluster().node().xfsSw(), OptionalInt.of(3)),
                        of(prefix + "xfs_su", 3, c -> c.gluster().node().xfsSu(), OptionalInt.of(3)),
                        of(
                                prefix + "debug_umount_failures",
                                true,
                                c -> c.gluster().node().debugUmountFailures(),
                                true),
                        of(
                                prefix + "block_prealloc",
                                "no",
                                c -> c.gluster().node().blockPrealloc(),
                                "no"),
                        of(
                                prefix + "lvm_wrapper",
                                "nsenter -m",
                                c -> c.gluster().node().lvmWrapper(),
                                List.of("nsenter", "-m"))));
        return Stream.concat(all, nodes).toList();
    }

    static List<Case> variables() {
        return List.of(
                of("HEKETI_HTTP_PORT", "81", c -> c.http().port(), 81),
                of("HEKETI_ADMIN_KEY", "A", c -> c.jwt().orElseThrow().admin(), new Secret("A")),
                of("HEKETI_USER_KEY", "U", c -> c.jwt().orElseThrow().user(), new Secret("U")),
                of("HEKETI_BACKUP_DB_TO_KUBE_SECRET", "false", ServerConfig::backupDbToKubeSecret, true),
                of("HEKETI_KUBE_DB_SECRET_NAME", "s", ServerConfig::kubeDbSecretName, "s"),
                of("HEKETI_PROFILING", "no", ServerConfig::profiling, true),
                of("HEKETI_DEFAULT_STATE", "read-only", ServerConfig::defaultState, AdminMode.READ_ONLY),
                of(
                        "HEKETI_JWT_IAT_LEEWAY_SECONDS",
                        "7",
                        c -> c.jwt().orElseThrow().issuedAtLeeway(),
                        Duration.ofSeconds(7)),
                of(
                        "HEKETI_JWT_IAT_LEEWAY_SECONDS",
                        "-7",
                        c -> c.jwt().orElseThrow().issuedAtLeeway(),
                        Duration.ofSeconds(120)),
                of("BRICKLAYER_FAULT_INJECTION", "true", c -> c.injection().allowed(), true),
                of("HEKETI_EXECUTOR", "inject/mock", c -> c.gluster().injectFaults(), true),
                of("HEKETI_DB_PATH", "/e/h.db", ServerConfig::data, Path.of("/e/bricklayer-data")),
                of("HEKETI_GLUSTERAPP_LOGLEVEL", "error", c -> c.gluster().logLevel(), LogLevel.ERROR),
                of(
                        "HEKETI_AUTO_CREATE_BLOCK_HOSTING_VOLUME",
                        "t",
                        c -> c.gluster().block().autoCreateHostingVolume(),
                        true),
                of(
                        "HEKETI_AUTO_CREATE_BLOCK_HOSTING_VOLUME",
                        "yes",
                        c -> c.gluster().block().autoCreateHostingVolume(),
                        false),
                of(
                        "HEKETI_BLOCK_HOSTING_VOLUME_SIZE",
                        "9",
                        c -> c.gluster().block().hostingVolumeSizeGiB(),
                        9),
                of(
                        "HEKETI_BLOCK_HOSTING_VOLUME_SIZE",
                        "big",
                        c -> c.gluster().block().hostingVolumeSizeGiB(),
                        1024),
                of(
                        "HEKETI_BLOCK_HOSTING_VOLUME_OPTIONS",
                        "x",
                        c -> c.gluster().block().hostingVolumeOptions(),
                        "x"),
                of(
                        "HEKETI_GLUSTERAPP_REBALANCE_ON_EXPANSION",
                        "F",
                        c -> c.gluster().node().rebalanceOnExpansion(),
                        false),
                of(
                        "HEKETI_MAX_INFLIGHT_OPERATIONS",
                        "3",
                        c -> c.gluster().operations().inFlightMax(),
                        3),
                of("HEKETI_PRE_REQUEST_VOLUME_OPTIONS", "x", c -> c.gluster().preRequestVolumeOptions(), "x"),
                of("HEKETI_POST_REQUEST_VOLUME_OPTIONS", "x", c -> c.gluster().postRequestVolumeOptions(), "x"),
                of(
                        "HEKETI_ZONE_CHECKING",
                        "strict",
                        c -> c.gluster().placement().zoneChecking(),
                        ZoneChecking.STRICT),
                of(
                        "HEKETI_GLUSTER_MAX_VOLUMES_PER_CLUSTER",
                        "5",
                        c -> c.gluster().placement().volumesPerClusterMax(),
                        OptionalInt.of(5)),
                of(
                        "HEKETI_DISABLE_HEALTH_MONITOR",
                        "true",
                        c -> c.gluster().monitor().enabled(),
                        false),
                of(
                        "HEKETI_DISABLE_HEALTH_MONITOR",
                        "1",
                        c -> c.gluster().monitor().enabled(),
                        true),
                of(
                        "HEKETI_DISABLE_BACKGROUND_CLEANER",
                        "true",
                        c -> c.gluster().operations().longestRetryPause(),
                        Duration.ofSeconds(3600)),
                of("HEKETI_FSTAB", "/x", c -> c.gluster().node().fstab(), "/x"),
                of("HEKETI_MOUNT_OPTS", "ro", c -> c.gluster().node().mountOptions(), "ro"),
                of("HEKETI_SNAPSHOT_LIMIT", "3", c -> c.gluster().node().snapshotLimit(), OptionalInt.of(3)),
                of(
                        "HEKETI_GLUSTER_CLI_TIMEOUT",
                        "3",
                        c -> c.gluster().node().glusterCliTimeout(),
                        Duration.ofSeconds(3)),
                of("HEKETI_DEBUG_UMOUNT_FAILURES", "1", c -> c.gluster().node().debugUmountFailures(), true),
                of(
                        "HEKETI_BLOCK_VOLUME_DEFAULT_PREALLOC",
                        "no",
                        c -> c.gluster().node().blockPrealloc(),
                        "no"),
                of("HEKETI_LVM_WRAPPER", "w", c -> c.gluster().node().lvmWrapper(), List.of("w")),
                of("HEKETI_SSH_KEYFILE", "/k", c -> ssh(c).keyFile(), Path.of("/k")),
                of("HEKETI_SSH_USER", "root", c -> ssh(c).user(), "root"),
                of("HEKETI_SSH_PORT", "2222", c -> ssh(c).port(), 2222),
                of("SSH_KNOWN_HOSTS", "/a::/b", c -> ssh(c).knownHosts(), List.of(Path.of("/a"), Path.of("/b"))),
                of("HEKETI_KUBE_NAMESPACE", "n", c -> kube(c).namespace(), Optional.of("n")),
                of("HEKETI_KUBE_GLUSTER_DAEMONSET", "yes", c -> kube(c).daemonSet(), true),
                of("HEKETI_KUBE_USE_POD_NAMES", "1", c -> kube(c).podNames(), true),
                of("HEKETI_KUBE_USE_POD_NAMES", "no", c -> kube(c).podNames(), false),
                of("BRICKLAYER_DATA", "/b", ServerConfig::data, Path.of("/b")),
                of("HEKETI_MOCK_DEVICE_SIZE_GB", "3", c -> simulated(c).deviceSizeGiB(), 3L));
    }

    private static ConfigFile.Loaded parse(String text, Map<String, String> environment) {
        return ConfigFile.parse(text, environment, Authentication.REQUIRED);
    }

    private static List<String> problems(String text, Map<String, String> environment) {
        InvalidConfig invalid = catchThrowableOfType(InvalidConfig.class, () -> parse(text, environment));
        assertThat(invalid).as("it was accepted").isNotNull();
        return invalid.problems();
    }

    private static BackupConfig backups(ServerConfig config) {
        return config.store().backups().orElseThrow();
    }

    /** A file with what every case needs, and one more value. */
    private static String fileWith(String executor, String key, Object value) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "jwt.admin.key", "a",
                "jwt.user.key", "u",
                "glusterfs.executor", executor,
                "glusterfs.sshexec.keyfile", "key"));
        if (key.equals("enable_tls")) {
            values.put("cert_file", "c");
            values.put("key_file", "k");
        }
        if (key.startsWith("bricklayer.backup.")) {
            values.put("bricklayer.backup.folder", "/b");
        }
        values.put(key, value);
        return new Tree(values).json();
    }

    private record Tree(Map<String, Object> values) {
        String json() {
            Map<String, List<String>> byHead = values.keySet().stream()
                    .collect(
                            Collectors.groupingBy(key -> key.contains(".") ? key.substring(0, key.indexOf('.')) : key));
            return byHead.entrySet().stream()
                    .map(head -> "\"" + head.getKey() + "\":" + inner(head.getKey()))
                    .collect(Collectors.joining(",", "{", "}"));
        }

        private String inner(String head) {
            Object value = values.get(head);
            if (value != null) {
                return value instanceof String text ? "\"" + text + "\"" : value.toString();
            }
            Map<String, Object> below = new HashMap<>();
            values.forEach((key, inside) -> {
                if (key.startsWith(head + ".")) {
                    below.put(key.substring(head.length() + 1), inside);
                }
            });
            return new Tree(below).json();
        }
    }

    @Test
    void defaults() {
        assertThat(parse(LEAST, Map.of()).config())
                .isEqualTo(new ServerConfig(
                        new HttpConfig(
                                Optional.empty(),
                                0,
                                Optional.empty(),
                                1024 * 1024,
                                64 * 1024 * 1024,
                                Duration.ofSeconds(60),
                                100,
                                4096,
                                Duration.ofSeconds(10)),
                        Optional.of(new JwtConfig(new Secret("a"), new Secret("u"), Duration.ofSeconds(120))),
                        AdminMode.NORMAL,
                        false,
                        false,
                        "heketi-db-backup",
                        new GlusterConfig(
                                new ExecutorConfig.Simulated(Path.of("bricklayer-data-nodes"), 500, Duration.ZERO),
                                false,
                                new NodeConfig(
                                        "/etc/fstab",
                                        "rw,inode64,noatime,nouuid",
                                        OptionalInt.empty(),
                                        true,
                                        false,
                                        Duration.ofSeconds(600),
                                        "256K",
                                        "4M",
                                        "256K",
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        false,
                                        "full",
                                        List.of()),
                                Path.of("heketi.db"),
                                false,
                                LogLevel.INFO,
                                new Placement(1, 4096, 32, 64, OptionalInt.of(1000), ZoneChecking.NONE),
                                "",
                                "",
                                new Block(false, 1024, "group gluster-block"),
                                new Periodic(true, Duration.ofSeconds(10), Duration.ofSeconds(120)),
                                new Operations(8, 4, Duration.ofSeconds(3600))),
                        Path.of("bricklayer-data"),
                        new QueueConfig(
                                Duration.ofHours(24),
                                10_000,
                                Duration.ofMillis(500),
                                Duration.ofMinutes(60),
                                Duration.ofSeconds(5)),
                        new PlansConfig(Duration.ofHours(1), 200),
                        new StoreConfig(64 << 20, Duration.ofSeconds(30), Optional.empty()),
                        new ReconcileConfig(Optional.of(Duration.ofDays(1)), 32),
                        new EventsConfig(
                                100,
                                1_000,
                                16 << 20,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ofHours(1)),
                        new ServerConfig.KubeEndpoints(
                                false,
                                "glusterfs-",
                                Optional.empty(),
                                List.of(),
                                Duration.ofSeconds(60),
                                DEFAULT_REACH),
                        new InjectionConfig(false, new FaultRules(0, List.of()))));
    }

    @Test
    void defaultsOfTheOtherExecutors() {
        ServerConfig ssh =
                parse(fileWith("", "glusterfs.sshexec.keyfile", "/k"), Map.of()).config();
        assertThat(ssh.gluster().executor())
                .isEqualTo(new ExecutorConfig.Ssh(
                        Path.of("/k"), "heketi", 22, false, List.of(), 6, Duration.ofSeconds(10), 128 << 20));

        ServerConfig kube = parse(fileWith("kube", "port", ""), Map.of()).config();
        assertThat(kube.gluster().executor())
                .isEqualTo(new ExecutorConfig.Kubernetes(
                        Optional.empty(), false, false, OptionalInt.of(64), true, DEFAULT_REACH));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void eachKey(Case one) {
        ServerConfig config = parse(fileWith(one.executor(), one.said(), one.value()), Map.of())
                .config();
        assertThat(one.where().apply(config)).isEqualTo(one.expected());
    }

    @ParameterizedTest
    @MethodSource("variables")
    void eachVariable(Case one) {
        String file = fileWith(one.executor(), "glusterfs.max_volumes_per_cluster", 77);
        ServerConfig config =
                parse(file, Map.of(one.said(), String.valueOf(one.value()))).config();
        assertThat(one.where().apply(config)).isEqualTo(one.expected());
    }

    @Test
    void noKeyAndNoVariableIsLeftOut() {
        Set<String> keys = keys().stream().map(Case::said).collect(Collectors.toSet());
        Set<String> variables = variables().stream().map(Case::said).collect(Collectors.toSet());
        Set<String> untested = new TreeSet<>();
        for (Setting<?> setting : Settings.all()) {
            if (!setting.key().isEmpty() && !keys.contains(setting.key())) {
                untested.add(setting.key());
            }
            setting.variable()
                    .map(Setting.Variable::name)
                    .filter(name -> !variables.contains(name))
                    .ifPresent(untested::add);
        }
        assertThat(untested).isEmpty();
    }

    @Test
    void aVariableGoesBeforeTheFileUnlessItIsEmpty() {
        String file = fileWith("mock", "port", "8080");
        assertThat(parse(file, Map.of("HEKETI_HTTP_PORT", "81")).config().http().port())
                .isEqualTo(81);
        assertThat(parse(file, Map.of("HEKETI_HTTP_PORT", "")).config().http().port())
                .isEqualTo(8080);
        String disabled = fileWith("mock", "glusterfs.disable_monitor_gluster_nodes", true);
        assertThat(parse(disabled, Map.of("HEKETI_DISABLE_HEALTH_MONITOR", "false"))
                        .config()
                        .gluster()
                        .monitor()
                        .enabled())
                .isFalse();
    }

    @Test
    void keysMatchInAnyCaseAndCommentsAndTrailingTextAreIgnored() {
        ConfigFile.Loaded loaded = parse("""
                {"_port_comment": "a {brace} \\" here", "PORT": "80", "JWT": {"Admin": {"KEY": "a"}, "user": {"key": "u"}},
                 "glusterfs": {"_x": {"y": 1}, "executor": "mock", "Max_Inflight_Operations": 3, "fstab": null}}
                } and more""", Map.of());
        assertThat(loaded.config().http().port()).isEqualTo(80);
        assertThat(loaded.config().gluster().operations().inFlightMax()).isEqualTo(3);
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void whatIsIgnoredIsTold() {
        ConfigFile.Loaded loaded = parse("""
                {"use_auth": false, "prot": "80", "jwt": {"admin": {"key": "a"}, "user": {"key": "u"}},
                 "glusterfs": {"executor": "mock", "loglevel": "loud", "allocator": "simple",
                               "disable_background_cleaner": true, "start_time_background_cleaner": 60,
                               "sshexec": {"rebalance_on_expansion": false}}}""", Map.of("HEKETI_DISABLE_HEALTH_MONITOR", "yes", "HEKETI_KUBE_USER", "x"));
        assertThat(loaded.warnings())
                .containsExactly(
                        "glusterfs.loglevel is \"loud\"; allowed is one of critical, debug, error, info, none, warning, in quotes;"
                                + " the default info is used",
                        "environment variable HEKETI_DISABLE_HEALTH_MONITOR is \"yes\"; allowed is true or false; it has no effect",
                        "prot is not known and ignored",
                        "use_auth has no effect",
                        "glusterfs.sshexec.rebalance_on_expansion has no effect",
                        "glusterfs.disable_background_cleaner has no effect",
                        "glusterfs.allocator has no effect",
                        "environment variable HEKETI_KUBE_USER has no effect");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThat(problems("""
                        {"port": 8080, "enable_tls": true, "default_state": "asleep",
                         "glusterfs": {"executor": "telnet", "max_inflight_operations": "many", "brick_min_size_gb": 9,
                           "brick_max_size_gb": 8, "sshexec": {"xfs_sw": "This is a comment", "lv_chunksize": "1K; reboot"},
                           "operation_retry_limits": 4},
                         "bricklayer": {"http": {"body_max_bytes": 1.5, "bind_address": "1::2::3"}}}""", Map.of("HEKETI_GLUSTER_CLI_TIMEOUT", "soon")))
                .containsExactly(
                        "Unable to parse configuration: enable_tls is true, but cert_file names no file",
                        "Unable to parse configuration: bricklayer.http.bind_address is \"1::2::3\"; allowed is an IP address",
                        "Unable to parse configuration: port is 8080; allowed is a number from 0 to 65535, in quotes",
                        "Unable to parse configuration: bricklayer.http.body_max_bytes is 1.5; allowed is a whole number from 1024 to 1073741824",
                        "Missing JWT information in config file: jwt.admin.key (or HEKETI_ADMIN_KEY) and jwt.user.key (or HEKETI_USER_KEY)"
                                + " must both be set, or the server started with --disable-auth",
                        "unable to set admin state: unknown admin state name: asleep; allowed is one of local-client, normal, read-only",
                        "Unable to parse configuration: environment variable HEKETI_GLUSTER_CLI_TIMEOUT is \"soon\"; allowed is a whole number"
                                + " from 1 to 4294967295; 0 for the default",
                        "Unable to parse configuration: glusterfs.sshexec.lv_chunksize is \"1K; reboot\"; allowed is a size as LVM writes it,"
                                + " such as 256K, in quotes",
                        "Unable to parse configuration: glusterfs.sshexec.xfs_sw is \"This is a comment\"; allowed is a whole number from 0 to"
                                + " 2147483647",
                        "Unable to start application: invalid executor: telnet; allowed is one of inject/mock, inject/ssh, kube, kubernetes, mock, ssh",
                        "Unable to parse configuration: glusterfs.brick_min_size_gb is 9; allowed is at most glusterfs.brick_max_size_gb, which is 8",
                        "Unable to parse configuration: glusterfs.max_inflight_operations is \"many\"; allowed is a whole number from 1 to 2147483647;"
                                + " 0 for the default",
                        "Unable to parse configuration: glusterfs.operation_retry_limits is not an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "x", "{", "{\"port\": }", "\"a\"", "1", "{\"a\": \"}"})
    void aFileWithoutAnObjectIsRefused(String text) {
        assertThat(problems(text, Map.of())).singleElement().asString().startsWith("Unable to parse configuration: ");
    }

    @Test
    void aMissingGlusterfsObjectIsRefused() {
        assertThat(problems(
                        "{\"jwt\":{\"admin\":{\"key\":\"a\"},\"user\":{\"key\":\"u\"}}}",
                        Map.of("HEKETI_EXECUTOR", "mock")))
                .containsExactly("Unable to start application: the configuration has no object \"glusterfs\"");
    }

    @Test
    void sshNeedsAKeyFile() {
        String file = "{\"jwt\":{\"admin\":{\"key\":\"a\"},\"user\":{\"key\":\"u\"}},\"glusterfs\":{}}";
        assertThat(problems(file, Map.of()))
                .singleElement()
                .asString()
                .contains("Missing ssh private key file in configuration");
        assertThat(parse(file, Map.of("HEKETI_SSH_KEYFILE", "/k"))
                        .config()
                        .gluster()
                        .executor())
                .isInstanceOf(ExecutorConfig.Ssh.class);
    }

    @Test
    void heketisHooksAreRulesWhereItsExecutorInjects() {
        String file = """
                {"jwt":{"admin":{"key":"a"},"user":{"key":"u"}}, "glusterfs": {"executor": "%s", "injectexec":
                  {"command_injection": {"commands": [{"Cmd": "lvs", "Reaction": {"Err": "bad"}}]%s}}}}""";
        assertThat(parse(file.formatted("inject/mock", ""), Map.of())
                        .config()
                        .injection()
                        .rules()
                        .rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.command()).isEqualTo("lvs"));
        assertThat(parse(file.formatted("mock", ", \"other\": 1"), Map.of())
                        .config()
                        .injection()
                        .rules()
                        .rules())
                .isEmpty();
        assertThat(problems(file.formatted("inject/mock", ", \"other\": 1"), Map.of()))
                .containsExactly("Unable to parse configuration: glusterfs.injectexec.command_injection.other is not"
                        + " understood; known are glusterfs.injectexec.command_injection.commands and"
                        + " glusterfs.injectexec.command_injection.results");
    }

    @Test
    void faultRulesThatCannotBeUsedStopTheStart() {
        assertThat(problems(fileWith("mock", "bricklayer.fault_rules", "/no/such/file"), Map.of()))
                .singleElement()
                .asString()
                .contains("/no/such/file");
        assertThat(problems(fileWith("mock", "bricklayer.fault_rules", "pom.xml"), Map.of()))
                .singleElement()
                .asString()
                .startsWith("Unable to use the fault rules in pom.xml: ");
    }

    @Test
    void keysAreNeededUnlessAuthenticationIsOff() {
        String file = "{\"glusterfs\":{\"executor\":\"mock\"}}";
        assertThat(problems(file, Map.of("HEKETI_ADMIN_KEY", "a")))
                .singleElement()
                .asString()
                .startsWith("Missing JWT information in config file");
        assertThat(ConfigFile.parse(file, Map.of(), Authentication.DISABLED)
                        .config()
                        .jwt())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,true", "t,true", "T,true", "TRUE,true", "True,true", "0,false", "f,false", "F,false", "False,false"})
    void theWordsOfFlagsInTheEnvironment(String word, boolean flag) {
        assertThat(parse(LEAST, Map.of("HEKETI_DEBUG_UMOUNT_FAILURES", word))
                        .config()
                        .gluster()
                        .node()
                        .debugUmountFailures())
                .isEqualTo(flag);
        assertThat(problems(LEAST, Map.of("HEKETI_DEBUG_UMOUNT_FAILURES", "yes")))
                .hasSize(1);
    }

    @Test
    void secretsAreNeverShown() {
        assertThat(parse(LEAST.replace("\"a\"", "\"geheim\""), Map.of())
                        .config()
                        .toString())
                .doesNotContain("geheim");
        assertThat(problems(LEAST.replace("\"a\"", "12345"), Map.of()).toString())
                .contains("jwt.admin.key")
                .doesNotContain("12345");
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("none.json");
        InvalidConfig invalid = catchThrowableOfType(
                InvalidConfig.class, () -> ConfigFile.load(missing, Map.of(), Authentication.REQUIRED));
        assertThat(invalid).hasMessage("Unable to open config file " + missing + ": no such file or directory");

        Path there = Files.writeString(folder.resolve("heketi.json"), LEAST);
        assertThat(ConfigFile.load(there, Map.of(), Authentication.REQUIRED).config())
                .isEqualTo(parse(LEAST, Map.of()).config());
    }
}

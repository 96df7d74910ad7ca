package bricklayer.config;

import bricklayer.api.UnreadableJson;
import bricklayer.config.GlusterConfig.Block;
import bricklayer.config.GlusterConfig.Operations;
import bricklayer.config.GlusterConfig.Periodic;
import bricklayer.config.GlusterConfig.Placement;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads Heketi's configuration file, with what the environment says instead. */
public final class ConfigFile {

    /** Whether requests need a token: {@code --disable-auth}. */
    public enum Authentication {
        REQUIRED,
        DISABLED
    }

    /**
     * A configuration that can be used.
     *
     * @param warnings what was ignored and why, for the log; may be empty
     */
    public record Loaded(ServerConfig config, List<String> warnings) {}

    private final Reading reading;
    private final JsonFile file;
    private final Map<String, String> environment;

    private ConfigFile(JsonFile file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
        this.reading = new Reading(file, environment);
    }

    /**
     * Reads a file.
     *
     * @throws InvalidConfig with all that is wrong
     */
    public static Loaded load(Path path, Map<String, String> environment, Authentication authentication) {
        try {
            return parse(Files.readString(path, StandardCharsets.UTF_8), environment, authentication);
        } catch (IOException e) {
            throw new InvalidConfig(List.of("Unable to open config file " + path + ": " + reason(e)));
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException _ -> "no such file or directory";
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.charset.CharacterCodingException _ -> "it is not UTF-8";
            default -> String.valueOf(e.getMessage());
        };
    }

    /**
     * Reads the text of a file.
     *
     * @throws InvalidConfig with all that is wrong
     */
    public static Loaded parse(String text, Map<String, String> environment, Authentication authentication) {
        JsonFile file;
        try {
            file = JsonFile.parse(text);
        } catch (UnreadableJson e) {
            throw new InvalidConfig(List.of("Unable to parse configuration: " + e.getMessage()));
        }
        return new ConfigFile(file, environment).read(authentication);
    }

    private Loaded read(Authentication authentication) {
        Path data = data();
        HttpConfig http = http();
        Optional<JwtConfig> jwt = jwt(authentication);
        AdminMode state = state();
        boolean profiling = reading.get(Settings.PROFILING);
        boolean backup = reading.get(Settings.BACKUP_DB_TO_KUBE_SECRET);
        String kubeSecret = reading.get(Settings.KUBE_DB_SECRET);
        GlusterConfig gluster = gluster(data);
        QueueConfig queue = new QueueConfig(
                Duration.ofHours(reading.get(Settings.ANSWERS_KEPT_HOURS)),
                whole(Settings.ANSWERS_MAX),
                Duration.ofMillis(reading.get(Settings.QUEUE_WAIT_MS)),
                Duration.ofMinutes(reading.get(Settings.REPEATS_RECOGNISED_MINUTES)),
                seconds(Settings.REPEATS_SILENCE_SECONDS));
        PlansConfig plans = new PlansConfig(
                Duration.ofMinutes(reading.get(Settings.PLANS_KEPT_MINUTES)), whole(Settings.PLANS_MAX));
        StoreConfig store = new StoreConfig(
                reading.get(Settings.CHECKPOINT_BYTES),
                Duration.ofSeconds(reading.get(Settings.FLUSH_MAX_SECONDS)),
                backups());
        ReconcileConfig reconcile = reconcile();
        InjectionConfig injection = new InjectionConfigReader(reading, file).read();
        objects();
        ignored();
        if (!reading.problems().isEmpty()) {
            throw new InvalidConfig(reading.problems());
        }
        return new Loaded(
                new ServerConfig(
                        http,
                        jwt,
                        state,
                        profiling,
                        backup,
                        kubeSecret,
                        gluster,
                        data,
                        queue,
                        plans,
                        store,
                        reconcile,
                        events(),
                        endpoints(),
                        injection),
                reading.warnings());
    }

    private ServerConfig.KubeEndpoints endpoints() {
        return new ServerConfig.KubeEndpoints(
                reading.get(Settings.KUBE_ENDPOINTS),
                reading.get(Settings.KUBE_ENDPOINTS_PREFIX),
                text(Settings.KUBE_NAMESPACE),
                Arrays.stream(reading.get(Settings.KUBE_ENDPOINTS_NAMESPACES).split(","))
                        .filter(name -> !name.isEmpty())
                        .toList(),
                seconds(Settings.KUBE_ENDPOINTS_PERIOD_SECONDS),
                reach());
    }

    private ExecutorConfig.KubeReach reach() {
        return new ExecutorConfig.KubeReach(
                text(Settings.KUBECONFIG).map(Path::of),
                text(Settings.KUBE_POD_SELECTOR),
                text(Settings.KUBE_CONTAINER),
                whole(Settings.KUBE_COMMANDS_PER_NODE_MAX),
                seconds(Settings.KUBE_CONNECT_TIMEOUT_SECONDS),
                seconds(Settings.KUBE_KEEP_ALIVE_SECONDS),
                whole(Settings.KUBE_ANSWER_MAX_BYTES));
    }

    private EventsConfig events() {
        return new EventsConfig(
                whole(Settings.EVENT_READERS_MAX),
                whole(Settings.EVENT_RECENT_WRITES_MAX),
                whole(Settings.EVENT_RECENT_BYTES_MAX),
                Duration.ofSeconds(reading.get(Settings.EVENT_HEARTBEAT_SECONDS)),
                Duration.ofSeconds(reading.get(Settings.EVENT_STALLED_AFTER_SECONDS)),
                Duration.ofMinutes(reading.get(Settings.EVENT_STREAM_MINUTES)));
    }

    private HttpConfig http() {
        Optional<TlsFiles> tls = Optional.empty();
        String certificates = reading.get(Settings.CERT_FILE);
        String key = reading.get(Settings.KEY_FILE);
        if (reading.get(Settings.ENABLE_TLS)) {
            if (certificates.isEmpty() || key.isEmpty()) {
                reading.problem("Unable to parse configuration: enable_tls is true, but "
                        + (certificates.isEmpty() ? "cert_file" : "key_file") + " names no file");
            }
            tls = Optional.of(new TlsFiles(Path.of(certificates), Path.of(key)));
        }
        return new HttpConfig(
                bindAddress(),
                reading.get(Settings.PORT),
                tls,
                whole(Settings.BODY_MAX_BYTES),
                whole(Settings.DOCUMENT_MAX_BYTES),
                seconds(Settings.IDLE_TIMEOUT_SECONDS),
                whole(Settings.BODY_RATE_MIN),
                whole(Settings.CONNECTIONS_MAX),
                seconds(Settings.STOP_TIMEOUT_SECONDS));
    }

    private ReconcileConfig reconcile() {
        long minutes = reading.get(Settings.RECONCILE_PERIOD_MINUTES);
        return new ReconcileConfig(
                minutes == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(minutes)),
                whole(Settings.RECONCILE_NODES_AT_ONCE));
    }

    private Optional<BackupConfig> backups() {
        String folder = reading.get(Settings.BACKUP_FOLDER);
        return folder.isEmpty()
                ? Optional.empty()
                : Optional.of(new BackupConfig(
                        Path.of(folder),
                        Duration.ofMinutes(reading.get(Settings.BACKUP_PERIOD_MINUTES)),
                        whole(Settings.BACKUP_KEPT),
                        reading.get(Settings.BACKUP_KEEP_LOG)));
    }

    private Optional<InetAddress> bindAddress() {
        String address = reading.get(Settings.BIND_ADDRESS);
        try {
            return address.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            reading.problem("Unable to parse configuration: " + Settings.BIND_ADDRESS.key() + " is \"" + address
                    + "\"; allowed is " + Settings.BIND_ADDRESS.kind().allowed());
            return Optional.empty();
        }
    }

    private Optional<JwtConfig> jwt(Authentication authentication) {
        Secret admin = reading.get(Settings.ADMIN_KEY);
        Secret user = reading.get(Settings.USER_KEY);
        Duration leeway = seconds(Settings.IAT_LEEWAY_SECONDS);
        if (authentication == Authentication.DISABLED) {
            return Optional.empty();
        }
        if (admin.reveal().isEmpty() || user.reveal().isEmpty()) {
            reading.problem(
                    "Missing JWT information in config file: jwt.admin.key (or HEKETI_ADMIN_KEY) and jwt.user.key"
                            + " (or HEKETI_USER_KEY) must both be set, or the server started with --disable-auth");
        }
        return Optional.of(new JwtConfig(admin, user, leeway));
    }

    private AdminMode state() {
        String name = reading.get(Settings.DEFAULT_STATE);
        Optional<AdminMode> mode = AdminMode.named(name);
        if (mode.isEmpty()) {
            reading.problem("unable to set admin state: unknown admin state name: " + name + "; allowed is one of "
                    + Arrays.stream(AdminMode.values())
                            .map(AdminMode::wire)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        return mode.orElse(AdminMode.NORMAL);
    }

    private GlusterConfig gluster(Path data) {
        if (!file.hasObject("glusterfs")) {
            reading.problem("Unable to start application: the configuration has no object \"glusterfs\"");
        }
        String executor = reading.get(Settings.EXECUTOR);
        ExecutorConfig ssh = ssh(executor);
        ExecutorConfig kubernetes = kubernetes();
        ExecutorConfig simulated = simulated(data);
        NodeConfig sshNodes = nodes(Settings.SSH_NODES);
        NodeConfig kubeNodes = nodes(Settings.KUBE_NODES);
        boolean kube = executor.equals("kubernetes") || executor.equals("kube");
        ExecutorConfig chosen = switch (executor) {
            case "ssh", "inject/ssh" -> ssh;
            case "kubernetes", "kube" -> kubernetes;
            case "mock", "inject/mock" -> simulated;
            default -> {
                reading.problem("Unable to start application: invalid executor: " + executor
                        + "; allowed is one of inject/mock, inject/ssh, kube, kubernetes, mock, ssh");
                yield simulated;
            }
        };
        return new GlusterConfig(
                chosen,
                executor.startsWith("inject/"),
                kube ? kubeNodes : sshNodes,
                Path.of(reading.get(Settings.DB)),
                reading.get(Settings.DB_READ_ONLY),
                reading.get(Settings.LOG_LEVEL),
                placement(),
                reading.get(Settings.PRE_REQUEST_VOLUME_OPTIONS),
                reading.get(Settings.POST_REQUEST_VOLUME_OPTIONS),
                new Block(
                        reading.get(Settings.AUTO_CREATE_BLOCK_HOSTING_VOLUME),
                        whole(Settings.BLOCK_HOSTING_VOLUME_SIZE_GIB),
                        reading.get(Settings.BLOCK_HOSTING_VOLUME_OPTIONS)),
                new Periodic(
                        !reading.get(Settings.DISABLE_MONITOR),
                        seconds(Settings.MONITOR_START_SECONDS),
                        seconds(Settings.MONITOR_EVERY_SECONDS)),
                operations());
    }

    private Placement placement() {
        int smallest = whole(Settings.BRICK_MIN_SIZE_GIB);
        int largest = whole(Settings.BRICK_MAX_SIZE_GIB);
        if (smallest > largest) {
            reading.problem("Unable to parse configuration: " + Settings.BRICK_MIN_SIZE_GIB.key() + " is " + smallest
                    + "; allowed is at most " + Settings.BRICK_MAX_SIZE_GIB.key() + ", which is " + largest);
        }
        int volumes = whole(Settings.VOLUMES_PER_CLUSTER_MAX);
        return new Placement(
                smallest,
                largest,
                whole(Settings.BRICKS_PER_VOLUME_MAX),
                reading.get(Settings.AVERAGE_FILE_SIZE_KIB),
                volumes < 0 ? OptionalInt.empty() : OptionalInt.of(volumes),
                reading.get(Settings.ZONE_CHECKING));
    }

    private Operations operations() {
        int retries = whole(Settings.VOLUME_CREATE_RETRIES);
        return new Operations(
                whole(Settings.INFLIGHT_OPERATIONS_MAX),
                retries > 0
                        ? retries
                        : Settings.VOLUME_CREATE_RETRIES.fallback().intValue(),
                seconds(Settings.CLEANER_EVERY_SECONDS));
    }

    private ExecutorConfig ssh(String executor) {
        String keyFile = reading.get(Settings.SSH_KEYFILE);
        if (keyFile.isEmpty() && executor.endsWith("ssh")) {
            reading.problem("Unable to start application: Missing ssh private key file in configuration: set "
                    + Settings.SSH_KEYFILE.key() + " or HEKETI_SSH_KEYFILE");
        }
        List<Path> knownHosts = Arrays.stream(
                        reading.get(Settings.SSH_KNOWN_HOSTS).split(":"))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .toList();
        return new ExecutorConfig.Ssh(
                Path.of(keyFile),
                reading.get(Settings.SSH_USER),
                reading.get(Settings.SSH_PORT),
                reading.get(Settings.SSH_SUDO),
                knownHosts,
                whole(Settings.SSH_CHANNELS_PER_HOST_MAX),
                seconds(Settings.SSH_CONNECT_TIMEOUT_SECONDS),
                whole(Settings.SSH_ANSWER_MAX_BYTES));
    }

    private ExecutorConfig kubernetes() {
        int connections = whole(Settings.KUBE_CONNECTIONS_MAX);
        return new ExecutorConfig.Kubernetes(
                text(Settings.KUBE_NAMESPACE),
                reading.get(Settings.KUBE_DAEMONSET),
                reading.get(Settings.KUBE_USE_POD_NAMES),
                connections < 0 ? OptionalInt.empty() : OptionalInt.of(connections),
                !reading.get(Settings.KUBE_DISABLE_TIMEOUT_PREFIX),
                reach());
    }

    private ExecutorConfig simulated(Path data) {
        String folder = reading.get(Settings.SIMULATED_FOLDER);
        return new ExecutorConfig.Simulated(
                folder.isEmpty() ? Path.of(data + "-nodes") : Path.of(folder),
                reading.get(Settings.SIMULATED_DEVICE_SIZE_GIB),
                Duration.ofMillis(reading.get(Settings.SIMULATED_COMMAND_DELAY_MS)));
    }

    private NodeConfig nodes(Settings.NodeSettings settings) {
        return new NodeConfig(
                reading.get(settings.fstab),
                reading.get(settings.mountOptions),
                aboveZero(settings.snapshotLimit),
                reading.get(Settings.REBALANCE_ON_EXPANSION),
                reading.get(settings.backupLvmMetadata),
                seconds(settings.glusterCliTimeoutSeconds),
                reading.get(settings.pvDataAlignment),
                reading.get(settings.vgPhysicalExtentSize),
                reading.get(settings.lvChunkSize),
                aboveZero(settings.xfsSw),
                aboveZero(settings.xfsSu),
                reading.get(settings.debugUmountFailures),
                reading.get(settings.blockPrealloc),
                Arrays.stream(reading.get(settings.lvmWrapper).split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    private Path data() {
        String named = reading.get(Settings.DATA);
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        Path beside = Path.of(reading.get(Settings.DB)).getParent();
        Path folder = Path.of("bricklayer-data");
        return beside == null ? folder : beside.resolve(folder);
    }

    /** What must be an object and is something else. */
    private void objects() {
        Set<String> sections = Settings.all().stream()
                .map(Setting::key)
                .flatMap(ConfigFile::parents)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String section : sections) {
            if (file.at(section).isPresent()) {
                reading.problem("Unable to parse configuration: " + section + " is not an object");
            }
        }
    }

    private static Stream<String> parents(String key) {
        int dot = key.lastIndexOf('.');
        return dot < 0
                ? Stream.empty()
                : Stream.concat(Stream.of(key.substring(0, dot)), parents(key.substring(0, dot)));
    }

    private void ignored() {
        Set<String> known = Settings.all().stream().map(Setting::key).collect(Collectors.toCollection(TreeSet::new));
        for (String key : file.unknown(known)) {
            if (!key.startsWith("glusterfs.injectexec.")) {
                reading.warning(key + " is not known and ignored");
            }
        }
        for (Setting<?> setting : Settings.IGNORED) {
            if (!reading.get(setting).equals(setting.fallback())) {
                reading.warning(setting.name() + " has no effect");
            }
        }
        for (String name : Settings.VARIABLES_WITHOUT_EFFECT) {
            if (!environment.getOrDefault(name, "").isEmpty()) {
                reading.warning("environment variable " + name + " has no effect");
            }
        }
    }

    private Optional<String> text(Setting<String> setting) {
        return Optional.of(reading.get(setting)).filter(text -> !text.isEmpty());
    }

    private int whole(Setting<Long> setting) {
        return Math.toIntExact(reading.get(setting));
    }

    private Duration seconds(Setting<Long> setting) {
        return Duration.ofSeconds(reading.get(setting));
    }

    private OptionalInt aboveZero(Setting<Long> setting) {
        int value = whole(setting);
        return value > 0 ? OptionalInt.of(value) : OptionalInt.empty();
    }
}

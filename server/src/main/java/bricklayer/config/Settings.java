package bricklayer.config;

import static bricklayer.config.Setting.Unreadable.DEFAULT;
import static bricklayer.config.Setting.Unreadable.WITHOUT_EFFECT;

import bricklayer.config.GlusterConfig.LogLevel;
import bricklayer.config.GlusterConfig.ZoneChecking;
import bricklayer.config.Kind.Whole.Zero;
import bricklayer.config.Setting.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one table of what can be set: key, kind, default, variable, meaning. Reading a file, the manual and the tests all come from it. The keys and defaults
 * outside {@code bricklayer} are Heketi's; keys inside are ours, each with its unit at the end.
 */
final class Settings {

    private static final long UINT32_MAX = 4_294_967_295L;
    private static final long INT_MAX = Integer.MAX_VALUE;

    /** Gluster's own bound. */
    private static final long SNAPSHOTS_MAX = 256;

    private static final List<Setting<?>> ALL = new ArrayList<>();

    private static final Kind<Boolean> FLAG = new Kind.Flag();
    private static final Kind<Secret> HIDDEN = new Kind.Hidden();
    private static final Kind<String> TEXT = text(".*", "a text");
    private static final Kind<String> PATH = text("[^\\x00]+", "a path");
    private static final Kind<String> NODE_PATH = text("/[^\\s\\p{Cntrl}]+", "an absolute path without blanks");
    private static final Kind<String> LVM_SIZE =
            text("[0-9]{1,9}[bBsSkKmMgG]?", "a size as LVM writes it, such as 256K");
    private static final Kind<String> WORD = text("[^\\s\\p{Cntrl}]+", "a text without blanks");

    // the server

    static final Setting<Integer> PORT =
            add(Setting.of("port", new Kind.Port(), 0, "Port to listen on. Heketi takes it as a string only.")
                    .orVariable("HEKETI_HTTP_PORT"));
    static final Setting<Boolean> ENABLE_TLS = add(Setting.of("enable_tls", FLAG, false, "HTTPS instead of HTTP."));
    static final Setting<String> CERT_FILE = add(
            Setting.of("cert_file", PATH, "", "PEM file with the server's certificate, and those that vouch for it."));
    static final Setting<String> KEY_FILE =
            add(Setting.of("key_file", PATH, "", "PEM file with its private key, unencrypted: PKCS#8, RSA or EC."));
    static final Setting<Boolean> USE_AUTH = add(Setting.of(
            "use_auth",
            FLAG,
            true,
            "Without effect, as in Heketi 10: only `--disable-auth` switches authentication off."));
    static final Setting<Secret> ADMIN_KEY = add(Setting.of(
                    "jwt.admin.key",
                    HIDDEN,
                    new Secret(""),
                    "Key of the user `admin`, who may do everything. Required.")
            .orVariable("HEKETI_ADMIN_KEY"));
    static final Setting<Secret> USER_KEY = add(Setting.of(
                    "jwt.user.key",
                    HIDDEN,
                    new Secret(""),
                    "Key of the user `user`, who may list and create volumes. Required.")
            .orVariable("HEKETI_USER_KEY"));
    static final Setting<Long> IAT_LEEWAY_SECONDS =
            add(Setting.of("", whole(0, INT_MAX), 120L, "Seconds by which a token's `iat` may lie in the future.")
                    .orVariable(new Variable<>(
                            "HEKETI_JWT_IAT_LEEWAY_SECONDS",
                            whole(0, INT_MAX)::fromVariable,
                            DEFAULT,
                            "anything else: the default")));
    static final Setting<Boolean> BACKUP_DB_TO_KUBE_SECRET = add(Setting.of(
                    "backup_db_to_kube_secret",
                    FLAG,
                    false,
                    "Copy the records to a Kubernetes secret after each change.")
            .orVariable(switchedOnByAnything("HEKETI_BACKUP_DB_TO_KUBE_SECRET")));
    static final Setting<String> KUBE_DB_SECRET = add(
            Setting.of("", WORD, "heketi-db-backup", "Name of that secret.").orVariable("HEKETI_KUBE_DB_SECRET_NAME"));
    static final Setting<Boolean> PROFILING =
            add(Setting.of("profiling", FLAG, false, "Without effect: this server has no profiling paths.")
                    .orVariable(switchedOnByAnything("HEKETI_PROFILING")));
    static final Setting<String> DEFAULT_STATE = add(Setting.of(
                    "default_state",
                    TEXT,
                    "normal",
                    "Which requests are served at the start: `normal` (all), `read-only` (GET), `local-client` (GET, and all from 127.0.0.1 and ::1). `POST /admin` and SIGUSR2 change it until the next start.")
            .orVariable("HEKETI_DEFAULT_STATE"));

    // glusterfs

    static final Setting<String> EXECUTOR = add(Setting.of(
                    "glusterfs.executor",
                    TEXT,
                    "ssh",
                    "How nodes are reached: `ssh`, `kubernetes` (or `kube`), `mock` (simulated nodes), `inject/ssh`, `inject/mock` (for tests of failures).")
            .orVariable("HEKETI_EXECUTOR"));
    static final Setting<String> DB = add(Setting.of(
                    "glusterfs.db",
                    PATH,
                    "heketi.db",
                    "Heketi's database, which can be imported. The default data folder lies beside it.")
            .orVariable("HEKETI_DB_PATH"));
    static final Setting<Boolean> DB_READ_ONLY =
            add(Setting.of("glusterfs.db_read_only", FLAG, false, "Serve, but change nothing."));
    private static final Kind<LogLevel> LEVELS = new Kind.Choice<>(
            Arrays.stream(LogLevel.values()).collect(Collectors.toMap(LogLevel::wire, level -> level)), LogLevel.INFO);
    static final Setting<LogLevel> LOG_LEVEL = add(Setting.of(
                    "glusterfs.loglevel", LEVELS, LogLevel.INFO, "What is logged about the work on nodes.")
            .unreadableInFile(DEFAULT)
            .orVariable(new Variable<>(
                    "HEKETI_GLUSTERAPP_LOGLEVEL", LEVELS::fromVariable, DEFAULT, "anything else: the default")));
    static final Setting<Long> BRICK_MAX_SIZE_GIB =
            add(Setting.of("glusterfs.brick_max_size_gb", orDefault(1, INT_MAX), 4096L, "Largest brick, in GiB."));
    static final Setting<Long> BRICK_MIN_SIZE_GIB =
            add(Setting.of("glusterfs.brick_min_size_gb", orDefault(1, INT_MAX), 1L, "Smallest brick, in GiB."));
    static final Setting<Long> BRICKS_PER_VOLUME_MAX =
            add(Setting.of("glusterfs.max_bricks_per_volume", orDefault(1, INT_MAX), 32L, "Most bricks of a volume."));
    static final Setting<Long> AVERAGE_FILE_SIZE_KIB = add(Setting.of(
            "glusterfs.average_file_size_kb",
            orDefault(1, UINT32_MAX),
            64L,
            "Average file size in KiB, by which arbiter bricks are sized."));
    static final Setting<Long> VOLUMES_PER_CLUSTER_MAX = add(Setting.of(
                    "glusterfs.max_volumes_per_cluster",
                    orDefault(-INT_MAX, INT_MAX),
                    1000L,
                    "Most volumes of a cluster; negative for no limit.")
            .orVariable("HEKETI_GLUSTER_MAX_VOLUMES_PER_CLUSTER"));
    private static final Kind<ZoneChecking> ZONES =
            new Kind.Choice<>(Map.of("none", ZoneChecking.NONE, "strict", ZoneChecking.STRICT), ZoneChecking.NONE);
    static final Setting<ZoneChecking> ZONE_CHECKING = add(Setting.of(
                    "glusterfs.zone_checking",
                    ZONES,
                    ZoneChecking.NONE,
                    "`strict`: the bricks of a set lie in different zones.")
            .unreadableInFile(DEFAULT)
            .orVariable(new Variable<>("HEKETI_ZONE_CHECKING", ZONES::fromVariable, DEFAULT, "anything else: `none`")));
    static final Setting<String> PRE_REQUEST_VOLUME_OPTIONS = add(Setting.of(
                    "glusterfs.pre_request_volume_options",
                    TEXT,
                    "",
                    "Options set on each new volume before those of the request, comma-separated.")
            .orVariable("HEKETI_PRE_REQUEST_VOLUME_OPTIONS"));
    static final Setting<String> POST_REQUEST_VOLUME_OPTIONS = add(Setting.of(
                    "glusterfs.post_request_volume_options",
                    TEXT,
                    "",
                    "Options set on each new volume after those of the request, comma-separated.")
            .orVariable("HEKETI_POST_REQUEST_VOLUME_OPTIONS"));
    static final Setting<Boolean> AUTO_CREATE_BLOCK_HOSTING_VOLUME = add(Setting.of(
                    "glusterfs.auto_create_block_hosting_volume",
                    FLAG,
                    false,
                    "Make a block hosting volume when a block volume finds no room.")
            .orVariable(new Variable<>(
                    "HEKETI_AUTO_CREATE_BLOCK_HOSTING_VOLUME", FLAG::fromVariable, DEFAULT, "anything else: false")));
    static final Setting<Long> BLOCK_HOSTING_VOLUME_SIZE_GIB = add(Setting.of(
                    "glusterfs.block_hosting_volume_size",
                    orDefault(1, INT_MAX),
                    1024L,
                    "Size of such a volume, in GiB.")
            .orVariable(new Variable<>(
                    "HEKETI_BLOCK_HOSTING_VOLUME_SIZE",
                    orDefault(1, INT_MAX)::fromVariable,
                    DEFAULT,
                    "anything else: the default")));
    static final Setting<String> BLOCK_HOSTING_VOLUME_OPTIONS = add(Setting.of(
                    "glusterfs.block_hosting_volume_options",
                    TEXT,
                    "group gluster-block",
                    "Options of such a volume, comma-separated.")
            .orVariable("HEKETI_BLOCK_HOSTING_VOLUME_OPTIONS"));
    static final Setting<Boolean> DISABLE_MONITOR = add(Setting.of(
                    "glusterfs.disable_monitor_gluster_nodes",
                    FLAG,
                    false,
                    "Do not watch whether nodes answer; all count as up then.")
            .orVariable(switchedOnByTrueOnly("HEKETI_DISABLE_HEALTH_MONITOR")));
    static final Setting<Long> MONITOR_EVERY_SECONDS = add(Setting.of(
            "glusterfs.refresh_time_monitor_gluster_nodes",
            orDefault(1, UINT32_MAX),
            120L,
            "Seconds between two looks at the nodes. One that did not answer is looked at every 10 seconds."));
    static final Setting<Long> MONITOR_START_SECONDS = add(Setting.of(
            "glusterfs.start_time_monitor_gluster_nodes",
            orDefault(1, UINT32_MAX),
            10L,
            "Seconds from the start to the first look."));
    static final Setting<Long> INFLIGHT_OPERATIONS_MAX = add(Setting.of(
                    "glusterfs.max_inflight_operations",
                    orDefault(1, INT_MAX),
                    8L,
                    "Most operations that run for requests at the same time; more are answered 429.")
            .orVariable("HEKETI_MAX_INFLIGHT_OPERATIONS"));
    static final Setting<Boolean> DISABLE_CLEANER = add(Setting.of(
                    "glusterfs.disable_background_cleaner",
                    FLAG,
                    false,
                    "Without effect: operations that could not be ended are always taken up again, for that is what this server promises.")
            .orVariable(switchedOnByTrueOnly("HEKETI_DISABLE_BACKGROUND_CLEANER")));
    static final Setting<Long> CLEANER_EVERY_SECONDS = add(
            Setting.of(
                    "glusterfs.refresh_time_background_cleaner",
                    orDefault(1, UINT32_MAX),
                    3600L,
                    "Longest pause in seconds between two attempts at an operation that could not be ended; the first pause is a second and each is twice the one before. More than 300 counts as 300."));
    static final Setting<Long> CLEANER_START_SECONDS = add(Setting.of(
            "glusterfs.start_time_background_cleaner",
            orDefault(1, UINT32_MAX),
            60L,
            "Without effect: what an earlier process left is taken up at once, for its rows are held until then."));
    static final Setting<Long> VOLUME_CREATE_RETRIES = add(Setting.of(
            "glusterfs.operation_retry_limits.volume_create",
            orDefault(-INT_MAX, 1000),
            4L,
            "Times a volume create is planned anew when a node fails; 0 or less for the default."));
    static final Setting<String> ALLOCATOR =
            add(Setting.of("glusterfs.allocator", TEXT, "", "Without effect, as in Heketi 10."));

    // commands on nodes

    /** The keys that {@code sshexec} and {@code kubeexec} have in common. */
    static final NodeSettings SSH_NODES = new NodeSettings("glusterfs.sshexec.");

    static final Setting<String> SSH_KEYFILE = add(Setting.of(
                    "glusterfs.sshexec.keyfile",
                    PATH,
                    "",
                    "Private key file for the nodes. Required with the executor `ssh`.")
            .orVariable("HEKETI_SSH_KEYFILE"));
    static final Setting<String> SSH_USER =
            add(Setting.of("glusterfs.sshexec.user", WORD, "heketi", "User on the nodes.")
                    .orVariable("HEKETI_SSH_USER"));
    static final Setting<Integer> SSH_PORT =
            add(Setting.of("glusterfs.sshexec.port", new Kind.Port(), 22, "Port of sshd on the nodes, a string too.")
                    .orVariable("HEKETI_SSH_PORT"));
    static final Setting<Boolean> SSH_SUDO =
            add(Setting.of("glusterfs.sshexec.sudo", FLAG, false, "Run commands through sudo."));
    static final Setting<String> SSH_KNOWN_HOSTS =
            add(Setting.of("", PATH, "", "Files with the nodes' host keys, separated by colons.")
                    .orVariable("SSH_KNOWN_HOSTS"));

    static final NodeSettings KUBE_NODES = new NodeSettings("glusterfs.kubeexec.");

    static final Setting<String> KUBE_NAMESPACE = add(Setting.of(
                    "glusterfs.kubeexec.namespace",
                    WORD,
                    "",
                    "Namespace of the gluster pods; empty for that of the service account.")
            .orVariable("HEKETI_KUBE_NAMESPACE"));
    static final Setting<Boolean> KUBE_DAEMONSET = add(Setting.of(
                    "glusterfs.kubeexec.gluster_daemonset",
                    FLAG,
                    false,
                    "Find the pod of a node by label `glusterfs-node` and node name.")
            .orVariable(firstLetter("HEKETI_KUBE_GLUSTER_DAEMONSET")));
    static final Setting<Boolean> KUBE_USE_POD_NAMES = add(Setting.of(
                    "glusterfs.kubeexec.use_pod_names",
                    FLAG,
                    false,
                    "A node's manage host name is the name of its pod.")
            .orVariable(firstLetter("HEKETI_KUBE_USE_POD_NAMES")));
    static final Setting<Long> KUBE_CONNECTIONS_MAX = add(Setting.of(
            "glusterfs.kubeexec.max_connections",
            orDefault(-INT_MAX, INT_MAX),
            64L,
            "Most commands at the same time; negative for no limit."));
    static final Setting<Boolean> KUBE_DISABLE_TIMEOUT_PREFIX = add(Setting.of(
            "glusterfs.kubeexec.disable_timeout_prefix", FLAG, false, "Do not put `timeout` before commands."));

    // ours

    static final Setting<String> DATA = add(Setting.of(
                    "bricklayer.data",
                    PATH,
                    "",
                    "Folder for everything this server remembers. Default: `bricklayer-data` beside the file named by `glusterfs.db` if that is named, else in the working directory.")
            .orVariable("BRICKLAYER_DATA"));
    static final Setting<String> BIND_ADDRESS = add(Setting.of(
            "bricklayer.http.bind_address",
            text("[0-9a-fA-F:.]+", "an IP address"),
            "",
            "Address to listen on; empty for all."));
    static final Setting<Long> BODY_MAX_BYTES = add(Setting.of(
            "bricklayer.http.body_max_bytes",
            whole(1024, 1L << 30),
            1L << 20,
            "Largest request body; larger ones are answered 413."));
    static final Setting<Long> DOCUMENT_MAX_BYTES = add(Setting.of(
            "bricklayer.http.document_max_bytes",
            whole(1024, 1L << 30),
            64L << 20,
            "Largest file in a request, as a dump that is imported; larger ones are answered 413."));
    static final Setting<Long> IDLE_TIMEOUT_SECONDS = add(Setting.of(
            "bricklayer.http.idle_timeout_seconds",
            whole(1, 86_400),
            60L,
            "A connection on which nothing moves for so long is closed."));
    static final Setting<Long> BODY_RATE_MIN = add(Setting.of(
            "bricklayer.http.body_rate_min_bytes_per_second",
            whole(0, 1L << 30),
            100L,
            "A request body that comes slower is cut off; 0 for no limit."));
    static final Setting<Long> CONNECTIONS_MAX = add(Setting.of(
            "bricklayer.http.connections_max", whole(1, 1_000_000), 4096L, "Most open connections; more wait."));
    static final Setting<Long> STOP_TIMEOUT_SECONDS = add(Setting.of(
            "bricklayer.http.stop_timeout_seconds",
            whole(0, 3600),
            10L,
            "How long requests in flight may take when the server stops."));
    static final Setting<Long> ANSWERS_KEPT_HOURS = add(Setting.of(
            "bricklayer.queue.answers_kept_hours",
            whole(1, 24 * 365),
            24L,
            "How long the answers of ended operations are kept for `GET /queue/<id>`."));
    static final Setting<Long> ANSWERS_MAX = add(Setting.of(
            "bricklayer.queue.answers_max",
            whole(1, 10_000_000),
            10_000L,
            "How many such answers are kept at most; the oldest go first."));
    static final Setting<Long> QUEUE_WAIT_MS = add(
            Setting.of(
                    "bricklayer.queue.wait_ms",
                    whole(0, 10_000),
                    500L,
                    "How long `GET /queue/<id>` waits for the end of an operation that runs before it answers that it is pending; 0 to answer at once."));
    static final Setting<Long> REPEATS_RECOGNISED_MINUTES = add(
            Setting.of(
                    "bricklayer.queue.repeats_recognised_minutes",
                    whole(0, 60 * 24),
                    60L,
                    "How long after its end a volume that the in-tree driver of Kubernetes asked for, and of which nobody was told, is given to the same request when it comes again; 0 for never. See [kubernetes.md](kubernetes.md#the-in-tree-driver)."));
    static final Setting<Long> REPEATS_SILENCE_SECONDS = add(
            Setting.of(
                    "bricklayer.queue.repeats_silence_seconds",
                    whole(1, 3600),
                    5L,
                    "Nobody has asked `GET /queue/<id>` for so long, and for twice `bricklayer.queue.wait_ms`: that driver, which asks several times a second, has given the request up."));
    static final Setting<Long> PLANS_KEPT_MINUTES = add(Setting.of(
            "bricklayer.plans.kept_minutes",
            whole(1, 60 * 24 * 7),
            60L,
            "How long a plan (`dryRun=true`) can be carried out."));
    static final Setting<Long> PLANS_MAX = add(Setting.of(
            "bricklayer.plans.max",
            whole(1, 100_000),
            200L,
            "How many plans are kept at most, in memory; the oldest go first."));
    static final Setting<Long> EVENT_READERS_MAX = add(Setting.of(
            "bricklayer.events.readers_max",
            whole(0, 10_000),
            100L,
            "Streams of events (`GET /events`) at the same time; more are answered 429."));
    static final Setting<Long> EVENT_RECENT_WRITES_MAX = add(Setting.of(
            "bricklayer.events.recent_writes_max",
            whole(1, 1_000_000),
            1_000L,
            "So many of the newest writes are kept in memory for readers that keep up; others read the log."));
    static final Setting<Long> EVENT_RECENT_BYTES_MAX = add(Setting.of(
            "bricklayer.events.recent_bytes_max",
            whole(1 << 10, 1L << 30),
            16L << 20,
            "What their events take in memory together, at most."));
    static final Setting<Long> EVENT_HEARTBEAT_SECONDS = add(
            Setting.of(
                    "bricklayer.events.heartbeat_seconds",
                    whole(1, 3600),
                    10L,
                    "A stream on which nothing happens gives a sign of life so often. Less than `bricklayer.http.idle_timeout_seconds`."));
    static final Setting<Long> EVENT_STALLED_AFTER_SECONDS = add(Setting.of(
            "bricklayer.events.stalled_after_seconds",
            whole(1, 3600),
            30L,
            "A reader that takes nothing for so long is cut off; it can come again and go on where it was."));
    static final Setting<Long> EVENT_STREAM_MINUTES = add(Setting.of(
            "bricklayer.events.stream_minutes",
            whole(1, 60 * 24),
            60L,
            "A stream ends after this, so that its reader shows a new token."));
    static final Setting<Long> SSH_CHANNELS_PER_HOST_MAX = add(
            Setting.of(
                    "bricklayer.ssh.channels_per_host_max",
                    whole(1, 10),
                    6L,
                    "Commands at the same time on one node. sshd refuses more than its MaxSessions (10), and sometimes a few before."));
    static final Setting<Long> SSH_CONNECT_TIMEOUT_SECONDS =
            add(Setting.of("bricklayer.ssh.connect_timeout_seconds", whole(1, 600), 10L, "Time to connect to a node."));
    static final Setting<Long> SSH_ANSWER_MAX_BYTES = add(
            Setting.of(
                    "bricklayer.ssh.answer_max_bytes",
                    whole(1 << 20, 1L << 30),
                    128L << 20,
                    "Longest answer of a command on a node; a longer one counts as unreadable. What gluster says of all volumes of a cluster takes some 5,000 bytes a volume."));
    static final Setting<Long> RECONCILE_PERIOD_MINUTES = add(
            Setting.of(
                    "bricklayer.reconcile.period_minutes",
                    whole(0, 525_600),
                    1440L,
                    "How often the records are compared with all nodes by themselves, which changes nothing; first ten minutes after the start, or after this time if that is shorter. 0 for never."));
    static final Setting<Long> RECONCILE_NODES_AT_ONCE = add(Setting.of(
            "bricklayer.reconcile.nodes_at_once",
            whole(1, 1000),
            32L,
            "How many nodes are asked side by side while records and nodes are compared."));
    static final Setting<String> KUBECONFIG = add(
            Setting.of(
                    "bricklayer.kube.kubeconfig",
                    PATH,
                    "",
                    "File that tells where the API server of Kubernetes is and who we are to it. Default: the service account of the pod that this server runs in, else `KUBECONFIG` or `~/.kube/config`."));
    static final Setting<String> KUBE_POD_SELECTOR = add(
            Setting.of(
                    "bricklayer.kube.pod_selector",
                    WORD,
                    "",
                    "Labels of all gluster pods, as `kubectl -l` takes them. Default: `glusterfs-node` (any value), or all pods of the namespace with `use_pod_names`."));
    static final Setting<String> KUBE_CONTAINER = add(
            Setting.of(
                    "bricklayer.kube.container",
                    WORD,
                    "",
                    "Container of the gluster pods that gets the commands. Default: the one that the pod's annotation `kubectl.kubernetes.io/default-container` names, else the first."));
    static final Setting<Long> KUBE_COMMANDS_PER_NODE_MAX = add(Setting.of(
            "bricklayer.kube.commands_per_node_max",
            whole(1, 1000),
            8L,
            "Commands at the same time in one gluster pod."));
    static final Setting<Long> KUBE_CONNECT_TIMEOUT_SECONDS = add(Setting.of(
            "bricklayer.kube.connect_timeout_seconds",
            whole(1, 600),
            10L,
            "Time to reach the API server, and for its answer to a request that changes nothing."));
    static final Setting<Boolean> KUBE_ENDPOINTS = add(
            Setting.of(
                    "bricklayer.kube.endpoints",
                    FLAG,
                    false,
                    "Keep a headless service and endpoints for each cluster, with the storage addresses of its nodes. See [kubernetes.md](kubernetes.md#endpoints)."));
    static final Setting<String> KUBE_ENDPOINTS_PREFIX = add(Setting.of(
            "bricklayer.kube.endpoints_prefix",
            text("[a-z]([-a-z0-9]{0,29}[-a-z0-9])?", "small letters, digits and -, at most 31"),
            "glusterfs-",
            "Their names are this and the id of the cluster. Two servers that use a namespace need different ones."));
    static final Setting<String> KUBE_ENDPOINTS_NAMESPACES = add(
            Setting.of(
                    "bricklayer.kube.endpoints_namespaces",
                    WORD,
                    "",
                    "Namespaces where they are kept, comma-separated: those of the pods that mount volumes. Default: that of the gluster pods."));
    static final Setting<Long> KUBE_ENDPOINTS_PERIOD_SECONDS = add(
            Setting.of(
                    "bricklayer.kube.endpoints_period_seconds",
                    whole(1, 86_400),
                    60L,
                    "How often they are looked at when nothing has changed here, so that what others did to them is repaired."));
    static final Setting<Long> KUBE_ANSWER_MAX_BYTES = add(Setting.of(
            "bricklayer.kube.answer_max_bytes",
            whole(1 << 20, 1L << 30),
            128L << 20,
            "Longest answer of a command in a gluster pod; a longer one counts as unreadable."));
    static final Setting<Long> KUBE_KEEP_ALIVE_SECONDS = add(
            Setting.of(
                    "bricklayer.kube.keep_alive_seconds",
                    whole(1, 600),
                    10L,
                    "Silence after which the API server is asked for a sign of life while a command runs; after three without one the command is given up, and its outcome looked for."));
    static final Setting<String> SIMULATED_FOLDER = add(Setting.of(
            "bricklayer.simulated.folder",
            PATH,
            "",
            "Where simulated nodes keep their state. Default: the data folder's name with `-nodes` added."));
    static final Setting<Long> SIMULATED_DEVICE_SIZE_GIB = add(Setting.of(
                    "bricklayer.simulated.device_size_gib",
                    whole(1, 1L << 30),
                    500L,
                    "Size of simulated devices, in GiB.")
            .orVariable("HEKETI_MOCK_DEVICE_SIZE_GB"));
    static final Setting<Long> SIMULATED_COMMAND_DELAY_MS = add(Setting.of(
            "bricklayer.simulated.command_delay_ms",
            whole(0, 600_000),
            0L,
            "How long each command on a simulated node takes."));
    static final Setting<Long> CHECKPOINT_BYTES = add(Setting.of(
            "bricklayer.store.checkpoint_bytes",
            whole(1L << 16, 1L << 40),
            64L << 20,
            "A checkpoint of the records is written after so many bytes of log."));
    static final Setting<Long> FLUSH_MAX_SECONDS = add(
            Setting.of(
                    "bricklayer.store.flush_max_seconds",
                    whole(1, 3600),
                    30L,
                    "A disk that takes longer for one flush is taken for hanging, and `/healthz/ready` fails until it has returned."));

    static final Setting<String> BACKUP_FOLDER = add(Setting.of(
            "bricklayer.backup.folder",
            PATH,
            "",
            "Where backups of the records are made by themselves; best on another disk. Default: none are made."));
    static final Setting<Long> BACKUP_PERIOD_MINUTES = add(Setting.of(
            "bricklayer.backup.period_minutes", whole(1, 525_600), 60L, "Time from one backup to the next."));
    static final Setting<Long> BACKUP_KEPT = add(Setting.of(
            "bricklayer.backup.kept", whole(1, 100_000), 48L, "How many backups are kept; the oldest go first."));
    static final Setting<Boolean> BACKUP_KEEP_LOG = add(
            Setting.of(
                    "bricklayer.backup.keep_log",
                    FLAG,
                    false,
                    "Move segments of the log that are not needed any more to the folder `log` beside the backups, as far back as the oldest backup, so that the records of any moment can be restored."));

    static final Setting<Boolean> FAULT_INJECTION = add(Setting.of(
                    "bricklayer.fault_injection",
                    FLAG,
                    false,
                    "Let an administrator make things go wrong on purpose, see [game days](game-days.md). The same as `--allow-fault-injection`. Not for servers whose data counts.")
            .orVariable(switchedOnByTrueOnly("BRICKLAYER_FAULT_INJECTION")));
    static final Setting<String> FAULT_RULES = add(Setting.of(
            "bricklayer.fault_rules",
            PATH,
            "",
            "File of fault rules in force from the start on, where fault injection is allowed."));

    /** The settings of commands on nodes, under one of two objects; the variables hold for both. */
    static final class NodeSettings {

        final Setting<String> fstab;
        final Setting<String> mountOptions;
        final Setting<Long> snapshotLimit;
        final Setting<Boolean> rebalanceInFile;
        final Setting<Boolean> backupLvmMetadata;
        final Setting<Long> glusterCliTimeoutSeconds;
        final Setting<String> pvDataAlignment;
        final Setting<String> vgPhysicalExtentSize;
        final Setting<String> lvChunkSize;
        final Setting<Long> xfsSw;
        final Setting<Long> xfsSu;
        final Setting<Boolean> debugUmountFailures;
        final Setting<String> blockPrealloc;
        final Setting<String> lvmWrapper;

        private NodeSettings(String prefix) {
            fstab = add(
                    Setting.of(prefix + "fstab", NODE_PATH, "/etc/fstab", "File on the node for the mounts of bricks.")
                            .orVariable("HEKETI_FSTAB"));
            mountOptions =
                    add(Setting.of(prefix + "mountopts", WORD, "rw,inode64,noatime,nouuid", "Mount options of bricks.")
                            .orVariable("HEKETI_MOUNT_OPTS"));
            snapshotLimit = add(Setting.of(
                            prefix + "snapshot_limit",
                            whole(0, SNAPSHOTS_MAX),
                            0L,
                            "How many snapshots gluster lets a volume have, set when a node joins others in its cluster; 0 to leave it.")
                    .orVariable("HEKETI_SNAPSHOT_LIMIT"));
            rebalanceInFile = add(Setting.of(
                    prefix + "rebalance_on_expansion",
                    FLAG,
                    true,
                    "Without effect, as in Heketi 10: see `HEKETI_GLUSTERAPP_REBALANCE_ON_EXPANSION`."));
            backupLvmMetadata = add(Setting.of(
                    prefix + "backup_lvm_metadata", FLAG, false, "Let LVM keep its own backups of metadata."));
            glusterCliTimeoutSeconds = add(Setting.of(
                            prefix + "gluster_cli_timeout",
                            orDefault(1, UINT32_MAX),
                            600L,
                            "Seconds that one gluster command may take.")
                    .orVariable("HEKETI_GLUSTER_CLI_TIMEOUT"));
            pvDataAlignment =
                    add(Setting.of(prefix + "pv_data_alignment", LVM_SIZE, "256K", "Alignment of physical volumes."));
            vgPhysicalExtentSize =
                    add(Setting.of(prefix + "vg_physicalextentsize", LVM_SIZE, "4M", "Extent size of volume groups."));
            lvChunkSize = add(Setting.of(prefix + "lv_chunksize", LVM_SIZE, "256K", "Chunk size of thin pools."));
            xfsSw = add(Setting.of(
                    prefix + "xfs_sw",
                    whole(0, INT_MAX),
                    0L,
                    "Stripe width for mkfs.xfs in stripe units; 0 to leave it."));
            xfsSu = add(Setting.of(
                    prefix + "xfs_su", whole(0, INT_MAX), 0L, "Stripe unit for mkfs.xfs in bytes; 0 to leave it."));
            debugUmountFailures = add(Setting.of(
                            prefix + "debug_umount_failures",
                            FLAG,
                            false,
                            "Look what holds a brick when it cannot be unmounted.")
                    .orVariable("HEKETI_DEBUG_UMOUNT_FAILURES"));
            blockPrealloc = add(Setting.of(
                            prefix + "block_prealloc",
                            text("[a-zA-Z0-9_-]+", "letters, digits, - and _"),
                            "full",
                            "Preallocation of block volumes.")
                    .orVariable("HEKETI_BLOCK_VOLUME_DEFAULT_PREALLOC"));
            lvmWrapper =
                    add(Setting.of(prefix + "lvm_wrapper", TEXT, "", "Program and arguments put before LVM commands.")
                            .orVariable("HEKETI_LVM_WRAPPER"));
        }
    }

    static final Setting<Boolean> REBALANCE_ON_EXPANSION = add(Setting.of(
                    "", FLAG, true, "Spread the data of a distributed volume over the bricks that an expansion adds.")
            .orVariable("HEKETI_GLUSTERAPP_REBALANCE_ON_EXPANSION"));

    /** What is taken and changes nothing; a warning says so where it is not left at its default. */
    static final List<Setting<?>> IGNORED = List.of(
            USE_AUTH,
            PROFILING,
            SSH_NODES.rebalanceInFile,
            KUBE_NODES.rebalanceInFile,
            DISABLE_CLEANER,
            CLEANER_START_SECONDS,
            ALLOCATOR);

    /** Variables that some manuals of Heketi name, without effect there and here. */
    static final List<String> VARIABLES_WITHOUT_EFFECT = List.of(
            "HEKETI_IGNORE_STALE_OPERATIONS",
            "HEKETI_KUBE_APIHOST",
            "HEKETI_KUBE_CERTFILE",
            "HEKETI_KUBE_INSECURE",
            "HEKETI_KUBE_USER",
            "HEKETI_KUBE_PASSWORD");

    private Settings() {}

    /** In the order of the manual. */
    static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }

    private static Kind<String> text(String pattern, String allowed) {
        return new Kind.Text(Pattern.compile(pattern, Pattern.DOTALL), allowed);
    }

    private static Kind.Whole whole(long min, long max) {
        return new Kind.Whole(min, max, Zero.IS_A_VALUE);
    }

    private static Kind.Whole orDefault(long min, long max) {
        return new Kind.Whole(min, max, Zero.STANDS_FOR_DEFAULT);
    }

    private static Variable<Boolean> switchedOnByAnything(String name) {
        return new Variable<>(name, _ -> Optional.of(true), WITHOUT_EFFECT, "any text, even `false`, switches it on");
    }

    private static Variable<Boolean> switchedOnByTrueOnly(String name) {
        return new Variable<>(
                name,
                text -> text.equals("true") ? Optional.of(true) : Optional.empty(),
                WITHOUT_EFFECT,
                "only `true` has an effect");
    }

    private static Variable<Boolean> firstLetter(String name) {
        return new Variable<>(
                name,
                text -> switch (text.charAt(0)) {
                    case 'y', 'Y', '1' -> Optional.of(true);
                    case 'n', 'N', '0' -> Optional.of(false);
                    default -> Optional.empty();
                },
                WITHOUT_EFFECT,
                "first letter `y` or `1`, `n` or `0`");
    }
}

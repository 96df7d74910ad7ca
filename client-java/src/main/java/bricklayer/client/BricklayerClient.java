package bricklayer.client;

import bricklayer.api.AbandonedOperationList;
import bricklayer.api.AdminStatus;
import bricklayer.api.BackupList;
import bricklayer.api.BlockRestrictionRequest;
import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeExpandRequest;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BlockVolumeList;
import bricklayer.api.BrickEvictRequest;
import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.ClusterInfo;
import bricklayer.api.ClusterList;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceDeleteRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.api.DoctorReport;
import bricklayer.api.DoctorRequest;
import bricklayer.api.Drift;
import bricklayer.api.FaultReport;
import bricklayer.api.FaultRules;
import bricklayer.api.HeketiExport;
import bricklayer.api.ImportReport;
import bricklayer.api.LogLevels;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeInfo;
import bricklayer.api.OperationInfo;
import bricklayer.api.OperationsCleanupRequest;
import bricklayer.api.OperationsHealth;
import bricklayer.api.OperationsInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.PendingOperationDetails;
import bricklayer.api.PendingOperationList;
import bricklayer.api.PlanInfo;
import bricklayer.api.QuarantinedForgetRequest;
import bricklayer.api.RebootCheck;
import bricklayer.api.RebuildReport;
import bricklayer.api.RebuildRequest;
import bricklayer.api.RepairAnswer;
import bricklayer.api.RepairRequest;
import bricklayer.api.StampReport;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.TopologyFile;
import bricklayer.api.TopologyInfo;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeExpandRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.VolumeList;
import bricklayer.api.WireJson;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A blocking client. Every call returns when what it asks for has happened, operations included.
 *
 * <pre>{@code
 * BricklayerClient client = BricklayerClient.to(URI.create("http://localhost:8080"))
 *         .as(Credentials.admin("My Secret"))
 *         .build();
 * VolumeInfo volume = client.createVolume(VolumeCreateRequest.of(10, Durability.replicate(3)));
 * }</pre>
 *
 * <p>Each mutating call carries a fresh {@code Idempotency-Key}, so that it acts once even where the client has to repeat it. Thread-safe.
 *
 * <p>All calls throw {@link RequestRefused} (the server said no; its subclasses say why), {@link ServerUnreachable} (nothing changed), mutating ones also
 * {@link OutcomeUnknown}, and all {@link UnexpectedAnswer} when the other side does not speak this API. Interrupting the thread ends the wait, not the operation.
 */
public final class BricklayerClient {

    private static final int KEY_BYTES = 16;
    private static final String LOGGER = "glusterfs";

    private final Exchange exchange;
    private final QueueFollower follower;
    private final RandomGenerator random;
    private final @Nullable String fixedKey;

    private BricklayerClient(
            Exchange exchange, QueueFollower follower, RandomGenerator random, @Nullable String fixedKey) {
        this.exchange = exchange;
        this.follower = follower;
        this.random = random;
        this.fixedKey = fixedKey;
    }

    /**
     * Begins to describe a client; nothing is sent yet.
     *
     * @param server such as {@code http://localhost:8080}; a path in it is put before every path and signed
     */
    public static Builder to(URI server) {
        return new Builder(server);
    }

    /** The same client, for one mutating call that must act once even if it is repeated by another process: each of its calls carries this key. */
    public BricklayerClient withIdempotencyKey(String key) {
        return new BricklayerClient(exchange, follower, random, Objects.requireNonNull(key, "key"));
    }

    /** What the server says when it is there; asks for no credentials. */
    public String hello() {
        return exchange.read("/hello").require(200).text();
    }

    public ClusterInfo createCluster(ClusterCreateRequest request) {
        return exchange.change("POST", "/clusters", request, key()).require(201).as(ClusterInfo.class);
    }

    /** Ids, ascending. */
    public List<String> clusters() {
        return exchange.read("/clusters").require(200).as(ClusterList.class).clusters();
    }

    public ClusterInfo cluster(String id) {
        return exchange.read("/clusters/" + segment(id)).require(200).as(ClusterInfo.class);
    }

    public void setClusterFlags(String id, ClusterFlagsRequest request) {
        exchange.change("POST", "/clusters/" + segment(id) + "/flags", request, key())
                .require(200);
    }

    /** Refused with {@link Conflict} while it has nodes or volumes. */
    public void deleteCluster(String id) {
        exchange.change("DELETE", "/clusters/" + segment(id), null, key()).require(200);
    }

    public NodeInfo addNode(NodeAddRequest request) {
        return operate("POST", "/nodes", request).require(200).as(NodeInfo.class);
    }

    public NodeInfo node(String id) {
        return exchange.read("/nodes/" + segment(id)).require(200).as(NodeInfo.class);
    }

    public void setNodeState(String id, StateRequest request) {
        operate("POST", "/nodes/" + segment(id) + "/state", request).require(204);
    }

    /** The tags as they are now. */
    public Map<String, String> changeNodeTags(String id, TagsChangeRequest request) {
        return changeTags("/nodes/" + segment(id) + "/tags", request);
    }

    /** Refused with {@link Conflict} while it has devices. */
    public void deleteNode(String id) {
        operate("DELETE", "/nodes/" + segment(id), null).require(204);
    }

    /** The new device's id is found on its node. */
    public void addDevice(DeviceAddRequest request) {
        operate("POST", "/devices", request).require(204);
    }

    public DeviceInfo device(String id) {
        return exchange.read("/devices/" + segment(id)).require(200).as(DeviceInfo.class);
    }

    public void setDeviceState(String id, StateRequest request) {
        operate("POST", "/devices/" + segment(id) + "/state", request).require(204);
    }

    /** The tags as they are now. */
    public Map<String, String> changeDeviceTags(String id, TagsChangeRequest request) {
        return changeTags("/devices/" + segment(id) + "/tags", request);
    }

    /** Looks at the node how large the device is and records it. */
    public void resyncDevice(String id) {
        operate("GET", "/devices/" + segment(id) + "/resync", null).require(204);
    }

    /** Refused unless its state is {@code failed}, and with {@link Conflict} while it has bricks. */
    public void deleteDevice(String id) {
        operate("DELETE", "/devices/" + segment(id), null).require(204);
    }

    public void deleteDevice(String id, DeviceDeleteRequest request) {
        operate("DELETE", "/devices/" + segment(id), request).require(204);
    }

    public VolumeInfo createVolume(VolumeCreateRequest request) {
        return operate("POST", "/volumes", request).require(200).as(VolumeInfo.class);
    }

    /** Ids, ascending. */
    public List<String> volumes() {
        return exchange.read("/volumes").require(200).as(VolumeList.class).volumes();
    }

    public VolumeInfo volume(String id) {
        return exchange.read("/volumes/" + segment(id)).require(200).as(VolumeInfo.class);
    }

    /**
     * Makes a volume larger.
     *
     * @param addGiB how much to add; not the new size
     */
    public VolumeInfo expandVolume(String id, long addGiB) {
        return operate("POST", "/volumes/" + segment(id) + "/expand", new VolumeExpandRequest(addGiB))
                .require(200)
                .as(VolumeInfo.class);
    }

    public void deleteVolume(String id) {
        operate("DELETE", "/volumes/" + segment(id), null).require(204);
    }

    /** The copy; it shares what both have in common until one of them is written to. */
    public VolumeInfo cloneVolume(String id, VolumeCloneRequest request) {
        return operate("POST", "/volumes/" + segment(id) + "/clone", request)
                .require(200)
                .as(VolumeInfo.class);
    }

    /** Says whether new block volumes may go to a volume that hosts them. */
    public VolumeInfo setBlockRestriction(String id, BlockRestrictionRequest request) {
        return operate("POST", "/volumes/" + segment(id) + "/block-restriction", request)
                .require(200)
                .as(VolumeInfo.class);
    }

    public BlockVolumeInfo createBlockVolume(BlockVolumeCreateRequest request) {
        return operate("POST", "/blockvolumes", request).require(200).as(BlockVolumeInfo.class);
    }

    /** Ids, ascending. */
    public List<String> blockVolumes() {
        return exchange.read("/blockvolumes")
                .require(200)
                .as(BlockVolumeList.class)
                .blockVolumes();
    }

    public BlockVolumeInfo blockVolume(String id) {
        return exchange.read("/blockvolumes/" + segment(id)).require(200).as(BlockVolumeInfo.class);
    }

    /**
     * Makes a block volume larger.
     *
     * @param totalGiB the new size; not how much to add
     */
    public BlockVolumeInfo expandBlockVolume(String id, long totalGiB) {
        return operate("POST", "/blockvolumes/" + segment(id) + "/expand", new BlockVolumeExpandRequest(totalGiB))
                .require(200)
                .as(BlockVolumeInfo.class);
    }

    public void deleteBlockVolume(String id) {
        operate("DELETE", "/blockvolumes/" + segment(id), null).require(204);
    }

    /** Replaces a brick by a new one elsewhere, with its data. */
    public void evictBrick(String id, BrickEvictRequest request) {
        operate("POST", "/bricks/to-evict/" + segment(id), request).require(204);
    }

    public OperationsInfo operations() {
        return exchange.read("/operations").require(200).as(OperationsInfo.class);
    }

    /** How the server itself is, and what to do about whatever is not well. */
    public OperationsHealth health() {
        return exchange.read("/operations/health").require(200).as(OperationsHealth.class);
    }

    /** What is wrong with the nodes, and how to mend it. */
    public DoctorReport doctor() {
        return exchange.read("/doctor").require(200).as(DoctorReport.class);
    }

    /** What is wrong with one node. */
    public DoctorReport doctor(String node) {
        return exchange.read("/nodes/" + segment(node) + "/doctor").require(200).as(DoctorReport.class);
    }

    /** What would be in the way of adding a host. */
    public DoctorReport doctor(DoctorRequest request) {
        return exchange.change("POST", "/doctor", request, key()).require(200).as(DoctorReport.class);
    }

    /** Whether a node can be restarted now. */
    public RebootCheck rebootCheck(String node) {
        return exchange.read("/nodes/" + segment(node) + "/reboot-check")
                .require(200)
                .as(RebootCheck.class);
    }

    /** The backups that the server makes by itself. */
    public BackupList backups() {
        return exchange.read("/backups").require(200).as(BackupList.class);
    }

    /** Has the server make one more, read it back and check it; the newest of those in the answer holds everything. */
    public BackupList backUp() {
        return exchange.change("POST", "/backups", Map.of(), key()).require(201).as(BackupList.class);
    }

    /** Deletes a row that the server cannot read, for good. What it speaks of is not touched on any node. */
    public void forgetQuarantined(QuarantinedForgetRequest request) {
        exchange.change("POST", "/operations/quarantined/forget", request, key())
                .require(204);
    }

    /** Ascending by id. */
    public List<PendingOperation> pendingOperations() {
        return exchange.read("/operations/pending")
                .require(200)
                .as(PendingOperationList.class)
                .pendingOperations();
    }

    public PendingOperationDetails pendingOperation(String id) {
        return exchange.read("/operations/pending/" + segment(id)).require(200).as(PendingOperationDetails.class);
    }

    /** Asks the server to bring operations to an end that are stale or failed. Which of them did end is seen in {@link #pendingOperations}. */
    public void cleanUpOperations(OperationsCleanupRequest request) {
        String key = key();
        Answer answer = exchange.change("POST", "/operations/pending/cleanup", request, key);
        if (answer.status() != 200) {
            follower.toItsEnd(answer, key).require(204);
        }
    }

    /** An operation, open or ended. */
    public OperationInfo operation(String id) {
        return exchange.read("/operations/" + segment(id)).require(200).as(OperationInfo.class);
    }

    /** Operations that were abandoned and may have left something on nodes; ascending by id. */
    public List<OperationInfo> abandonedOperations() {
        return exchange.read("/operations/abandoned")
                .require(200)
                .as(AbandonedOperationList.class)
                .operations();
    }

    /** Has an open operation tried now, or an abandoned one taken up again. Fails when it stays open. */
    public OperationInfo resumeOperation(String id) {
        return steer(id, "resume");
    }

    /** Takes an open operation back. Fails when it cannot be, or cannot be now. */
    public OperationInfo undoOperation(String id) {
        return steer(id, "undo");
    }

    /** Ends an open operation where it stands. The answer says what it may have left. */
    public OperationInfo abandonOperation(String id) {
        return steer(id, "abandon");
    }

    private OperationInfo steer(String id, String how) {
        return operate("POST", "/operations/pending/" + segment(id) + "/" + how, null)
                .require(200)
                .as(OperationInfo.class);
    }

    /**
     * What a change would do: the first one that {@code change} asks its client for is planned and shown, and ends {@code change}. Nothing is changed.
     *
     * <pre>{@code
     * PlanInfo plan = client.plan(it -> it.deleteVolume(id)).orElseThrow();
     * client.carryOut(plan.id());
     * }</pre>
     *
     * @return empty when it asked for none
     * @throws RequestRefused also what the change itself would be refused with at once
     * @throws UnexpectedAnswer when the server cannot plan; it was not asked for the change then, for a server that does not know dry runs would do it
     */
    public Optional<PlanInfo> plan(Consumer<BricklayerClient> change) {
        Answer known = exchange.read("/plans/0");
        if (known.status() != 404 || !known.isAbout("not-found")) {
            throw new UnexpectedAnswer(
                    "the server cannot plan changes without making them; nothing was asked of it", null);
        }
        try {
            change.accept(new BricklayerClient(exchange.planning(), follower, random, fixedKey));
            return Optional.empty();
        } catch (Exchange.Planned planned) {
            return Optional.of(planned.answer().as(PlanInfo.class));
        }
    }

    /** A plan that was made before; refused with {@link NotFound} when the server has forgotten it. */
    public PlanInfo plan(String id) {
        return exchange.read("/plans/" + segment(id)).require(200).as(PlanInfo.class);
    }

    /**
     * Does what a plan says; a second time does nothing more. Returns when it is done.
     *
     * @return where its result is found; empty when there is none to show
     * @throws Conflict when something it depends on has changed; nothing was done
     * @throws OperationFailed when it was begun, failed and was taken back
     */
    public Optional<String> carryOut(String id) {
        String key = key();
        Answer accepted = exchange.change("POST", "/plans/" + segment(id), null, key);
        follower.toItsEnd(accepted, key);
        return Optional.of(plan(id).resource()).filter(path -> !path.isEmpty());
    }

    /** All records as JSON, indented. Holds the passwords of block volumes. */
    public String dumpDb() {
        return fetch("/db/dump");
    }

    /** As {@link #dumpDb()}, for records of any size; when it fails, what was written is not the whole. */
    public void dumpDb(OutputStream out) {
        exchange.fetch("/db/dump", out).require(200);
    }

    /**
     * Imports a dump of Heketi's database into a server that has no records.
     *
     * @param dump JSON, as Heketi wrote it
     */
    public ImportReport importHeketi(String dump) {
        return exchange.change("POST", "/import/heketi", new Verbatim(dump), key())
                .require(200)
                .as(ImportReport.class);
    }

    /** What {@link #importHeketi} would do; nothing is changed, and the server may have records. */
    public ImportReport previewHeketiImport(String dump) {
        return exchange.change("POST", "/import/heketi/preview", new Verbatim(dump), key())
                .require(200)
                .as(ImportReport.class);
    }

    /** All records as Heketi's {@code db import} reads them, and what of them it cannot say. Holds the passwords of block volumes. */
    public HeketiExport exportHeketi() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        exchange.fetch("/export/heketi", bytes).require(200);
        return WireJson.read(bytes.toByteArray(), HeketiExport.class);
    }

    /** JSON that is sent as it is. */
    private record Verbatim(@JsonValue @JsonRawValue String json) {}

    /** Which records contradict each other, as JSON. */
    public String checkDb() {
        return fetch("/db/check");
    }

    /** What the nodes have beside the records, and where they differ, as JSON. Takes as long as the nodes do. */
    public String examineGluster() {
        return fetch("/internal/state/examine/gluster");
    }

    /** As {@link #examineGluster()}, for any number of nodes; when it fails, what was written is not the whole. */
    public void examineGluster(OutputStream out) {
        exchange.fetch("/internal/state/examine/gluster", out).require(200);
    }

    /**
     * Compares the records with the nodes and changes nothing. Takes as long as the nodes do.
     *
     * @param cluster id; empty for all
     * @param node id; empty for all, and for what clusters know
     * @param line gets each line as it comes; the last one says how many there were
     */
    public void reconcile(String cluster, String node, Consumer<Drift> line) {
        List<String> query = new ArrayList<>();
        if (!cluster.isEmpty()) {
            query.add("cluster=" + URLEncoder.encode(cluster, StandardCharsets.UTF_8));
        }
        if (!node.isEmpty()) {
            query.add("node=" + URLEncoder.encode(node, StandardCharsets.UTF_8));
        }
        String path = "/reconcile" + (query.isEmpty() ? "" : "?" + String.join("&", query));
        Lines lines = new Lines(text -> line.accept(WireJson.read(text, Drift.class)));
        exchange.fetch(path, lines).require(200);
        lines.end();
    }

    /** Shows or begins the repair of findings of {@link #reconcile}. */
    public RepairAnswer repair(RepairRequest request) {
        return exchange.change("POST", "/reconcile/repair", request, key())
                .require(200)
                .as(RepairAnswer.class);
    }

    /** A consistent copy of the database in the server's own format; when it fails, what was written is not the whole. */
    public void backupDb(OutputStream out) {
        exchange.fetch("/backup/db", out).require(200);
    }

    /** Fills a server without records with what the nodes say, or only says what that would be. Takes as long as the nodes do. */
    public RebuildReport rebuild(RebuildRequest request) {
        return exchange.change("POST", "/rebuild", request, key()).require(200).as(RebuildReport.class);
    }

    /** Where the nodes say something else about the records than the records. Takes as long as the nodes do. */
    public StampReport compareStamps() {
        return exchange.read("/stamp").require(200).as(StampReport.class);
    }

    /** Lets the nodes say what the records say, at up to 500 places at once. */
    public void stamp() {
        operate("POST", "/stamp", null).require(204);
    }

    /** {@code none}, {@code critical}, {@code error}, {@code warning}, {@code info} or {@code debug}. */
    public String logLevel() {
        return exchange.read("/internal/logging")
                .require(200)
                .as(LogLevels.class)
                .logLevel()
                .getOrDefault(LOGGER, "");
    }

    public void setLogLevel(String level) {
        exchange.change("POST", "/internal/logging", new LogLevels(Map.of(LOGGER, level)), key())
                .require(200);
    }

    /** The fault rules in force, and the fault points passed since they were set. Refused by a server that was not started with permission for faults. */
    public FaultReport faults() {
        return exchange.read("/internal/faults").require(200).as(FaultReport.class);
    }

    /** Puts these rules in the place of those in force. */
    public FaultReport setFaults(FaultRules rules) {
        return exchange.change("POST", "/internal/faults", rules, key())
                .require(200)
                .as(FaultReport.class);
    }

    /** Nothing goes wrong on purpose any more. */
    public void clearFaults() {
        exchange.change("DELETE", "/internal/faults", null, key()).require(204);
    }

    /** {@code normal}, {@code read-only} or {@code local-client}. */
    public String adminMode() {
        return exchange.read("/admin").require(200).as(AdminStatus.class).state();
    }

    /** The way back from {@code read-only} is not through here: the server refuses this, too, in that mode. */
    public void setAdminMode(String mode) {
        Answer answer = exchange.change("POST", "/admin", new AdminStatus(mode), key());
        if (answer.status() != 200) {
            answer.require(204);
        }
    }

    /** All clusters with their volumes and nodes, put together from many requests; what is deleted meanwhile is left out. */
    public TopologyInfo topology() {
        return new TopologyReader(this).read();
    }

    /**
     * Adds the clusters, nodes and devices of the file that are not there yet, one after the other. What is there already stays as it is; a
     * refused node or device is skipped and reported.
     *
     * @param progress told of each step, in the calling thread
     */
    public TopologyLoad loadTopology(TopologyFile file, Consumer<TopologyStep> progress) {
        return new TopologyLoader(this, progress).load(file);
    }

    private Map<String, String> changeTags(String path, TagsChangeRequest request) {
        return exchange.change("POST", path, request, key()).require(200).tags();
    }

    private String fetch(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        exchange.fetch(path, bytes).require(200);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Answer operate(String method, String path, @Nullable Object body) {
        String key = key();
        return follower.toItsEnd(exchange.change(method, path, body, key), key);
    }

    private String key() {
        if (fixedKey != null) {
            return fixedKey;
        }
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String segment(String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an id cannot be empty");
        }
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Defaults: no credentials, {@link Patience#NORMAL}, a server that honours idempotency keys, the JDK's trusted certificates. */
    public static final class Builder {

        private final URI server;
        private Optional<Credentials> credentials = Optional.empty();
        private Patience patience = Patience.NORMAL;
        private IdempotencyKeys keys = IdempotencyKeys.HONOURED;
        private TimeSource time = TimeSource.SYSTEM;
        private RandomGenerator random = new SecureRandom();
        private Optional<SSLContext> tls = Optional.empty();

        private Builder(URI server) {
            String scheme = String.valueOf(server.getScheme());
            if (!(scheme.equals("http") || scheme.equals("https")) || server.getHost() == null) {
                throw new IllegalArgumentException(
                        "not the address of a server: " + server + "; expected something like http://localhost:8080");
            }
            String text = server.toString();
            this.server = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        }

        public Builder as(Credentials who) {
            this.credentials = Optional.of(who);
            return this;
        }

        public Builder patience(Patience howLong) {
            this.patience = Objects.requireNonNull(howLong, "howLong");
            return this;
        }

        public Builder idempotencyKeys(IdempotencyKeys what) {
            this.keys = Objects.requireNonNull(what, "what");
            return this;
        }

        public Builder time(TimeSource source) {
            this.time = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Where idempotency keys come from, and the spread of waits. */
        public Builder random(RandomGenerator source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        public Builder tls(SSLContext context) {
            this.tls = Optional.of(context);
            return this;
        }

        public BricklayerClient build() {
            HttpClient.Builder http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(patience.connect());
            tls.ifPresent(http::sslContext);
            Exchange exchange = new Exchange(http.build(), server, credentials, patience, keys, time, random);
            return new BricklayerClient(exchange, new QueueFollower(exchange, patience, time), random, null);
        }
    }
}

package bricklayer.client;

import bricklayer.api.BlockInfo;
import bricklayer.api.BlockRestrictionRequest;
import bricklayer.api.BrickEvictRequest;
import bricklayer.api.BrickInfo;
import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.ClusterInfo;
import bricklayer.api.ClusterList;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeInfo;
import bricklayer.api.NodeZone;
import bricklayer.api.Problem;
import bricklayer.api.StateRequest;
import bricklayer.api.Storage;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.UnreadableJson;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeExpandRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.VolumeList;
import bricklayer.api.VolumeMount;
import bricklayer.api.WireJson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A small server with a memory: clusters, nodes, devices and volumes in maps, operations that are pending for some looks, tokens checked,
 * idempotency keys honoured. It refuses what a real one refuses, as far as clients see it, and can be told to be busy, to lose connections and to forget.
 */
public final class FakeServer implements AutoCloseable {

    public static final String SECRET = "My Secret";

    private final HttpServer http;
    private final TokenCheck tokens;
    private final Map<String, ClusterInfo> clusters = new TreeMap<>();
    private final Map<String, NodeInfo> nodes = new TreeMap<>();
    private final Map<String, DeviceInfo> devices = new TreeMap<>();
    private final Map<String, String> nodeOfDevice = new HashMap<>();
    private final Map<String, VolumeInfo> volumes = new TreeMap<>();
    private final Map<String, Operation> queue = new HashMap<>();
    private final Map<String, Reply> answered = new HashMap<>();
    private final List<String> seen = new ArrayList<>();
    private final Map<String, String> bodies = new HashMap<>();
    private final FakeBlockVolumes blockVolumes = new FakeBlockVolumes(this);
    private int ids;

    /** How many looks an operation stays pending. */
    public int pendingLooks = 2;

    /** How many requests to refuse with 429, from now on. */
    public int busy;

    public @Nullable String retryAfter;

    /** How many connections to drop after a change, from now on. */
    public int dropAfter;

    /** Ends the server after the next change, before it is answered. */
    public boolean dieAfter;

    /** How many connections to drop while an operation is followed, from now on. */
    public int dropLooks;

    /** A status that looks at operations are refused with, and how often; 0 for none. */
    public int queueRefuses;

    public int queueRefusals = Integer.MAX_VALUE;

    public boolean forgetOperations;

    /** Drops the connection that the next end of an operation is told on. */
    public boolean dropEnd;

    /** The id of a volume that is listed and, when asked for, is no longer there. */
    public String vanished = "";

    /** What is not storage: operations, logging, modes, records as a whole. */
    public final FakeService service = new FakeService();

    public boolean problems;

    /** Whether it has nothing that Heketi does not have: keys, plans, problems of their own media type. */
    public boolean heketi;

    /** Makes the next operation fail after it was accepted. */
    public @Nullable String failNext;

    /** The path of the resource that an operation makes, or empty, once {@code work} has been done. */
    private static final class Operation {
        private final Supplier<String> work;
        private int looks;
        private @Nullable Reply end;

        Operation(Supplier<String> work) {
            this.work = work;
        }
    }

    record Reply(int status, Map<String, String> headers, String body) {

        static Reply json(int status, Object value) {
            return new Reply(
                    status, Map.of("Content-Type", "application/json; charset=UTF-8"), WireJson.write(value) + "\n");
        }

        static Reply empty(int status) {
            return new Reply(status, Map.of(), "");
        }
    }

    static final class Refusal extends RuntimeException {
        private final int status;

        Refusal(int status, String text) {
            super(text);
            this.status = status;
        }
    }

    public FakeServer(InstantSource clock) {
        this(clock, 0, SECRET);
    }

    /**
     * @param port 0 for any
     */
    public FakeServer(InstantSource clock, int port, String secret) {
        tokens = new TokenCheck(secret, clock);
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::handle);
        http.start();
    }

    public URI uri() {
        return URI.create("http://localhost:" + http.getAddress().getPort());
    }

    /** Method, path and, after a blank, the idempotency key of each request that got past the token check. */
    public synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    /** The body of the last request with this method and path; empty when there was none. */
    public synchronized String body(String methodAndPath) {
        return bodies.getOrDefault(methodAndPath, "");
    }

    public synchronized List<VolumeInfo> volumes() {
        return List.copyOf(volumes.values());
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        @Nullable String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        Reply reply;
        try {
            if (!path.equals("/hello")) {
                String refused = tokens.refusal(exchange.getRequestHeaders().getFirst("Authorization"), method, path);
                if (!refused.isEmpty()) {
                    throw new Refusal(401, refused);
                }
            }
            seen.add(method + " " + path + (key == null ? "" : " " + key));
            bodies.put(method + " " + path, new String(body, StandardCharsets.UTF_8));
            if (busy > 0) {
                busy--;
                throw new Refusal(429, "Server busy. Retry operation later.");
            }
            if (path.startsWith("/queue/") && dropLooks > 0) {
                dropLooks--;
                exchange.close();
                return;
            }
            Reply before = key == null || heketi ? null : answered.get(key);
            reply = before == null ? answer(method, path, new String(body, StandardCharsets.UTF_8)) : before;
            if (key != null) {
                answered.put(key, reply);
            }
            if (dropEnd && path.startsWith("/queue/") && reply.status() != 200) {
                dropEnd = false;
                exchange.close();
                return;
            }
            if (dieAfter && !method.equals("GET")) {
                exchange.close();
                // not in this thread, for which it would wait
                new Thread(this::close, "end of the server").start();
                return;
            }
            if (dropAfter > 0 && !method.equals("GET")) {
                dropAfter--;
                exchange.close();
                return;
            }
        } catch (UnreadableJson e) {
            reply = refused(method, path, new Refusal(422, "request unable to be parsed"));
        } catch (Refusal e) {
            reply = refused(method, path, e);
        }
        send(exchange, reply);
    }

    private Reply refused(String method, String path, Refusal e) {
        Map<String, String> headers = new HashMap<>();
        if (e.status == 429 && retryAfter != null) {
            headers.put("Retry-After", retryAfter);
        }
        if (problems) {
            headers.put("Content-Type", Problem.MEDIA_TYPE);
            Problem problem = new Problem(
                    "about:blank",
                    "Refused",
                    e.status,
                    String.valueOf(e.getMessage()),
                    method + " " + path,
                    "",
                    "node-1",
                    "lvcreate -n x",
                    "no room",
                    "add a device",
                    Map.of("largestGiB", 7));
            return new Reply(e.status, headers, WireJson.write(problem));
        }
        headers.put("Content-Type", "text/plain; charset=utf-8");
        return new Reply(e.status, headers, e.getMessage() + "\n");
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes, 0, Math.max(0, bytes.length - service.cut));
        exchange.close();
    }

    private Reply answer(String method, String path, String body) {
        String[] part = path.substring(1).split("/", -1);
        String first = method + " /" + part[0] + (part.length > 1 ? "/*" : "") + (part.length > 2 ? "/" + part[2] : "");
        String id = part.length > 1 ? part[1] : "";
        if (part[0].equals("bricks")) {
            return evictBrick(part[2], WireJson.read(body, BrickEvictRequest.class));
        }
        if (part[0].equals("blockvolumes")) {
            return blockVolumes.answer(first, id, body);
        }
        if (path.matches("/operations/pending/.*/(resume|undo|abandon)")) {
            return accept(service.steer(path));
        }
        Optional<Reply> ofService = service.answer(method, path, body);
        return ofService.orElseGet(() -> storage(first, id, body));
    }

    private Reply storage(String first, String id, String body) {
        if (first.startsWith("GET /plans/") && !heketi) {
            return new Reply(
                    404,
                    Map.of("Content-Type", Problem.MEDIA_TYPE),
                    "{\"type\":\"urn:bricklayer:problem:not-found\",\"status\":404,\"detail\":\"Id not found\"}");
        }
        return switch (first) {
            case "GET /hello" ->
                new Reply(200, Map.of("Content-Type", "text/plain; charset=UTF-8"), "Hello from Heketi");
            case "GET /queue/*" -> look(id);
            case "POST /operations/*/cleanup" -> accept(service.cleanUp(body));
            case "POST /clusters" -> createCluster(WireJson.read(body, ClusterCreateRequest.class));
            case "GET /clusters" -> Reply.json(200, new ClusterList(List.copyOf(clusters.keySet())));
            case "GET /clusters/*" -> Reply.json(200, clusterNow(found(clusters, id)));
            case "POST /clusters/*/flags" -> setFlags(id, WireJson.read(body, ClusterFlagsRequest.class));
            case "DELETE /clusters/*" -> deleteCluster(id);
            case "POST /nodes" -> addNode(WireJson.read(body, NodeAddRequest.class));
            case "GET /nodes/*" -> Reply.json(200, nodeNow(found(nodes, id)));
            case "POST /nodes/*/state" -> setNodeState(id, WireJson.read(body, StateRequest.class));
            case "POST /nodes/*/tags" -> changeNodeTags(id, WireJson.read(body, TagsChangeRequest.class));
            case "POST /nodes/*/zone" -> setNodeZone(id, WireJson.read(body, NodeZone.class));
            case "DELETE /nodes/*" -> deleteNode(id);
            case "POST /devices" -> addDevice(WireJson.read(body, DeviceAddRequest.class));
            case "GET /devices/*" -> Reply.json(200, deviceNow(found(devices, id)));
            case "GET /devices/*/resync" -> {
                found(devices, id);
                yield accept(() -> "");
            }
            case "POST /devices/*/state" -> setDeviceState(id, WireJson.read(body, StateRequest.class));
            case "POST /devices/*/tags" -> changeDeviceTags(id, WireJson.read(body, TagsChangeRequest.class));
            case "DELETE /devices/*" -> deleteDevice(id);
            case "POST /volumes" -> createVolume(WireJson.read(body, VolumeCreateRequest.class));
            case "GET /volumes" -> Reply.json(200, new VolumeList(List.copyOf(volumes.keySet())));
            case "GET /volumes/*" -> {
                if (id.equals(vanished)) {
                    throw new Refusal(404, "Id not found");
                }
                yield Reply.json(200, found(volumes, id));
            }
            case "POST /volumes/*/expand" -> expandVolume(id, WireJson.read(body, VolumeExpandRequest.class));
            case "POST /volumes/*/clone" -> cloneVolume(id, WireJson.read(body, VolumeCloneRequest.class));
            case "POST /volumes/*/block-restriction" ->
                restrict(id, WireJson.read(body, BlockRestrictionRequest.class));
            case "DELETE /volumes/*" -> {
                if (!found(volumes, id).blockInfo().blockVolumes().isEmpty()) {
                    throw new Refusal(409, "Cannot delete a block hosting volume containing block volumes");
                }
                yield accept(() -> removed(volumes, id));
            }
            default -> throw new Refusal(404, "Invalid path or request");
        };
    }

    Reply accept(Supplier<String> work) {
        String id = nextId("0");
        queue.put(id, new Operation(work));
        return new Reply(202, Map.of("Location", "/queue/" + id), "");
    }

    private Reply look(String id) {
        if (queueRefuses > 0 && queueRefusals > 0) {
            queueRefusals--;
            throw new Refusal(queueRefuses, "not now");
        }
        Operation operation = forgetOperations ? null : queue.get(id);
        if (operation == null) {
            throw new Refusal(404, "Id not found");
        }
        if (operation.looks++ < pendingLooks) {
            return new Reply(200, Map.of("X-Pending", "true"), "");
        }
        if (operation.end == null) {
            operation.end = end(operation);
        }
        if (heketi) {
            queue.remove(id);
        }
        return operation.end;
    }

    private Reply end(Operation operation) {
        if (failNext != null) {
            String why = failNext;
            failNext = null;
            throw new Refusal(500, why);
        }
        String path = operation.work.get();
        return path.isEmpty()
                ? Reply.empty(204)
                : new Reply(
                        303,
                        Map.of("Location", path, "Content-Type", "text/html; charset=utf-8"),
                        "<a href=\"" + path + "\">See Other</a>.\n");
    }

    private Reply createCluster(ClusterCreateRequest request) {
        String id = nextId("c");
        clusters.put(id, new ClusterInfo(id, List.of(), List.of(), request.block(), request.file(), List.of()));
        return Reply.json(201, found(clusters, id));
    }

    private ClusterInfo clusterNow(ClusterInfo cluster) {
        List<String> itsNodes = nodes.values().stream()
                .filter(node -> node.cluster().equals(cluster.id()))
                .map(NodeInfo::id)
                .toList();
        List<String> itsVolumes = volumes.values().stream()
                .filter(volume -> volume.cluster().equals(cluster.id()))
                .map(VolumeInfo::id)
                .toList();
        List<String> itsBlockVolumes = volumes.values().stream()
                .filter(volume -> volume.cluster().equals(cluster.id()))
                .flatMap(volume -> volume.blockInfo().blockVolumes().stream())
                .sorted()
                .toList();
        return new ClusterInfo(cluster.id(), itsNodes, itsVolumes, cluster.block(), cluster.file(), itsBlockVolumes);
    }

    private Reply setFlags(String id, ClusterFlagsRequest request) {
        ClusterInfo old = found(clusters, id);
        clusters.put(
                id,
                new ClusterInfo(id, old.nodes(), old.volumes(), request.block(), request.file(), old.blockVolumes()));
        return Reply.empty(200);
    }

    private Reply deleteCluster(String id) {
        ClusterInfo cluster = clusterNow(found(clusters, id));
        if (!cluster.nodes().isEmpty() || !cluster.volumes().isEmpty()) {
            throw new Refusal(409, "Unable to delete cluster [" + id + "] because it contains volumes and/or nodes");
        }
        clusters.remove(id);
        return Reply.empty(200);
    }

    private Reply addNode(NodeAddRequest request) {
        if (request.zone() < 1) {
            throw new Refusal(400, "validation failed: zone: cannot be blank.");
        }
        if (!clusters.containsKey(request.cluster())) {
            throw new Refusal(404, "Cluster id does not exist");
        }
        for (NodeInfo node : nodes.values()) {
            if (node.hostnames().manage().equals(request.hostnames().manage())) {
                throw new Refusal(
                        409,
                        "Hostname " + request.hostnames().manage().get(0) + " already used by node with id " + node.id()
                                + "\n");
            }
        }
        String id = nextId("a");
        return accept(() -> {
            nodes.put(
                    id,
                    new NodeInfo(
                            request.zone(),
                            request.hostnames(),
                            request.cluster(),
                            request.tags(),
                            id,
                            "online",
                            List.of()));
            return "/nodes/" + id;
        });
    }

    private NodeInfo nodeNow(NodeInfo node) {
        List<DeviceInfo> itsDevices = devices.values().stream()
                .filter(device -> node.id().equals(nodeOfDevice.get(device.id())))
                .map(this::deviceNow)
                .toList();
        return node(node, node.tags(), node.state(), itsDevices);
    }

    private static NodeInfo node(NodeInfo old, Map<String, String> tags, String state, List<DeviceInfo> itsDevices) {
        return new NodeInfo(old.zone(), old.hostnames(), old.cluster(), tags, old.id(), state, itsDevices);
    }

    private Reply setNodeState(String id, StateRequest request) {
        NodeInfo old = found(nodes, id);
        return accept(() -> {
            checkState("node", id, old.state(), request);
            nodes.put(id, node(old, old.tags(), request.state(), List.of()));
            return "";
        });
    }

    private static void checkState(String kind, String id, String now, StateRequest request) {
        if (request.state().equals("failed") && now.equals("online")) {
            String title = kind.equals("node") ? "Node" : "Device";
            throw new Refusal(500, title + " must be offline before remove operation is performed, " + kind + ":" + id);
        }
        if (request.state().equals("online") && now.equals("failed")) {
            throw new Refusal(500, "Cannot move a failed/removed " + kind + " to online state");
        }
    }

    private Reply setNodeZone(String id, NodeZone request) {
        NodeInfo old = found(nodes, id);
        nodes.put(
                id,
                new NodeInfo(request.zone(), old.hostnames(), old.cluster(), old.tags(), id, old.state(), List.of()));
        return Reply.json(200, request);
    }

    private Reply changeNodeTags(String id, TagsChangeRequest request) {
        NodeInfo old = found(nodes, id);
        Map<String, String> tags = changed(old.tags(), request);
        nodes.put(id, node(old, tags, old.state(), List.of()));
        return Reply.json(200, tags);
    }

    private static Map<String, String> changed(Map<String, String> old, TagsChangeRequest request) {
        Map<String, String> tags = new TreeMap<>(old);
        switch (request.changeType()) {
            case "set" -> {
                tags.clear();
                tags.putAll(request.tags());
            }
            case "update" -> tags.putAll(request.tags());
            case "delete" -> tags.keySet().removeAll(request.tags().keySet());
            default -> throw new Refusal(400, "validation failed: change_type: must be a valid value.");
        }
        return tags;
    }

    private Reply deleteNode(String id) {
        if (!nodeNow(found(nodes, id)).devices().isEmpty()) {
            throw new Refusal(409, "Unable to delete node [" + id + "] because it contains devices");
        }
        return accept(() -> removed(nodes, id));
    }

    private DeviceInfo deviceNow(DeviceInfo device) {
        List<BrickInfo> bricks = volumes.values().stream()
                .flatMap(volume -> volume.bricks().stream())
                .filter(brick -> brick.device().equals(device.id()))
                .toList();
        long used = bricks.stream().mapToLong(BrickInfo::sizeKiB).sum();
        long total = device.storage().totalKiB();
        return device(device, device.tags(), device.state(), new Storage(total, total - used, used), bricks);
    }

    private static DeviceInfo device(
            DeviceInfo old, Map<String, String> tags, String state, Storage storage, List<BrickInfo> bricks) {
        return new DeviceInfo(old.name(), tags, storage, old.id(), old.paths(), old.pvUuid(), state, bricks);
    }

    private Reply setDeviceState(String id, StateRequest request) {
        DeviceInfo old = found(devices, id);
        return accept(() -> {
            checkState("device", id, old.state(), request);
            devices.put(id, device(old, old.tags(), request.state(), old.storage(), List.of()));
            return "";
        });
    }

    private Reply changeDeviceTags(String id, TagsChangeRequest request) {
        DeviceInfo old = found(devices, id);
        Map<String, String> tags = changed(old.tags(), request);
        devices.put(id, device(old, tags, old.state(), old.storage(), List.of()));
        return Reply.json(200, tags);
    }

    private Reply deleteDevice(String id) {
        if (!found(devices, id).state().equals("failed")) {
            throw new Refusal(400, "device: " + id + " is not in failed state");
        }
        return accept(() -> removed(devices, id));
    }

    /** The brick gets another id and stays on its device. */
    private Reply evictBrick(String id, BrickEvictRequest request) {
        if (!List.of("", "enable", "disable").contains(request.healCheck())) {
            throw new Refusal(400, "validation failed: healcheck: must be a valid value.");
        }
        VolumeInfo volume = volumes.values().stream()
                .filter(it -> it.bricks().stream().anyMatch(brick -> brick.id().equals(id)))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "Id not found"));
        String made = nextId("b");
        return accept(() -> {
            List<BrickInfo> bricks = volume.bricks().stream()
                    .map(brick -> brick.id().equals(id)
                            ? new BrickInfo(
                                    made,
                                    brick.path().replace(id, made),
                                    brick.device(),
                                    brick.node(),
                                    brick.volume(),
                                    brick.sizeKiB())
                            : brick)
                    .toList();
            volumes.put(
                    volume.id(),
                    volume(volume, volume.id(), volume.name(), volume.sizeGiB(), volume.blockInfo(), bricks));
            return "";
        });
    }

    private Reply addDevice(DeviceAddRequest request) {
        if (!nodes.containsKey(request.node())) {
            throw new Refusal(404, "Node id does not exist");
        }
        String id = nextId("d");
        return accept(() -> {
            nodeOfDevice.put(id, request.node());
            long size = 500L << 20;
            devices.put(
                    id,
                    new DeviceInfo(
                            request.name(),
                            request.tags(),
                            new Storage(size, size, 0),
                            id,
                            List.of(request.name()),
                            "",
                            "online",
                            List.of()));
            return "";
        });
    }

    private Reply createVolume(VolumeCreateRequest request) {
        if (request.sizeGiB() < 1) {
            throw new Refusal(400, "validation failed: size: cannot be blank.");
        }
        int copies = Math.max(1, request.durability().replicate().replica());
        if (devices.size() < copies) {
            throw new Refusal(500, "Failed to allocate new volume: No space");
        }
        String id = nextId("e");
        String name = request.name().isEmpty() ? "vol_" + id : request.name();
        if (volumes.values().stream().anyMatch(volume -> volume.name().equals(name))) {
            throw new Refusal(500, "Failed to allocate new volume: Volume name '" + name + "' already in use");
        }
        List<BrickInfo> bricks = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        for (NodeInfo node : nodes.values()) {
            hosts.add(node.hostnames().storage().get(0));
            nodeNow(node).devices().stream()
                    .filter(device -> bricks.size() < copies)
                    .limit(1)
                    .forEach(device -> {
                        String brick = nextId("b");
                        bricks.add(new BrickInfo(
                                brick,
                                "/var/lib/heketi/mounts/vg_" + device.id() + "/brick_" + brick + "/brick",
                                device.id(),
                                node.id(),
                                id,
                                request.sizeGiB() << 20));
                    });
        }
        String cluster = nodes.values().iterator().next().cluster();
        VolumeInfo volume = new VolumeInfo(
                request.sizeGiB(),
                name,
                request.durability(),
                request.gid(),
                request.glusterVolumeOptions(),
                request.block(),
                request.snapshot(),
                id,
                cluster,
                VolumeMount.of(name, hosts),
                request.block() ? FakeBlockVolumes.room(request.sizeGiB()) : BlockInfo.NONE,
                bricks);
        return accept(() -> {
            volumes.put(id, volume);
            return "/volumes/" + id;
        });
    }

    private Reply expandVolume(String id, VolumeExpandRequest request) {
        VolumeInfo old = found(volumes, id);
        if (request.addGiB() < 1) {
            throw new Refusal(400, "validation failed: expand_size: cannot be blank.");
        }
        return accept(() -> {
            volumes.put(
                    id, volume(old, id, old.name(), old.sizeGiB() + request.addGiB(), old.blockInfo(), old.bricks()));
            return "/volumes/" + id;
        });
    }

    private Reply cloneVolume(String id, VolumeCloneRequest request) {
        VolumeInfo old = found(volumes, id);
        if (old.block()) {
            throw new Refusal(500, "Failed clone volume " + id + ": Cloning of block hosting volumes is not supported");
        }
        String clone = nextId("e");
        String name = request.name().isEmpty() ? "vol_" + clone : request.name();
        return accept(() -> {
            volumes.put(clone, volume(old, clone, name, old.sizeGiB(), old.blockInfo(), old.bricks()));
            return "/volumes/" + clone;
        });
    }

    private Reply restrict(String id, BlockRestrictionRequest request) {
        VolumeInfo old = found(volumes, id);
        if (!List.of("", "locked").contains(request.restriction())) {
            throw new Refusal(400, "validation failed: restriction: must be a valid value.");
        }
        if (!old.block()) {
            throw new Refusal(
                    500,
                    "Failed to set block restriction: Block restrictions can only be set on block hosting volumes");
        }
        BlockInfo info = old.blockInfo();
        return accept(() -> {
            setBlockInfo(
                    id, new BlockInfo(info.freeGiB(), info.reservedGiB(), info.blockVolumes(), request.restriction()));
            return "/volumes/" + id;
        });
    }

    private static VolumeInfo volume(
            VolumeInfo old, String id, String name, long sizeGiB, BlockInfo blockInfo, List<BrickInfo> bricks) {
        return new VolumeInfo(
                sizeGiB,
                name,
                old.durability(),
                old.gid(),
                old.glusterVolumeOptions(),
                old.block(),
                old.snapshot(),
                id,
                old.cluster(),
                VolumeMount.of(name, old.mount().glusterfs().hosts()),
                blockInfo,
                bricks);
    }

    void setBlockInfo(String id, BlockInfo info) {
        VolumeInfo old = found(volumes, id);
        volumes.put(id, volume(old, id, old.name(), old.sizeGiB(), info, old.bricks()));
    }

    static <T> T found(Map<String, T> all, String id) {
        T one = all.get(id);
        if (one == null) {
            throw new Refusal(404, "Id not found");
        }
        return one;
    }

    private static String removed(Map<String, ?> all, String id) {
        all.remove(id);
        return "";
    }

    String nextId(String first) {
        return first + String.format("%031x", ++ids);
    }
}

package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.AdminStatus;
import bricklayer.api.AdoptionRequest;
import bricklayer.api.BlockRestrictionRequest;
import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeExpandRequest;
import bricklayer.api.BrickEvictRequest;
import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceDeleteRequest;
import bricklayer.api.LogLevels;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeAddressRequest;
import bricklayer.api.NodeZone;
import bricklayer.api.OperationsCleanupRequest;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeExpandRequest;
import bricklayer.config.ConfigFile;
import bricklayer.config.ConfigFile.Authentication;
import bricklayer.main.BricklayerServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong with a request, it is told so with a 4xx and a message; nothing changes, and nothing of it stays in memory. The requests are drawn one by one
 * from their numbers, so that one alone can be sent again.
 *
 * <p>{@code -Dfuzz.requests=} says how many, {@code -Dseed=} which.
 */
final class FuzzTest {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 100_000);
    private static final int WARM_UP = 3_000;
    private static final int CONNECTIONS = 2;
    private static final int HEAP_GROWTH_MAX_MIB = 48;
    private static final int THREAD_GROWTH_MAX = 16;
    private static final String KEY = "My Secret";
    private static final String NOBODY = Conformance.NOBODY;

    /**
     * A path that reads a body.
     *
     * @param path with {@code {id}} for an id, which belongs to something or to nothing
     * @param unknown what makes a request with any other values fail, for it names what is not there; empty where that is the id in the path
     * @param refusable whether a request of the right types can be sure to be refused
     */
    private record Route(
            String method, String path, FuzzedBodies bodies, Map<String, Object> unknown, boolean refusable) {

        static Route of(String method, String path, Class<?> body) {
            return new Route(method, path, new FuzzedBodies(body), Map.of(), path.contains("{id}"));
        }

        static Route of(String method, String path, Class<?> body, String field, Object unknown) {
            return new Route(method, path, new FuzzedBodies(body), Map.of(field, unknown), true);
        }
    }

    private static final List<Route> ROUTES = List.of(
            Route.of("POST", "/clusters", ClusterCreateRequest.class),
            Route.of("POST", "/clusters/{id}/flags", ClusterFlagsRequest.class),
            Route.of("POST", "/nodes", NodeAddRequest.class, "cluster", NOBODY),
            Route.of("POST", "/nodes/{id}/state", StateRequest.class),
            Route.of("POST", "/nodes/{id}/tags", TagsChangeRequest.class),
            Route.of("POST", "/nodes/{id}/address", NodeAddressRequest.class, "manage", "-"),
            Route.of("POST", "/nodes/{id}/zone", NodeZone.class),
            Route.of("POST", "/devices", DeviceAddRequest.class, "node", NOBODY),
            Route.of("POST", "/devices/{id}/state", StateRequest.class),
            Route.of("POST", "/devices/{id}/tags", TagsChangeRequest.class),
            Route.of("DELETE", "/devices/{id}", DeviceDeleteRequest.class),
            Route.of("POST", "/volumes", VolumeCreateRequest.class, "clusters", List.of(NOBODY)),
            Route.of("POST", "/volumes/{id}/expand", VolumeExpandRequest.class),
            Route.of("POST", "/volumes/{id}/clone", VolumeCloneRequest.class),
            Route.of("POST", "/volumes/{id}/block-restriction", BlockRestrictionRequest.class),
            Route.of("POST", "/blockvolumes", BlockVolumeCreateRequest.class, "clusters", List.of(NOBODY)),
            Route.of("POST", "/blockvolumes/{id}/expand", BlockVolumeExpandRequest.class),
            Route.of("POST", "/bricks/to-evict/{id}", BrickEvictRequest.class),
            Route.of("POST", "/adoptions", AdoptionRequest.class, "volume", NOBODY),
            Route.of("POST", "/operations/pending/cleanup", OperationsCleanupRequest.class),
            Route.of("POST", "/internal/logging", LogLevels.class, "loglevel", Map.of("glusterfs", "x")),
            Route.of("POST", "/admin", AdminStatus.class, "state", "x"));

    /** Requests whose bodies are not judged here, each with the reason. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "POST /doctor", "changes nothing, and a host of any name may be asked after",
            "POST /reconcile/repair", "answers 200 with a refusal for each finding that there is not",
            "POST /operations/quarantined/forget", "needs a row that cannot be read",
            "POST /internal/faults", "refused unless the server was started for it",
            "POST /rebuild", "refused where there are records, whatever it says",
            "POST /import/heketi", "a document: damaged ones are in the tests of the import",
            "POST /import/heketi/preview", "the same");

    private static final List<String> METHODS =
            List.of("GET", "PUT", "HEAD", "OPTIONS", "PATCH", "TRACE", "POST", "DELETE", "get", "X");
    private static final List<String> PATH_PIECES = List.of(
            "/",
            "//",
            "/clusters",
            "/volumes",
            "/nodes",
            "/devices",
            "/queue",
            "/tags",
            "/state",
            "/expand",
            "/" + NOBODY,
            "/AF09",
            "/zz",
            "/..",
            "/.",
            "%2F",
            "%2e%2e",
            "%00",
            "%c3%28",
            "%",
            ";a=b",
            "/resync",
            "?",
            "&x=",
            "~",
            "+",
            "*",
            ":",
            "@",
            "[",
            "|",
            "{id}",
            "/hello",
            "/metrics",
            "/healthz/ready",
            "/" + "a".repeat(300));
    private static final List<String> HEADERS = List.of(
            "Content-Type: application/json",
            "Content-Type: x; charset=utf-7",
            "Accept: application/problem+json",
            "Accept: ;;q=",
            "Content-Encoding: gzip",
            "Cookie: a=b; JSESSIONID=1",
            "Idempotency-Key: ",
            "Idempotency-Key: " + "k".repeat(256),
            "Range: bytes=0-1",
            "If-None-Match: *",
            "X-Forwarded-For: 127.0.0.1",
            "X-HTTP-Method-Override: DELETE",
            "A: " + "b".repeat(3_000));

    @TempDir
    Path folder;

    private final long seed = Long.getLong("seed", 20_261_121L);
    private final Map<Integer, AtomicInteger> answers = new java.util.concurrent.ConcurrentSkipListMap<>();
    private int port;
    private List<String> ids = List.of();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Request(byte[] bytes, boolean mayBeFine, boolean withoutMessage) {}

    @Test
    void nothingGetsThrough() throws IOException, InterruptedException, ExecutionException {
        System.out.println("FuzzTest -Dseed=" + seed + " -Dfuzz.requests=" + REQUESTS);
        try (BricklayerServer server = start()) {
            port = server.port();
            List<String> before = everything(topology());
            assertEveryBodyIsTried();
            run(0, WARM_UP);
            int threads = threads();
            long heap = heapMiB();
            long began = System.nanoTime();

            run(WARM_UP, REQUESTS);

            System.out.printf(
                    "%d requests in %.1f s, answers %s; heap %d MiB, then %d; threads %d, then %d%n",
                    REQUESTS, (System.nanoTime() - began) / 1e9, answers, heap, heapMiB(), threads, threads());
            assertThat(everything(ids)).isEqualTo(before);
            assertThat(threads()).isLessThanOrEqualTo(threads + THREAD_GROWTH_MAX);
            assertThat(heapMiB()).isLessThanOrEqualTo(heap + HEAP_GROWTH_MAX_MIB);
        }
    }

    private BricklayerServer start() {
        String config = Conformance.json(
                        "{'port':'%d','jwt':{'admin':{'key':'%s'},'user':{'key':'user'}},'glusterfs':{'executor':'mock','loglevel':'warning'},'bricklayer':{'data':'%s','http':{'bind_address':'127.0.0.1'}}}")
                .formatted(freePort(), KEY, folder.resolve("data"));
        return BricklayerServer.start(
                ConfigFile.parse(config, Map.of(), Authentication.REQUIRED).config());
    }

    private static int freePort() {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("looking for a free port", e);
        }
    }

    /** Something that could be changed; its paths. */
    private List<String> topology() throws IOException, InterruptedException {
        try (Wire wire = new Wire(port)) {
            String cluster = send(wire, "POST", "/clusters", "{'file':true,'block':true}")
                    .at("id");
            List<String> paths = new ArrayList<>(List.of(
                    "/clusters",
                    "/volumes",
                    "/blockvolumes",
                    "/operations",
                    "/operations/pending",
                    "/admin",
                    "/internal/logging",
                    "/db/dump",
                    "/clusters/" + cluster));
            for (int n = 1; n <= 3; n++) {
                String node = made(
                        wire,
                        "/nodes",
                        "{'zone':%d,'hostnames':{'manage':['node%d'],'storage':['10.0.0.%d']},'cluster':'%s'}"
                                .formatted(n, n, n, cluster));
                made(wire, "/devices", "{'name':'/dev/vdb','node':'%s'}".formatted(node.substring("/nodes/".length())));
                paths.add(node);
                paths.add("/devices/"
                        + send(wire, "GET", node, "")
                                .objects("devices")
                                .getFirst()
                                .get("id"));
            }
            paths.add(made(wire, "/volumes", Conformance.PLAIN));
            ids = paths;
            return paths;
        }
    }

    /** Where it lies; empty when it ended without a place. */
    private static String made(Wire wire, String path, String body) throws IOException, InterruptedException {
        Reply reply = send(wire, "POST", path, body).isAccepted();
        String queue = reply.location();
        do {
            Thread.sleep(5);
            reply = send(wire, "GET", queue, "");
        } while (reply.pending());
        assertThat(reply.status()).as("%s", reply).isIn(303, 204);
        return reply.header("location").orElse("");
    }

    private static Reply send(Wire wire, String method, String path, String body) throws IOException {
        return wire.exchange(Wire.request(
                method, path, Conformance.json(body).getBytes(StandardCharsets.UTF_8), bearer(method, path)));
    }

    private static String bearer(String method, String path) {
        return "Authorization: bearer " + Tokens.of("admin", KEY, method, path);
    }

    /** A path that takes a body and is not in the list would be passed over in silence. */
    private void assertEveryBodyIsTried() throws IOException {
        List<String> described = new ArrayList<>();
        try (Wire wire = new Wire(port)) {
            Map<String, Map<String, Object>> paths =
                    send(wire, "GET", "/openapi.json", "").at("paths");
            paths.forEach((path, methods) -> methods.forEach((method, said) -> {
                if (said instanceof Map<?, ?> operation && operation.containsKey("requestBody")) {
                    described.add(method.toUpperCase(Locale.ROOT) + " " + path);
                }
            }));
        }
        List<String> known = new ArrayList<>(ELSEWHERE.keySet());
        ROUTES.forEach(route -> known.add(route.method() + " " + route.path()));
        assertThat(known).containsAll(described);
        assertThat(described).hasSizeGreaterThan(15);
    }

    /** All that can be read. */
    private List<String> everything(List<String> paths) throws IOException {
        List<String> all = new ArrayList<>();
        try (Wire wire = new Wire(port)) {
            for (String path : paths) {
                all.add(path + " " + send(wire, "GET", path, "").body());
            }
        }
        return all;
    }

    private void run(int from, int to) throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger(from);
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                runs.add(threads.submit(() -> {
                    drive(next, to);
                    return true;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
    }

    private void drive(AtomicInteger next, int to) throws IOException {
        Wire wire = new Wire(port);
        String before = "nothing";
        try {
            for (int i = next.getAndIncrement(); i < to; i = next.getAndIncrement()) {
                Request request = request(i);
                Reply reply;
                try {
                    reply = wire.exchange(request.bytes());
                } catch (IOException | RuntimeException e) {
                    next.set(to);
                    throw new AssertionError("no answer to " + shown(i, request) + "\nafter " + before, e);
                }
                try {
                    check(i, request, reply);
                } catch (AssertionError e) {
                    next.set(to);
                    throw new AssertionError(
                            "answered " + reply + "\nto " + shown(i, request) + "\nafter " + before, e);
                }
                if (reply.header("connection").orElse("").equals("close")) {
                    wire.close();
                    wire = new Wire(port);
                }
                before = reply + " to " + shown(i, request);
            }
        } finally {
            wire.close();
        }
    }

    private String shown(int number, Request request) {
        String text = new String(request.bytes(), StandardCharsets.UTF_8);
        return "request " + number + " of seed " + seed + ":\n"
                + text.lines()
                        .map(line -> line.substring(0, Math.min(line.length(), 300)))
                        .limit(20)
                        .collect(Collectors.joining("\n"));
    }

    private void check(int number, Request request, Reply reply) {
        // the answer to this request, and not to one before it on the connection
        reply.header("x-request-id")
                .filter(id -> id.matches("r\\d+"))
                .ifPresent(id -> assertThat(id).isEqualTo("r" + number));
        answers.computeIfAbsent(reply.status(), _ -> new AtomicInteger()).incrementAndGet();
        assertThat(reply.status()).isBetween(request.mayBeFine() ? 200 : 400, 499);
        if (reply.status() >= 400 && reply.status() != 405 && !request.withoutMessage()) {
            assertThat(reply.body()).endsWith("\n").isNotBlank();
        }
        assertThat(reply.body()).doesNotContain("Exception", "\tat ");
    }

    /** The request of this number, always the same one. */
    private Request request(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        String id = "X-Request-ID: r" + number;
        return random.nextInt(10) == 0 ? oddPath(random, id) : oddBody(random, id);
    }

    private Request oddBody(Random random, String requestId) {
        Route route = FuzzedBodies.pick(random, ROUTES);
        byte[] body;
        String id;
        if (route.refusable() && random.nextInt(3) == 0) {
            body = route.bodies().values(random, route.unknown());
            id = NOBODY;
        } else {
            body = random.nextInt(4) == 0
                    ? route.bodies().malformed(random)
                    : route.bodies().oneWrongType(random).getBytes(StandardCharsets.UTF_8);
            id = FuzzedBodies.pick(random, ids).replaceFirst(".*/", "");
            // two paths do without a body; then there must be nothing to act upon
            boolean optional = route.method().equals("DELETE") || route.path().startsWith("/bricks/");
            id = optional || !id.matches("[0-9a-f]{32}") ? NOBODY : id;
        }
        String path = route.path().replace("{id}", id);
        List<String> headers = new ArrayList<>(List.of(requestId));
        int more = random.nextInt(3);
        for (int i = 0; i < more; i++) {
            headers.add(FuzzedBodies.pick(random, HEADERS));
        }
        headers.add(random.nextInt(20) == 0 ? "Authorization: " + oddToken(random) : bearer(route.method(), path));
        return new Request(Wire.request(route.method(), path, body, headers.toArray(String[]::new)), false, false);
    }

    private static String oddToken(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "bearer " + Tokens.signed("HS256", "other", "{\"iss\":\"admin\",\"exp\":99999999999}");
            case 1 -> "bearer " + Tokens.signed("HS256", KEY, "{\"iss\":\"admin\",\"exp\":1e999,\"qsh\":[]}");
            case 2 -> "bearer " + "a.".repeat(random.nextInt(500));
            case 3 -> "basic " + Tokens.base64("a:b");
            default -> "bearer " + Tokens.base64("{\"alg\":\"none\"}") + "." + Tokens.base64("[".repeat(2_000)) + ".";
        };
    }

    /** May name what there is, but nothing that could be changed: no id is known, and none of the methods that change go to a list. */
    private static Request oddPath(Random random, String requestId) {
        StringBuilder path = new StringBuilder("/");
        for (int i = random.nextInt(6); i >= 0; i--) {
            path.append(FuzzedBodies.pick(random, PATH_PIECES));
        }
        if (random.nextInt(4) > 0) {
            path = new StringBuilder(path.substring(path.indexOf("/", 1) == 1 ? 1 : 0));
        }
        String method = FuzzedBodies.pick(random, METHODS);
        String body = method.equals("POST") ? "{" : random.nextBoolean() ? "{}" : "";
        String decoded = path.toString().replaceFirst("\\?.*", "");
        return new Request(
                Wire.request(
                        method,
                        path.toString(),
                        body.getBytes(StandardCharsets.UTF_8),
                        requestId,
                        FuzzedBodies.pick(random, HEADERS),
                        bearer(method, decoded)),
                true,
                method.equals("HEAD"));
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heapMiB() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }
}

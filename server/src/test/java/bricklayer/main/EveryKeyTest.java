package bricklayer.main;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.config.ConfigFile;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.VolumeType;
import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every request that changes something acts once under one {@code Idempotency-Key}. The requests are those of the routes that are served, so a new one cannot be forgotten. */
class EveryKeyTest {

    /** Requests that need no key, each with the reason. */
    private static final Map<String, String> WITHOUT_KEY = Map.of(
            "POST /admin",
                    "sets a value of the process that nothing keeps; a remembered answer would be wrong after the next start",
            "POST /internal/logging", "the same",
            "POST /internal/faults", "the same",
            "DELETE /internal/faults", "the same",
            "POST /import/heketi/preview", "changes nothing",
            "POST /plans/{id}",
                    "carries a plan out once, so the plan is its key; after a restart there is no such plan",
            "POST /backups", "changes no record; one copy more is no harm, and old ones go",
            "POST /operations/quarantined/forget", "removes what can be there once only",
            "POST /doctor", "changes nothing",
            "POST /reconcile/repair", "looks again first, and does nothing where nothing is amiss any more");

    /** These need a server without records, so they have tests of their own. */
    private static final String IMPORT = "POST /import/heketi";

    private static final String REBUILD = "POST /rebuild";

    /** Heketi has this one for a GET. */
    private static final String CHANGING_GET = "GET /devices/{id}/resync";

    private static final String PLAIN =
            "{\"size\":1,\"durability\":{\"type\":\"replicate\",\"replicate\":{\"replica\":3}}}";
    private static final int TWINS = 6;
    private static final int ROUNDS = 25;

    /** Parts of bodies, each with another valid one. */
    private static final Map<String, String> CHANGES = Map.of(
            "\"file\":true", "\"file\":false",
            "\"zone\":", "\"zone\":9",
            "/dev/vd", "/dev/vdx",
            "\"size\":1", "\"size\":3",
            "size\":", "size\":1",
            "copy", "copied",
            "locked", "",
            "\"a\":\"b\"", "\"a\":\"c\"",
            "\"offline\"", "\"online\"",
            "\"failed\"", "\"online\"");

    @TempDir
    Path folder;

    private record Sent(String method, String path, String body, String key) {}

    private record Answer(int status, String location, String body) {}

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Sent, Answer> first = new LinkedHashMap<>();
    private final SortedSet<String> tried = new TreeSet<>();
    private String data = "data";
    private BricklayerServer server;
    private HttpClient http;

    @BeforeEach
    void start() {
        boot();
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private void boot() {
        String config =
                "{\"port\": \"0\", \"glusterfs\": {\"executor\": \"mock\", \"auto_create_block_hosting_volume\": true,"
                        + " \"block_hosting_volume_size\": 5}, \"bricklayer\": {\"data\": \"" + folder.resolve(data)
                        + "\", \"simulated\": {\"folder\": \"" + folder.resolve("nodes") + "\"}}}";
        server = BricklayerServer.start(ConfigFile.parse(config, Map.of(), ConfigFile.Authentication.DISABLED)
                .config());
    }

    @Test
    void actsOnce() throws Exception {
        String cluster = id(keyed("POST /clusters", "/clusters", "{\"file\":true,\"block\":true}")
                .body());
        keyed("POST /clusters/{id}/flags", "/clusters/" + cluster + "/flags", "{\"file\":true,\"block\":true}");
        List<String> nodes = new ArrayList<>();
        for (int n = 1; n <= 5; n++) {
            nodes.add(idIn(keyed(
                    "POST /nodes",
                    "/nodes",
                    "{\"zone\":%d,\"cluster\":\"%s\",\"hostnames\":{\"manage\":[\"node%d\"],\"storage\":[\"10.0.0.%d\"]}}"
                            .formatted(n, cluster, n, n))));
            for (String name : List.of("/dev/vdb", "/dev/vdc")) {
                keyed("POST /devices", "/devices", "{\"node\":\"" + nodes.getLast() + "\",\"name\":\"" + name + "\"}");
            }
        }
        volumes();
        devicesAndNodes(nodes.getFirst());
        keyed("POST /operations/pending/cleanup", "/operations/pending/cleanup", "{}");
        keyed("POST /stamp", "/stamp", "");
        String other =
                id(keyed("POST /clusters", "/clusters", "{\"file\":true}").body());
        keyed("DELETE /clusters/{id}", "/clusters/" + other, "");
        stuck();
        orphan();

        SortedSet<String> changing = server.routes().stream()
                .filter(route -> !route.startsWith("GET ") || route.equals(CHANGING_GET))
                .filter(route -> !WITHOUT_KEY.containsKey(route) && !route.equals(IMPORT) && !route.equals(REBUILD))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tried).isEqualTo(changing);

        String before = get("/db/dump").body();
        againAll();
        server.close();
        boot();
        againAll();
        assertThat(get("/db/dump").body()).isEqualTo(before);
    }

    @Test
    void aRebuildActsOnceAndOnlyWithoutRecords() throws Exception {
        assertThat(server.routes()).contains(REBUILD);
        String cluster = id(keyed("POST /clusters", "/clusters", "{\"file\":true,\"block\":true}")
                .body());
        String node = idIn(keyed(
                "POST /nodes",
                "/nodes",
                "{\"zone\":1,\"cluster\":\"%s\",\"hostnames\":{\"manage\":[\"node1\"],\"storage\":[\"10.0.0.1\"]}}"
                        .formatted(cluster)));
        keyed("POST /devices", "/devices", "{\"node\":\"" + node + "\",\"name\":\"/dev/vdb\"}");
        Answer refused = send(new Sent("POST", "/rebuild", "{\"nodes\":[\"node1\"]}", "too early"));
        assertThat(refused.status()).isEqualTo(409);
        server.close();
        data = "new-data";
        boot();
        tried.clear();
        Sent sent = new Sent("POST", "/rebuild", "{\"nodes\":[\"node1\"]}", "r");
        Answer first = send(sent);
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.body()).contains("\"written\":true", "\"devices\":1");
        assertThat(tree("/clusters").get("clusters").get(0).asText()).isEqualTo(cluster);
        assertThat(send(sent)).isEqualTo(first);
        server.close();
        boot();
        assertThat(send(sent).body()).isEqualTo(first.body());
    }

    @Test
    void anImportActsOnce() throws Exception {
        assertThat(server.routes()).contains(IMPORT).containsAll(WITHOUT_KEY.keySet());
        send(new Sent("POST", "/clusters", "{\"file\":true}", "c"));
        String dump = get("/db/dump").body();
        server.close();
        data = "new-data";
        boot();
        keyed(IMPORT, "/import/heketi", dump);
        server.close();
        boot();
        againAll();
        assertThat(tree("/clusters").get("clusters")).hasSize(1);
    }

    private void volumes() throws Exception {
        String volume = idIn(keyed("POST /volumes", "/volumes", PLAIN));
        keyed("POST /volumes/{id}/expand", "/volumes/" + volume + "/expand", "{\"expand_size\":1}");
        keyed("POST /volumes/{id}/clone", "/volumes/" + volume + "/clone", "{\"name\":\"copy\"}");
        String brick = tree("/volumes/" + volume).at("/bricks/0/id").asText();
        keyed("POST /bricks/to-evict/{id}", "/bricks/to-evict/" + brick, "");
        String gone = idIn(keyed("POST /volumes", "/volumes", PLAIN));
        keyed("DELETE /volumes/{id}", "/volumes/" + gone, "");

        String block = idIn(keyed("POST /blockvolumes", "/blockvolumes", "{\"size\":1}"));
        keyed("POST /blockvolumes/{id}/expand", "/blockvolumes/" + block + "/expand", "{\"new_size\":2}");
        String hosting =
                tree("/blockvolumes/" + block).at("/blockhostingvolume").asText();
        keyed(
                "POST /volumes/{id}/block-restriction",
                "/volumes/" + hosting + "/block-restriction",
                "{\"restriction\":\"locked\"}");
        keyed("DELETE /blockvolumes/{id}", "/blockvolumes/" + block, "");
    }

    private void devicesAndNodes(String node) throws Exception {
        List<String> devices = new ArrayList<>();
        tree("/nodes/" + node)
                .get("devices")
                .forEach(device -> devices.add(device.get("id").asText()));
        String device = "/devices/" + devices.getFirst();
        keyed("POST /devices/{id}/tags", device + "/tags", "{\"change_type\":\"update\",\"tags\":{\"a\":\"b\"}}");
        keyed(
                "POST /nodes/{id}/tags",
                "/nodes/" + node + "/tags",
                "{\"change_type\":\"update\",\"tags\":{\"a\":\"b\"}}");
        keyed("POST /nodes/{id}/zone", "/nodes/" + node + "/zone", "{\"zone\":7}");
        ask(CHANGING_GET, new Sent("GET", device + "/resync", "", "resync"));
        for (String id : devices) {
            keyed("POST /devices/{id}/state", "/devices/" + id + "/state", "{\"state\":\"offline\"}");
            keyed("POST /devices/{id}/state", "/devices/" + id + "/state", "{\"state\":\"failed\"}");
            keyed("DELETE /devices/{id}", "/devices/" + id, "");
        }
        keyed("POST /nodes/{id}/state", "/nodes/" + node + "/state", "{\"state\":\"offline\"}");
        keyed("DELETE /nodes/{id}", "/nodes/" + node, "");
    }

    /** A brick was replaced because its node is dead, and cannot be removed there yet. What a person can do about it. */
    private void stuck() throws Exception {
        String volume = idIn(keyed("POST /volumes", "/volumes", PLAIN));
        JsonNode brick = tree("/volumes/" + volume).at("/bricks/0");
        String host = tree("/nodes/" + brick.get("node").asText())
                .at("/hostnames/manage/0")
                .asText();
        cutPower(host, true);
        keyed(
                "POST /bricks/to-evict/{id}",
                "/bricks/to-evict/" + brick.get("id").asText(),
                "{\"healcheck\":\"disable\"}");
        JsonNode open = tree("/operations/pending").get("pendingoperations");
        assertThat(open).hasSize(1);
        String id = open.get(0).get("id").asText();
        for (String verb : List.of("resume", "undo", "abandon")) {
            String path = "/operations/pending/" + id + "/" + verb;
            Sent sent = new Sent("POST", path, "", verb);
            for (int i = 0; i < 400 && send(sent).status() == 409; i++) {
                Thread.sleep(25); // while it is being tried, it cannot be steered
            }
            ask("POST /operations/pending/{id}/" + verb, sent);
        }
        cutPower(host, false);
    }

    /** Somebody made a volume by hand. */
    private void orphan() throws Exception {
        byHand(nodes -> {
            nodes.alias(new HostName("node2"), "node2.new");
            nodes.disk(new HostName("node2"), "/dev/vdz", 1 << 24);
            SimulatedExecutor shell = new SimulatedExecutor(nodes, pause -> {});
            Mounts mounts = new Mounts(MountSettings.DEFAULTS);
            for (Command command : List.of(
                    mounts.makeXfs("/dev/vdz", false),
                    mounts.mkdir("/data"),
                    mounts.mount("/dev/vdz", "/data"),
                    new Gluster(GlusterSettings.DEFAULTS)
                            .createVolume("own", VolumeType.distribute(), List.of("10.0.0.2:/data/own")))) {
                shell.ask(new HostName("node2"), command);
            }
        });
        String volume = idIn(keyed("POST /adoptions", "/adoptions", "{\"volume\":\"own\"}"));
        String node = tree("/volumes/" + volume).at("/bricks/0/node").asText();
        keyed("POST /nodes/{id}/address", "/nodes/" + node + "/address", "{\"manage\":\"node2.new\"}");
        keyed("DELETE /adoptions/{id}", "/adoptions/" + volume, "");
    }

    private void cutPower(String host, boolean off) {
        byHand(nodes -> {
            if (off) {
                nodes.cutPower(new HostName(host));
            } else {
                nodes.returnPower(new HostName(host));
            }
        });
    }

    private void byHand(Consumer<SimulatedNodes> deed) {
        server.close();
        try (SimulatedNodes nodes = SimulatedNodes.in(folder.resolve("nodes"), SimulatedSettings.DEFAULTS)) {
            deed.accept(nodes);
        }
        boot();
    }

    private Answer keyed(String route, String path, String body) throws Exception {
        return ask(route, new Sent(route.substring(0, route.indexOf(' ')), path, body, "key " + first.size()));
    }

    /** For the first time; what it led to in the end. */
    private Answer ask(String route, Sent sent) throws Exception {
        tried.add(route);
        Answer answer = send(sent);
        assertThat(answer.status()).as("%s: %s", sent, answer).isIn(200, 201, 202);
        first.put(sent, answer);
        assertThat(send(sent)).as("%s at once again", sent).isEqualTo(answer);
        return answer.status() == 202 ? end(answer.location()) : answer;
    }

    private void againAll() throws Exception {
        for (Map.Entry<Sent, Answer> one : first.entrySet()) {
            Sent sent = one.getKey();
            assertThat(send(sent)).as("%s", sent).isEqualTo(one.getValue());
            Answer other = send(new Sent("POST", "/clusters", "{\"file\":false,\"block\":false}", sent.key()));
            assertThat(other.status())
                    .as("another request with the key of %s: %s", sent, other)
                    .isEqualTo(422);
            other(sent);
        }
    }

    /** The same path with another body, where it has one to change. */
    private void other(Sent sent) throws Exception {
        for (Map.Entry<String, String> change : CHANGES.entrySet()) {
            if (sent.body().contains(change.getKey())) {
                Sent changed = new Sent(
                        sent.method(),
                        sent.path(),
                        sent.body().replace(change.getKey(), change.getValue()),
                        sent.key());
                assertThat(send(changed).status()).as("%s", changed).isEqualTo(422);
                return;
            }
        }
    }

    /** Whoever comes second at the same moment is not told of what the first one did. */
    @Test
    void twinsAreToldTheSame() throws Exception {
        String cluster = id(send(new Sent("POST", "/clusters", "{\"file\":true,\"block\":true}", "c"))
                .body());
        String node = idIn(end(send(new Sent(
                        "POST",
                        "/nodes",
                        "{\"zone\":1,\"cluster\":\"%s\",\"hostnames\":{\"manage\":[\"node1\"],\"storage\":[\"10.0.0.1\"]}}"
                                .formatted(cluster),
                        "n"))
                .location()));
        end(send(new Sent("POST", "/devices", "{\"node\":\"" + node + "\",\"name\":\"/dev/vdb\"}", "d"))
                .location());
        for (int round = 0; round < ROUNDS; round++) {
            String volume = idIn(end(send(new Sent(
                            "POST", "/volumes", "{\"size\":1,\"durability\":{\"type\":\"none\"}}", "create " + round))
                    .location()));
            Set<Answer> answers = together(new Sent("DELETE", "/volumes/" + volume, "", "delete " + round));
            assertThat(answers).as("round %d", round).hasSize(1);
            assertThat(answers.iterator().next().status()).isEqualTo(202);
            assertThat(end(answers.iterator().next().location()).status()).isEqualTo(204);
        }
    }

    private Set<Answer> together(Sent sent) throws Exception {
        CyclicBarrier start = new CyclicBarrier(TWINS);
        try (ExecutorService threads = Executors.newFixedThreadPool(TWINS)) {
            List<Future<Answer>> running = new ArrayList<>();
            for (int i = 0; i < TWINS; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return send(sent);
                }));
            }
            Set<Answer> answers = new java.util.HashSet<>();
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
            return answers;
        }
    }

    private Answer end(String queuePath) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(queuePath);
        while (answer.headers().firstValue("X-Pending").isPresent()) {
            Thread.sleep(5);
            answer = get(queuePath);
        }
        return new Answer(
                answer.statusCode(), answer.headers().firstValue("Location").orElse(""), answer.body());
    }

    private Answer send(Sent sent) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request(sent.path())
                        .header("Idempotency-Key", sent.key())
                        .method(
                                sent.method(),
                                sent.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(sent.body()))
                        .build(),
                BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(), answer.headers().firstValue("Location").orElse(""), answer.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
    }

    private JsonNode tree(String path) throws IOException, InterruptedException {
        return json.readTree(get(path).body());
    }

    private String id(String body) throws IOException {
        return json.readTree(body).get("id").asText();
    }

    private static String idIn(Answer end) {
        assertThat(end.status()).as("%s", end).isEqualTo(303);
        return end.location().substring(end.location().lastIndexOf('/') + 1);
    }
}

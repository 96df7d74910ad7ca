package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.functional.Eventually;
import bricklayer.functional.ServerProcess;
import bricklayer.functional.SimulatedStand;
import bricklayer.functional.Stand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * One server for the tests of one area, and the words to ask it with. Bodies may be written with {@code '} for {@code "} and with {@code $name} for what {@link #know}
 * was told.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Conformance {

    static final String NOBODY = "0123456789abcdef0123456789abcdef";
    static final String UNPARSABLE = "request unable to be parsed";
    static final String GONE = "Id not found";
    static final String BUSY = "Server busy. Retry operation later.";
    static final String IN_USE = "The target exists, contains other items, or is in use.";
    static final String PLAIN = "{'size':1,'durability':{'type':'replicate','replicate':{'replica':3}}}";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    final Path folder =
            Path.of("target", "functional", getClass().getSimpleName()).toAbsolutePath();

    private final Map<String, String> known = new TreeMap<>(Comparator.reverseOrder());
    private int nodesMade;

    @SuppressWarnings("NullAway.Init")
    SimulatedStand stand;

    @SuppressWarnings("NullAway.Init")
    ServerProcess server;

    @BeforeAll
    void begin() throws IOException {
        delete(folder);
        stand = new SimulatedStand(folder.resolve("nodes"), commandDelayMillis(), json(glusterfs()));
        otherNodes().forEach(stand::withNode);
        Stand.Access access = stand.access();
        server = ServerProcess.start(
                folder.resolve("server"),
                new Stand.Access(access.glusterfs(), access.bricklayer() + json(bricklayer())),
                keys());
    }

    @AfterAll
    void end() {
        // begin() may have been cut short
        if (server != null) {
            server.close();
        }
    }

    /** More members of the configuration's {@code glusterfs}, each with a comma before it. */
    String glusterfs() {
        return "";
    }

    /** More members of the configuration's {@code bricklayer}, each with a comma before it. */
    String bricklayer() {
        return "";
    }

    /** Manage and storage host names of nodes that tests add under names of their own. */
    Map<String, String> otherNodes() {
        return Map.of();
    }

    /** How long a command on a node takes. */
    int commandDelayMillis() {
        return 0;
    }

    ServerProcess.Keys keys() {
        return new ServerProcess.Keys("My Secret", "user");
    }

    static String json(String text) {
        return text.replace('\'', '"');
    }

    /** From now on {@code $name} stands for {@code value}. */
    void know(String name, String value) {
        known.put("$" + name, value);
    }

    String known(String name) {
        return filled("$" + name);
    }

    String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> entry : known.entrySet()) {
            filled = filled.replace(entry.getKey(), entry.getValue());
        }
        return filled;
    }

    Reply get(String path) {
        return send("GET", path, "");
    }

    Reply post(String path, String body) {
        return send("POST", path, body);
    }

    Reply delete(String path) {
        return send("DELETE", path, "");
    }

    /** As {@code admin}. */
    Reply send(String method, String path, String body, String... headers) {
        String target = filled(path);
        List<String> all = new ArrayList<>(List.of(headers));
        all.addFirst("Authorization: bearer "
                + Tokens.of("admin", keys().admin(), method, target.replaceFirst("\\?.*", "")));
        return raw(method, target, json(filled(body)), all.toArray(String[]::new));
    }

    /** Without a word added. */
    Reply raw(String method, String target, String body, String... headers) {
        return exchange(Wire.request(method, target, body.getBytes(StandardCharsets.UTF_8), headers));
    }

    Reply exchange(byte[] request) {
        try (Wire wire = new Wire(server.port())) {
            Reply reply = wire.exchange(request);
            assertOrdinary(reply);
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(new String(request, StandardCharsets.UTF_8), e);
        }
    }

    /** What holds of every answer. */
    private static void assertOrdinary(Reply reply) {
        assertThat(reply.headers())
                .as("%s", reply)
                .doesNotContainKeys("server", "etag", "access-control-allow-origin", "set-cookie", "www-authenticate");
        assertThat(reply.header("location").orElse("/")).as("%s", reply).startsWith("/");
    }

    /** Asks the queue until the job has ended; what it says meanwhile must be right. */
    Reply end(Reply accepted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Reply reply = get(accepted.location());
        while (reply.status() == 200) {
            assertThat(reply.headers())
                    .as("%s", reply)
                    .containsEntry("x-pending", "true")
                    .doesNotContainKey("content-type");
            assertThat(reply.body()).isEmpty();
            assertThat(System.nanoTime()).as("%s has not ended", accepted).isLessThan(end);
            pause(5);
            reply = get(accepted.location());
        }
        return reply;
    }

    /** Accepted, ended, and led to something: its path. */
    String made(Reply accepted, String collection) {
        return end(accepted.isAccepted()).leadsTo(collection).location();
    }

    /** Accepted and ended without anything to show. */
    void over(Reply accepted) {
        end(accepted.isAccepted()).isEmpty(204);
    }

    /** Accepted, and then failed with this text. */
    void fails(Reply accepted, String text) {
        end(accepted.isAccepted()).isText(500, filled(text));
    }

    static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Id of a new cluster that takes everything. */
    String newCluster() {
        return newCluster("{'file':true,'block':true}");
    }

    String newCluster(String body) {
        return post("/clusters", body).isJson(201).at("id");
    }

    /** Id of a new node in a zone of its own. */
    String newNode(String cluster) {
        int number = ++nodesMade;
        String path = made(
                post(
                        "/nodes",
                        "{'zone':%d,'hostnames':{'manage':['node%d'],'storage':['10.0.0.%d']},'cluster':'%s'}"
                                .formatted(number, number, number, cluster)),
                "nodes");
        return path.substring("/nodes/".length());
    }

    /** Id of a new device. */
    String newDevice(String node, String name) {
        over(post("/devices", "{'name':'%s','node':'%s'}".formatted(name, node)));
        return get("/nodes/" + node).isJson(200).objects("devices").stream()
                .filter(device -> name.equals(device.get("name")))
                .map(device -> (String) device.get("id"))
                .findFirst()
                .orElseThrow();
    }

    /** A cluster of three nodes: {@code $cluster}, {@code $node1} to 3, and their devices {@code $device1} to 3 of each, such as {@code $device21} for the first of node 2. */
    void topology(int devices) {
        know("cluster", newCluster());
        for (int n = 1; n <= 3; n++) {
            String node = newNode(known("cluster"));
            know("node" + n, node);
            for (int d = 1; d <= devices; d++) {
                know("device" + n + d, newDevice(node, "/dev/vd" + (char) ('a' + d)));
            }
        }
    }

    String newVolume(String body) {
        return made(post("/volumes", body), "volumes").substring("/volumes/".length());
    }

    List<String> volumes() {
        return get("/volumes").isJson(200).texts("volumes");
    }

    /** Waits until the nodes know what earlier tests changed, and no operation is open: one that tells them would be counted among those of a test. */
    void awaitQuiet() {
        Eventually.within(
                Duration.ofSeconds(30),
                Duration.ofMillis(50),
                "no operation is open or due",
                () -> get("/stamp").isJson(200).number("due") == 0
                        && get("/operations").isJson(200).number("total") == 0);
    }

    void deleteVolumes() {
        volumes().forEach(id -> over(delete("/volumes/" + id)));
    }

    static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> paths = Files.walk(tree)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}

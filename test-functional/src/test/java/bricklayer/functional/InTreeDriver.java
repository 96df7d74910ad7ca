package bricklayer.functional;

import bricklayer.client.Credentials;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kubernetes' in-tree GlusterFS driver as it speaks to a server, with the Go client's patience: the same requests in the same order, no {@code Idempotency-Key}, 429
 * tried again up to six times, and any broken connection an error that the controller answers by beginning anew. Waits are shorter than there.
 */
final class InTreeDriver implements AutoCloseable {

    private static final int BUSY_RETRIES = 6;
    private static final Duration BUSY_PAUSE = Duration.ofMillis(300);
    private static final Duration POLL = Duration.ofMillis(40);
    private static final Duration ANEW = Duration.ofMillis(200);
    private static final int ATTEMPTS_MAX = 500;

    private final URI server;
    private final Credentials admin = Credentials.admin(ServerProcess.ADMIN_KEY);
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Gids gids = new Gids();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger unheard = new AtomicInteger();
    private final AtomicInteger brokenAtTheEnd = new AtomicInteger();
    private final Set<String> leftBehind = ConcurrentHashMap.newKeySet();

    InTreeDriver(URI server) {
        this.server = server;
    }

    /** What a claim has become. */
    record Bound(String volume, String name, int sizeGiB, List<String> addresses) {}

    /** The controller reports the claim's failure, and comes again. */
    private static final class Failed extends Exception {
        Failed(String message) {
            super(message);
        }

        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The answers 429 so far. */
    int busy() {
        return busy.get();
    }

    /** Creations that were sent, and of whose end the driver did not hear: it has asked anew since. */
    int unheard() {
        return unheard.get();
    }

    /** Questions for the end of a creation that broke: the answer may have been under way. */
    int brokenAtTheEnd() {
        return brokenAtTheEnd.get();
    }

    /** Volumes that the driver was told of, and lost when a later question broke. */
    Set<String> leftBehind() {
        return Set.copyOf(leftBehind);
    }

    /** As the driver's: the lowest that is free; given back when a creation fails. */
    private static final class Gids {
        private final SortedSet<Integer> used = new TreeSet<>();

        synchronized int next() {
            int gid = 2000;
            while (!used.add(gid)) {
                gid++;
            }
            return gid;
        }

        synchronized void release(int gid) {
            used.remove(gid);
        }
    }

    Bound provision(int sizeGiB) throws InterruptedException {
        return patiently(() -> provisionOnce(sizeGiB));
    }

    int expand(String volume, int newSizeGiB) throws InterruptedException {
        return patiently(() -> {
            int size = get("/volumes/" + volume).path("size").asInt();
            if (size >= newSizeGiB) {
                return size;
            }
            HttpResponse<String> accepted = withRetries(
                    "POST", "/volumes/" + volume + "/expand", "{\"expand_size\":" + (newSizeGiB - size) + "}");
            must(accepted, 202);
            HttpResponse<String> ended = awaitEnd(queue(accepted));
            must(ended, 303);
            return get(ended.headers().firstValue("Location").orElseThrow())
                    .path("size")
                    .asInt();
        });
    }

    /** A volume that is not there is a failure for the driver; after a delete of its own that broke, it is what it wanted. */
    void delete(String volume) throws InterruptedException {
        boolean[] tried = {false};
        patiently(() -> {
            HttpResponse<String> accepted = withRetries("DELETE", "/volumes/" + volume, "");
            if (accepted.statusCode() == 404 && tried[0]) {
                return volume;
            }
            tried[0] = true;
            must(accepted, 202);
            must(awaitEnd(queue(accepted)), 204);
            return volume;
        });
    }

    private interface Attempt<T> {
        T make() throws Failed, InterruptedException;
    }

    private static <T> T patiently(Attempt<T> attempt) throws InterruptedException {
        String why = "";
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            try {
                return attempt.make();
            } catch (Failed e) {
                why = String.valueOf(e.getMessage());
                Thread.sleep(ANEW);
            }
        }
        throw new AssertionError("the driver gave up: " + why);
    }

    private Bound provisionOnce(int sizeGiB) throws Failed, InterruptedException {
        int gid = gids.next();
        try {
            return provisionFor(gid, sizeGiB);
        } catch (Failed e) {
            gids.release(gid);
            throw e;
        }
    }

    private Bound provisionFor(int gid, int sizeGiB) throws Failed, InterruptedException {
        String asked = "{\"size\":" + sizeGiB
                + ",\"name\":\"\",\"durability\":{\"type\":\"replicate\",\"replicate\":{\"replica\":3},\"disperse\":{}},\"gid\":"
                + gid + ",\"snapshot\":{\"enable\":true,\"factor\":1}}";
        String location;
        try {
            HttpResponse<String> accepted = withRetries("POST", "/volumes", asked);
            must(accepted, 202);
            HttpResponse<String> ended;
            try {
                ended = awaitEnd(queue(accepted));
            } catch (Failed e) {
                brokenAtTheEnd.addAndGet(e.getCause() == null ? 0 : 1);
                throw e;
            }
            must(ended, 303);
            location = ended.headers().firstValue("Location").orElseThrow();
        } catch (Failed e) {
            if (e.getCause() != null) {
                unheard.incrementAndGet();
            }
            throw e;
        }
        try {
            JsonNode volume = get(location);
            List<String> addresses = new ArrayList<>();
            JsonNode cluster = get("/clusters/" + volume.path("cluster").asText());
            for (JsonNode node : cluster.path("nodes")) {
                addresses.add(get("/nodes/" + node.asText())
                        .path("hostnames")
                        .path("storage")
                        .path(0)
                        .asText());
            }
            return new Bound(
                    volume.path("id").asText(),
                    volume.path("name").asText(),
                    volume.path("size").asInt(),
                    List.copyOf(addresses));
        } catch (Failed e) {
            // as in the driver: the volume stays behind
            leftBehind.add(location.substring("/volumes/".length()));
            throw e;
        }
    }

    private JsonNode get(String path) throws Failed, InterruptedException {
        return body(once("GET", path, ""), 200);
    }

    private HttpResponse<String> awaitEnd(String queue) throws Failed, InterruptedException {
        HttpResponse<String> answer = once("GET", queue, "");
        while (answer.headers().firstValue("X-Pending").filter("true"::equals).isPresent()) {
            must(answer, 200);
            Thread.sleep(POLL);
            answer = once("GET", queue, "");
        }
        return answer;
    }

    private HttpResponse<String> withRetries(String method, String path, String body)
            throws Failed, InterruptedException {
        HttpResponse<String> answer = once(method, path, body);
        for (int i = 0; i < BUSY_RETRIES && answer.statusCode() == 429; i++) {
            busy.incrementAndGet();
            Thread.sleep(BUSY_PAUSE);
            answer = once(method, path, body);
        }
        return answer;
    }

    private HttpResponse<String> once(String method, String path, String body) throws Failed, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "bearer " + admin.token(method, path, Instant.now()))
                .header("Content-Type", "application/json")
                .header("User-Agent", "Go-http-client/1.1")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (java.net.ConnectException e) {
            throw new Failed(method + " " + path + ": " + e);
        } catch (IOException e) {
            throw new Failed(method + " " + path + ": " + e, e);
        }
    }

    private JsonNode body(HttpResponse<String> answer, int wanted) throws Failed {
        must(answer, wanted);
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new Failed("no JSON: " + answer.body());
        }
    }

    private static String queue(HttpResponse<String> accepted) {
        return accepted.headers().firstValue("Location").orElseThrow();
    }

    private static void must(HttpResponse<String> answer, int wanted) throws Failed {
        if (answer.statusCode() != wanted) {
            throw new Failed(answer.request().method() + " " + answer.request().uri() + " answered "
                    + answer.statusCode() + " " + answer.body());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

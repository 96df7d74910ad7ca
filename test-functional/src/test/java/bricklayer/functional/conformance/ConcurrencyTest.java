package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Several clients want something of the same thing at the same moment. Each is told no, or what it was promised is there in the end. */
final class ConcurrencyTest extends Conformance {

    private static final int CLIENTS = 6;

    @Override
    int commandDelayMillis() {
        return 5;
    }

    @Override
    Map<String, String> otherNodes() {
        return Map.of("pool1", "10.0.1.1", "pool2", "10.0.1.2", "pool3", "10.0.1.3", "pool4", "10.0.1.4");
    }

    @BeforeAll
    void prepare() {
        topology(2);
    }

    @AfterEach
    void nothingIsLeft() {
        deleteVolumes();
        awaitQuiet();
        get("/operations").isJson(200, "{\"total\":0,\"in_flight\":0,\"stale\":0,\"failed\":0,\"new\":0}");
        for (String device :
                new String[] {"$device11", "$device12", "$device21", "$device22", "$device31", "$device32"}) {
            assertThat(get("/devices/" + device).number("storage", "used")).isZero();
        }
    }

    /** All at once. */
    private static <T> List<T> together(List<Callable<T>> calls) {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> call : calls) {
                running.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> one : running) {
                all.add(one.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static <T> List<Callable<T>> times(int count, Callable<T> call) {
        return java.util.Collections.nCopies(count, call);
    }

    @Test
    void noExpansionIsLost() {
        String id = newVolume(PLAIN);
        int done = 0;
        for (int round = 0; round < 3; round++) {
            List<Reply> replies =
                    together(times(CLIENTS, () -> post("/volumes/" + id + "/expand", "{'expand_size':1}")));
            for (Reply reply : replies) {
                if (reply.status() == 202) {
                    end(reply).leadsTo("volumes");
                    done++;
                } else {
                    reply.isText(500, "Failed to allocate volume expansion: " + IN_USE);
                }
            }
        }
        assertThat(done).isGreaterThanOrEqualTo(3);
        Reply info = get("/volumes/" + id).isJson(200);
        assertThat(info.number("size")).isEqualTo(1 + done);
        assertThat(info.objects("bricks")).hasSize(3 * (1 + done));
    }

    @RepeatedTest(5)
    void expandAndDelete() {
        String id = newVolume(PLAIN);
        List<Reply> replies = together(List.of(
                () -> post("/volumes/" + id + "/expand", "{'expand_size':1}"),
                () -> delete("/volumes/" + id),
                () -> post("/volumes/" + id + "/expand", "{'expand_size':2}")));
        List<Reply> ends = new ArrayList<>();
        for (Reply reply : replies) {
            if (reply.status() == 202) {
                ends.add(end(reply));
            } else {
                assertThat(reply.status()).as("%s", reply).isIn(404, 500);
                if (reply.status() == 500) {
                    assertThat(reply.body()).endsWith(": " + IN_USE + "\n");
                }
            }
        }
        // whoever was first got what it asked for; two can have had their turn, one after the other
        assertThat(ends)
                .isNotEmpty()
                .extracting(Reply::status)
                .containsAnyOf(204, 303)
                .doesNotContain(500);
        boolean deleted = ends.stream().anyMatch(reply -> reply.status() == 204);
        Reply info = get("/volumes/" + id);
        assertThat(info.status()).isEqualTo(deleted ? 404 : 200);
        if (!deleted) {
            assertThat(info.number("size")).isGreaterThan(1);
        }
    }

    @Test
    void oneNameOnce() {
        List<Reply> replies = together(times(CLIENTS, () -> post("/volumes", "{'size':1,'name':'wanted'}")));
        List<Reply> accepted =
                replies.stream().filter(reply -> reply.status() == 202).toList();
        assertThat(accepted).hasSize(1);
        replies.stream()
                .filter(reply -> reply.status() != 202)
                .forEach(reply ->
                        reply.isText(500, "Failed to allocate new volume: Volume name 'wanted' already in use"));
        end(accepted.getFirst()).leadsTo("volumes");
    }

    /** Heketi's nodes that came to an empty cluster at the same time were not made peers. */
    @Test
    void nodesOfOnePool() {
        String cluster = newCluster();
        List<String> nodes = together(IntStream.rangeClosed(1, 4)
                .<Callable<String>>mapToObj(n -> () -> made(
                                post(
                                        "/nodes",
                                        "{'zone':%d,'hostnames':{'manage':['pool%d'],'storage':['10.0.1.%d']},'cluster':'%s'}"
                                                .formatted(n, n, n, cluster)),
                                "nodes")
                        .substring("/nodes/".length()))
                .toList());
        nodes.forEach(node -> newDevice(node, "/dev/vdb"));
        String volume = newVolume(
                "{'size':4,'clusters':['%s'],'durability':{'type':'disperse','disperse':{'data':2,'redundancy':1}}}"
                        .formatted(cluster));

        over(delete("/volumes/" + volume));
        for (String node : nodes) {
            String device = String.valueOf(
                    get("/nodes/" + node).objects("devices").getFirst().get("id"));
            over(post("/devices/" + device + "/state", "{'state':'offline'}"));
            over(post("/devices/" + device + "/state", "{'state':'failed'}"));
            over(delete("/devices/" + device));
            over(delete("/nodes/" + node));
        }
        assertThat(delete("/clusters/" + cluster).status()).isEqualTo(200);
    }

    @Test
    void twoDeletes() {
        String id = newVolume(PLAIN);
        List<Reply> replies = together(times(CLIENTS, () -> delete("/volumes/" + id)));
        List<Reply> accepted =
                replies.stream().filter(reply -> reply.status() == 202).toList();
        assertThat(accepted).hasSize(1);
        replies.stream()
                .filter(reply -> reply.status() != 202)
                .forEach(reply -> assertThat(reply.status()).as("%s", reply).isIn(404, 500));
        end(accepted.getFirst()).isEmpty(204);
    }

    /** The last that ended is what is seen; tags of others stay. */
    @Test
    void statesAndTagsOfOneDevice() {
        List<Callable<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String state = i % 2 == 0 ? "offline" : "online";
            String tag = "t" + i;
            calls.add(() -> post("/devices/$device11/state", "{'state':'" + state + "'}"));
            calls.add(() -> post("/devices/$device11/tags", "{'change_type':'update','tags':{'" + tag + "':''}}"));
        }
        int tags = 0;
        for (Reply reply : together(calls)) {
            switch (reply.status()) {
                case 202 -> end(reply).isEmpty(204);
                case 200 -> tags++;
                default -> reply.isText(409, IN_USE);
            }
        }
        Reply device = get("/devices/$device11").isJson(200);
        assertThat(
                        device.json().containsKey("tags")
                                ? device.<java.util.Map<String, String>>at("tags")
                                        .size()
                                : 0)
                .isEqualTo(tags);
        over(post("/devices/$device11/state", "{'state':'online'}"));
        post("/devices/$device11/tags", "{'change_type':'set'}").isJson(200, "{}");
    }

    /** More than there is room for: those that are told yes have it, and no space is counted twice or forgotten. */
    @Test
    void lastSpace() {
        List<Reply> replies = together(times(
                CLIENTS,
                () -> post("/volumes", "{'size':30,'durability':{'type':'replicate','replicate':{'replica':3}}}")));
        int made = 0;
        for (Reply reply : replies) {
            if (reply.status() == 202) {
                end(reply).leadsTo("volumes");
                made++;
            } else {
                reply.isText(500, "Failed to allocate new volume: No space");
            }
        }
        // two devices of 50 GiB on each node
        assertThat(made).isBetween(2, 3);
        assertThat(volumes()).hasSize(made);
    }
}

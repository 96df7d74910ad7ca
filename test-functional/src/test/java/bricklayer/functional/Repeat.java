package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A request that comes again with the same {@code Idempotency-Key} acts once, whatever happened in between. */
abstract class Repeat extends Scenario {

    private static final int TIMES = 5;
    private static final Duration PAUSE = Duration.ofMillis(50);

    @Test
    void oneKeyMakesOneVolume() throws IOException, InterruptedException, ExecutionException {
        loadTopology(1);

        String early = "the server dies as soon as it has accepted";
        Set<String> queues = acceptedFiveTimes("early", early);
        server.kill9();
        server.restart();
        queues.addAll(acceptedFiveTimes("early", early));
        String volume = endOf(queues);

        String late = "the server dies when all is done";
        Set<String> lateQueues = acceptedFiveTimes("late", late);
        String other = endOf(lateQueues);
        server.kill9();
        server.restart();
        lateQueues.addAll(acceptedFiveTimes("late", late));
        assertThat(endOf(lateQueues)).isEqualTo(other).isNotEqualTo(volume);

        assertThat(client.volumes()).containsExactlyInAnyOrder(idOf(volume), idOf(other));
        awaitNoOperations();
        assertAgree(volumes(), look());

        try (Rest rest = new Rest(server.uri())) {
            assertThat(rest.send("POST", "/volumes", body("another request"), late)
                            .status())
                    .as("the key of another request")
                    .isEqualTo(422);
        }
        client.volumes().forEach(client::deleteVolume);
        removeEverything();
    }

    @Test
    void oneKeyChangesAClusterAndTagsOnce() throws IOException, InterruptedException {
        loadTopology(1);
        String node = "/nodes/" + nodes().findFirst().orElseThrow().id() + "/tags";
        Rest.Answer made = again("POST", "/clusters", "{\"file\":true}", "make a cluster", 201);
        assertThat(client.clusters()).hasSize(2);
        String cluster = "/clusters/" + made.body().replaceAll("(?s).*\"id\":\"(\\p{XDigit}+)\".*", "$1");
        again("POST", cluster + "/flags", "{\"file\":false,\"block\":true}", "set flags", 200);

        String rack = "{\"change_type\":\"update\",\"tags\":{\"rack\":\"r1\"}}";
        assertThat(again("POST", node, rack, "tag", 200).body()).contains("\"rack\":\"r1\"");
        again("POST", node, "{\"change_type\":\"set\",\"tags\":{}}", "no tags", 200);
        assertThat(again("POST", node, rack, "tag", 200).body())
                .as("as it was then")
                .contains("\"rack\":\"r1\"");
        try (Rest rest = new Rest(server.uri())) {
            assertThat(rest.get(node.substring(0, node.lastIndexOf('/'))).body())
                    .as("but not done again")
                    .doesNotContain("rack");
            assertThat(rest.send("POST", "/clusters", "{\"file\":false}", "make a cluster")
                            .status())
                    .as("the key of another request")
                    .isEqualTo(422);
        }
        assertThat(again("DELETE", cluster, "", "delete it", 200).body()).isEmpty();
        assertThat(client.clusters()).hasSize(1);
        assertThat(again("POST", "/clusters", "{\"file\":true}", "make a cluster", 201))
                .as("though it is gone")
                .isEqualTo(made);
        removeEverything();
    }

    /** The answer of a request that is sent before and after the death of the server, the same each time. */
    private Rest.Answer again(String method, String path, String body, String key, int status)
            throws IOException, InterruptedException {
        Rest.Answer first;
        try (Rest rest = new Rest(server.uri())) {
            first = rest.send(method, path, body, key);
            assertThat(first.status()).as(first.body()).isEqualTo(status);
            assertThat(rest.send(method, path, body, key)).isEqualTo(first);
        }
        server.kill9();
        server.restart();
        try (Rest rest = new Rest(server.uri())) {
            assertThat(rest.send(method, path, body, key)).isEqualTo(first);
        }
        return first;
    }

    private static String body(String name) {
        return "{\"size\":1,\"name\":\"%s\",\"durability\":{\"type\":\"replicate\",\"replicate\":{\"replica\":3}}}"
                .formatted(name.replace(' ', '-'));
    }

    /** The paths of the queue that the answers name. */
    private Set<String> acceptedFiveTimes(String volume, String key) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(TIMES);
                Rest rest = new Rest(server.uri())) {
            List<Future<Rest.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                answers.add(threads.submit(() -> rest.send("POST", "/volumes", body(volume), key)));
            }
            List<Rest.Answer> all = new ArrayList<>();
            for (Future<Rest.Answer> answer : answers) {
                all.add(answer.get());
            }
            assertThat(all).extracting(Rest.Answer::status).containsOnly(202);
            return all.stream().map(answer -> answer.location().orElseThrow()).collect(Collectors.toSet());
        }
    }

    /** The resource that the one operation of them all made. */
    private String endOf(Set<String> queues) throws IOException, InterruptedException {
        assertThat(queues).hasSize(1);
        try (Rest rest = new Rest(server.uri())) {
            Rest.Answer end = rest.end(queues.iterator().next(), PATIENCE, PAUSE);
            assertThat(end.status()).as("%s", end).isEqualTo(303);
            return end.location().orElseThrow();
        }
    }

    private static String idOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}

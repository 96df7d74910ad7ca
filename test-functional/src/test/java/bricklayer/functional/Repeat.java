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

package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.VolumeInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The server is killed with SIGKILL at random moments while clients create, expand and delete volumes. After each restart records and nodes agree, and what was
 * promised is true. {@code -Dseed=N} repeats a run's choices, {@code -Dkills=N} says how many.
 */
abstract class KillServer extends Scenario {

    private static final int CLIENTS = 3;

    /** One in so many servers is killed a second time while it mends what the first kill left. */
    private static final int AGAIN_IN = 4;

    /** Without {@code -Dkills}. */
    abstract int kills();

    /** The longest time from the first request to the kill. */
    abstract Duration longestStorm();

    abstract Duration pause();

    @Test
    void recordsAndNodesAgreeAfterEachKill() throws IOException, InterruptedException {
        long seed = Long.getLong("seed", new Random().nextLong());
        int kills = Integer.getInteger("kills", kills());
        System.out.println(getClass().getSimpleName() + ": -Dseed=" + seed + " -Dkills=" + kills);
        Random random = new Random(seed);
        loadTopology(2);
        Map<String, String> empty = look().pictures();

        Map<String, Integer> counts = new TreeMap<>();
        for (int kill = 1; kill <= kills; kill++) {
            List<Storm> storms = storm(kill, random);
            if (random.nextInt(AGAIN_IN) == 0) {
                counts.merge("killed while mending", 1, Integer::sum);
                server.launchAgain();
                Thread.sleep(random.nextLong(Duration.ofSeconds(3).toMillis()));
                server.kill9();
            }
            server.restart();
            awaitNoOperations();
            List<VolumeInfo> listed = volumes();
            for (Storm storm : storms) {
                checkPromises(storm, listed, counts);
            }
            try {
                assertAgree(listed, look());
            } catch (AssertionError e) {
                throw new AssertionError("after kill " + kill + " of seed " + seed, e);
            }
        }
        System.out.println(getClass().getSimpleName() + ": " + kills + " kills, " + counts);

        client.volumes().forEach(client::deleteVolume);
        assertThat(look().pictures()).isEqualTo(empty);
        assertNoSpaceUsed();
    }

    /** Lets clients loose and kills the server under them. */
    private List<Storm> storm(int kill, Random random) throws InterruptedException {
        List<VolumeInfo> there = volumes();
        try (Rest rest = new Rest(server.uri())) {
            List<Storm> storms = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            List<Throwable> faults = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < CLIENTS; i++) {
                Storm storm = new Storm(
                        rest,
                        "storm%d-".formatted(i),
                        "kill%d-".formatted(kill),
                        there,
                        new Random(random.nextLong()),
                        pause());
                storms.add(storm);
                Thread thread = Thread.ofPlatform().name("storm " + i).unstarted(storm);
                thread.setUncaughtExceptionHandler((where, fault) -> faults.add(fault));
                threads.add(thread);
            }
            threads.forEach(Thread::start);
            Thread.sleep(random.nextLong(longestStorm().toMillis()));
            server.kill9();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(faults).isEmpty();
            return storms;
        }
    }

    private void checkPromises(Storm storm, List<VolumeInfo> listed, Map<String, Integer> counts)
            throws IOException, InterruptedException {
        SortedSet<String> deleted = storm.deleted();
        Map<String, VolumeInfo> byName = listed.stream().collect(Collectors.toMap(VolumeInfo::name, volume -> volume));
        try (Rest rest = new Rest(server.uri())) {
            for (Storm.Promise promise : storm.promises()) {
                Rest.Answer now = rest.get(promise.queuePath());
                assertThat(now.pending()).as("%s is pending", promise).isFalse();
                promise.end()
                        .ifPresent(then -> assertThat(now.status())
                                .as("answer to %s", promise)
                                .isEqualTo(then.status()));
                counts.merge(
                        promise.kind()
                                + (promise.end().isPresent() ? " seen to end " : " cut short, then ")
                                + now.status(),
                        1,
                        Integer::sum);
                switch (promise.kind()) {
                    case CREATE -> {
                        assertThat(now.status()).as("answer to %s", promise).isIn(303, 500);
                        boolean there = byName.containsKey(promise.volume());
                        if (now.status() == 500) {
                            assertThat(there)
                                    .as("%s failed, its volume is there", promise)
                                    .isFalse();
                        } else if (!deleted.contains(promise.volume())) {
                            assertThat(there)
                                    .as("%s succeeded, its volume is there", promise)
                                    .isTrue();
                        }
                    }
                    case EXPAND ->
                        assertThat(now.status()).as("answer to %s", promise).isIn(303, 500);
                    case DELETE -> {
                        assertThat(now.status()).as("answer to %s", promise).isIn(204, 500);
                        assertThat(byName.containsKey(promise.volume()))
                                .as("the volume of %s, answered with %s, is there", promise, now)
                                .isEqualTo(now.status() == 500);
                    }
                }
            }
        }
    }
}

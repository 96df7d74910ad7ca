package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.Durability;
import bricklayer.api.Snapshot;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.functional.history.Counts;
import bricklayer.functional.history.Crowd;
import bricklayer.functional.history.Exchange;
import bricklayer.functional.history.History;
import bricklayer.functional.history.HistoryCheck;
import bricklayer.functional.history.Recorder;
import bricklayer.functional.history.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Many clients ask for everything at once while the server is killed under them, again and again, also while it recovers. All they asked and were told is recorded, and afterwards it must
 * be possible that all of it is true.
 *
 * <p>{@code -Dseed=N} repeats what the clients ask and when the server is killed, {@code -Dkills=N} says how often, {@code -Dhistory.clients=N} by how many. The history of a run that failed stays in
 * {@code target/functional/HistoryTest/history}.
 */
final class HistoryTest extends Scenario {

    private static final int KILLS_A_HISTORY = 5;
    private static final int MOST_REQUESTS_BETWEEN_KILLS = 250;
    private static final Duration LONGEST_LOAD = Duration.ofSeconds(8);
    private static final int LONGEST_RECOVERY_MS = 2_500;
    private static final int HOSTING_GIB = 20;
    private static final int SHORT = 12;

    private final AtomicInteger number = new AtomicInteger();
    private int starts;

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 5, ", \"auto_create_block_hosting_volume\": false");
    }

    @Test
    void allThatWasAnsweredCanBeTrue() throws Exception {
        long seed = Long.getLong("seed", new Random().nextLong());
        int kills = Integer.getInteger("kills", SHORT);
        int clients = Integer.getInteger("history.clients", 8);
        System.out.println("HistoryTest: -Dseed=" + seed + " -Dkills=" + kills + " -Dhistory.clients=" + clients);
        Random random = new Random(seed);
        loadTopology(3);
        Map<String, String> empty = look().pictures();
        client.createVolume(new VolumeCreateRequest(
                HOSTING_GIB, "hosting", List.of(), Durability.replicate(3), 0, List.of(), true, Snapshot.UNSAID));

        Recorder recorder = new Recorder(folder.resolve("history"));
        Crowd crowd = new Crowd(servers(), recorder, clients, random);
        HistoryCheck check = new HistoryCheck();
        Counts counts = new Counts();
        List<String> faults = new ArrayList<>();
        long began = System.nanoTime();
        recorder.turn(crowd.look());
        while (counts.kills() < kills) {
            crowd.letLoose();
            killing(Math.min(KILLS_A_HISTORY, kills - counts.kills()), recorder, random);
            crowd.callBack();
            awaitNoOperations();
            number.set(Servers.NONE);
            Look seen = look();
            number.set(++starts);
            List<Exchange> end = crowd.look();
            assertThat(seen.bricks()).isEqualTo(expectedBricks(volumes()));
            Path file = recorder.turn(end);
            History history = History.read(file);
            counts.add(history);
            List<String> found = check.faults(history);
            found.forEach(fault -> faults.add(file + ": " + fault));
            if (found.isEmpty()) {
                Files.delete(file);
            } else {
                System.out.println("HistoryTest: " + found);
            }
            progress(counts.kills(), kills, began);
        }
        System.out.printf("HistoryTest: %s%nin %d s%n", counts, (System.nanoTime() - began) / 1_000_000_000);

        try (Rest rest = new Rest(server.uri())) {
            removeBlockVolumes(rest);
        }
        client.volumes().forEach(client::deleteVolume);
        client.clusters().stream()
                .filter(id -> client.cluster(id).nodes().isEmpty())
                .forEach(client::deleteCluster);
        assertThat(look().pictures()).isEqualTo(empty);
        assertNoSpaceUsed();
        assertThat(faults).as("seed %d", seed).isEmpty();
    }

    private static void progress(int done, int kills, long began) {
        if (kills > SHORT) {
            System.out.printf(
                    "HistoryTest: %d of %d kills in %d s%n", done, kills, (System.nanoTime() - began) / 1_000_000_000);
        }
    }

    private Servers servers() {
        return new Servers() {
            @Override
            public int number() {
                return number.get();
            }

            @Override
            public int port() {
                return server.port();
            }
        };
    }

    /** Under load, some more on the way up again, and in the end it serves. */
    private void killing(int kills, Recorder recorder, Random random) throws InterruptedException {
        int left = kills;
        while (left > 0) {
            load(recorder, random);
            kill(recorder, true);
            left--;
            for (int more = Math.min(left, random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0); more > 0; more--) {
                server.launchAgain();
                number.set(++starts);
                Thread.sleep(random.nextInt(LONGEST_RECOVERY_MS));
                kill(recorder, false);
                left--;
            }
            server.launchAgain();
            number.set(++starts);
            server.awaitServing();
        }
        load(recorder, random);
    }

    /** Lets the clients do something. It is counted in requests, so that it is the same on a busy machine. */
    private static void load(Recorder recorder, Random random) throws InterruptedException {
        long enough = recorder.requests() + random.nextInt(MOST_REQUESTS_BETWEEN_KILLS);
        long latest = System.nanoTime() + LONGEST_LOAD.toNanos();
        while (recorder.requests() < enough && System.nanoTime() < latest) {
            Thread.sleep(1);
        }
    }

    private void kill(Recorder recorder, boolean serving) {
        number.set(Servers.NONE);
        server.kill9();
        recorder.recordKill(starts, serving);
    }

    private void removeBlockVolumes(Rest rest) throws Exception {
        for (String id : bricklayer.api.WireJson.read(
                        rest.get("/blockvolumes").body(), bricklayer.api.BlockVolumeList.class)
                .blockVolumes()) {
            Rest.Answer accepted = rest.send("DELETE", "/blockvolumes/" + id, "", "");
            assertThat(rest.end(accepted.location().orElseThrow(), PATIENCE, java.time.Duration.ofMillis(20))
                            .status())
                    .isEqualTo(204);
        }
    }
}

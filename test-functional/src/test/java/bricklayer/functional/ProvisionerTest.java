package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.functional.InTreeDriver.Bound;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The in-tree driver of Kubernetes with many claims at once, through gluster pods, while the server is killed: {@code -Dclaims=200 -Dkills=3}. The driver names
 * no key and gives up a request whose connection breaks, so the volume of such a request stays behind with any server; there are no others.
 */
final class ProvisionerTest extends Scenario {

    private static final int CLAIMS = Integer.getInteger("claims", 12);
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final int CONNECTIONS = 32;

    @Override
    Stand newNodes(Path folderOfNodes) {
        return SimulatedStand.throughKubernetes(folderOfNodes, 5);
    }

    @Test
    void eachClaimHasItsVolumeAndNothingIsLeftWhenTheyAreGone() throws Exception {
        loadTopology(8);
        Map<String, String> empty = look().pictures();
        try (InTreeDriver driver = new InTreeDriver(server.uri());
                ExecutorService threads = Executors.newFixedThreadPool(Math.min(CLAIMS, CONNECTIONS))) {
            List<Bound> bound = whileKilling(threads, () -> driver.provision(1));
            awaitNoOperations();

            Set<String> claimed = bound.stream().map(Bound::volume).collect(Collectors.toCollection(TreeSet::new));
            assertThat(claimed).as("each claim has a volume of its own").hasSize(CLAIMS);
            assertThat(bound).allSatisfy(claim -> {
                assertThat(claim.name()).isEqualTo("vol_" + claim.volume());
                assertThat(claim.sizeGiB()).isEqualTo(1);
                assertThat(claim.addresses()).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2", "10.0.0.3");
            });
            Set<String> there = new TreeSet<>(client.volumes());
            assertThat(there).containsAll(claimed);
            Set<String> tooMany = new TreeSet<>(there);
            tooMany.removeAll(claimed);
            long untold = tooMany.stream()
                    .filter(volume -> !driver.leftBehind().contains(volume))
                    .count();
            assertThat(untold)
                    .as(
                            "what no claim has, the driver was told of: the kill came between its last questions, or took the telling answer")
                    .isLessThanOrEqualTo(driver.brokenAtTheEnd());
            assertAgree(volumes(), look());
            System.out.println(CLAIMS + " claims, " + KILLS + " kills: " + there.size() + " volumes, "
                    + driver.unheard() + " answers were lost; " + tooMany.size() + " volumes belong to no claim, "
                    + driver.leftBehind().size()
                    + " volumes were told and then lost by the driver, "
                    + driver.busy() + " answers 429");

            threads.invokeAll(claimed.stream()
                            .limit(4)
                            .map(volume -> (Callable<Integer>) () -> driver.expand(volume, 2))
                            .toList())
                    .forEach(grown -> assertThat(grown.resultNow()).isEqualTo(2));
            for (Future<String> deleted : threads.invokeAll(there.stream()
                    .map(volume -> (Callable<String>) () -> {
                        driver.delete(volume);
                        return volume;
                    })
                    .toList())) {
                assertThat(deleted.get()).isNotEmpty();
            }
        }
        awaitNoOperations();
        assertThat(client.volumes()).isEmpty();
        assertThat(look().pictures()).isEqualTo(empty);
        assertNoSpaceUsed();
    }

    private List<Bound> whileKilling(ExecutorService threads, Callable<Bound> claim) throws Exception {
        List<Future<Bound>> claims =
                IntStream.range(0, CLAIMS).mapToObj(i -> threads.submit(claim)).toList();
        for (int kill = 0; kill < KILLS; kill++) {
            int done = CLAIMS * (kill + 1) / (KILLS + 2);
            Eventually.within(
                    Duration.ofMinutes(20),
                    Duration.ofMillis(5),
                    done + " claims are bound",
                    () -> claims.stream().filter(Future::isDone).count() >= done);
            Thread.sleep(ThreadLocalRandom.current().nextInt(200));
            server.kill9();
            server.restart();
        }
        List<Bound> bound = new java.util.ArrayList<>();
        for (Future<Bound> one : claims) {
            bound.add(one.get());
        }
        return bound;
    }
}

package bricklayer.brick.placement;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.brick.Durability;
import bricklayer.brick.SizeLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prints what placing costs; asserts nothing about time. */
class PlacementCostTest {

    private static final int ROUNDS = 200;

    @ParameterizedTest
    @CsvSource({"4, 4, 1", "768, 96, 8", "4000, 1000, 4"})
    void printsTheTimeOfAPlacement(int devices, int nodes, int devicesPerNode) {
        TestCluster cluster = TestCluster.of(4, nodes / 4, devicesPerNode, 1000);
        assertThat(cluster.devices).hasSize(devices);
        long building = System.nanoTime();
        Topology topology = cluster.topology();
        building = System.nanoTime() - building;
        PlacementRequest small = PlacementRequest.create(10, Durability.replica(3));
        PlacementRequest large = PlacementRequest.create(7000, Durability.replica(3));
        PlacementRequest tooLarge = PlacementRequest.create(1 << 20, Durability.replica(3))
                .withLimits(SizeLimits.ofGiB(1001, 1 << 21, 100_000));

        for (int warmUp = 0; warmUp < 2; warmUp++) {
            micros(small, topology);
            micros(large, topology);
            micros(tooLarge, topology);
        }
        System.out.printf(
                "%d devices: topology %d µs; replica 3: %d µs for one set, %d µs for many, %d µs to refuse%n",
                devices, building / 1000, micros(small, topology), micros(large, topology), micros(tooLarge, topology));
    }

    private static long micros(PlacementRequest request, Topology topology) {
        long start = System.nanoTime();
        int explained = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            explained += BrickPlacer.place(request, topology, seed).explanation() == null ? 0 : 1;
        }
        assertThat(explained).isEqualTo(ROUNDS);
        return (System.nanoTime() - start) / ROUNDS / 1000;
    }
}

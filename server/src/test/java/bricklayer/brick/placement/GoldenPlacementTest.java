package bricklayer.brick.placement;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.brick.Durability;
import bricklayer.brick.placement.Placement.Placed;
import bricklayer.brick.placement.Placement.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A seed gives the placement that it gave when the file was written, so that a recorded request can be played
 * again. A change of the algorithm may change the file: put in what the failure prints, and say so in the
 * commit.
 */
class GoldenPlacementTest {

    private static final String FILE = "placements.txt";

    @Test
    void seedsGiveWhatTheyGaveBefore() throws IOException {
        String actual = String.join("\n", placements()) + "\n";

        assertThat(actual).as("placements by seed; expected is %s", FILE).isEqualTo(golden());
    }

    private static List<String> placements() {
        TestCluster plain = TestCluster.of(3, 2, 2, 500);
        TestCluster mixed = TestCluster.of(2, 2, 1, 200);
        mixed.node(3, Map.of("arbiter", "required"), Availability.AVAILABLE).device(50 * TestCluster.GIB);
        mixed.node(3, Map.of(), Availability.NODE_DOWN).device(900 * TestCluster.GIB);
        List<Durability> durabilities = List.of(
                Durability.distribute(),
                Durability.replica(2),
                Durability.replica(3),
                Durability.replicaWithArbiter(),
                Durability.disperse(4, 2));
        List<String> lines = new ArrayList<>();
        for (Durability durability : durabilities) {
            for (int gib : new int[] {10, 700}) {
                for (long seed : new long[] {0, 1, -1, 0x5eed}) {
                    String request = durability + " " + gib + " GiB, seed " + seed;
                    lines.add("plain " + request + ": " + line(plain, durability, gib, seed));
                    lines.add("mixed " + request + ": " + line(mixed, durability, gib, seed));
                }
            }
        }
        return lines;
    }

    private static String line(TestCluster cluster, Durability durability, int gib, long seed) {
        return switch (BrickPlacer.place(PlacementRequest.create(gib, durability), cluster.topology(), seed)) {
            case Placed placed ->
                placed.sets().stream()
                        .map(set ->
                                set.bricks().stream().map(PlacedBrick::deviceId).collect(Collectors.joining(" ")))
                        .collect(Collectors.joining(", "));
            case Refused refused -> refused.text() + " " + refused.largestGiB();
        };
    }

    private static String golden() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(GoldenPlacementTest.class.getResourceAsStream(FILE), FILE + " is missing")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

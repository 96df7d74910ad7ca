package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.functional.lab.LabNode;
import bricklayer.functional.lab.OpenShells;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What a create costs beside the same commands given by hand over ssh connections that are open already, and beside those that Heketi gives, alternately on the same nodes. Prints medians, their
 * ratios, and where the time of the last of each went, command by command; {@code -Drounds=} takes more or fewer than five. The ratios are held to generous bounds only: the machine is shared.
 */
final class CreateSpeedLabIT extends Scenario {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final double NO_WORSE_THAN = 1.5;
    private static final Pattern ACCEPTED = Pattern.compile("^(\\S+) .*op=(\\S+) kind=create-volume accepted.*");
    private static final Pattern ENDED = Pattern.compile("^(\\S+) .*op=(\\S+) kind=create-volume ended state=DONE.*");
    private static final Pattern TOLD = Pattern.compile(
            "^(\\S+) DEBUG CountingExecutor .*node=127\\.0\\.1\\.(\\d+) (asked|changed) ms=(\\d+) (.*)");

    private static final String PRODUCT = "by the product";

    /** One line of a timeline. */
    private record Line(Duration from, Duration took, String node, String what) {}

    private final Map<String, List<Duration>> times = new LinkedHashMap<>();
    private final Map<String, List<Line>> timelines = new LinkedHashMap<>();

    @Override
    Stand newNodes(java.nio.file.Path folderOfNodes) {
        return LabStand.withNewNodes();
    }

    @Test
    void printsTheRatios() throws Exception {
        loadTopology(1);
        client.setLogLevel("debug");
        List<LabNode> nodes = ((LabStand) stand).lab().nodes();
        try (OpenShells shells = new OpenShells(((LabStand) stand).lab())) {
            HandMade.prepare(shells);
            List<HandMade> others = List.of(
                    new HandMade.ByHand(shells, nodes),
                    new HandMade.AsHeketi(shells, nodes, false),
                    new HandMade.AsHeketi(shells, nodes, true));
            for (int round = 0; round <= ROUNDS; round++) { // the first warms all up
                for (int i = 0; i < others.size(); i++) {
                    byOther(others.get(i), shells, "hand" + round + "_" + i, round > 0);
                }
                byProduct("product" + round, round > 0);
            }
        }
        times.forEach((title, each) -> System.out.printf(
                "create of a replica-3 volume %s: %s, median %d ms%n",
                title, millis(each), median(each).toMillis()));
        Map<String, Double> ratios = new LinkedHashMap<>();
        times.forEach((title, each) -> ratios.put(
                title,
                (double) median(Objects.requireNonNull(times.get(PRODUCT))).toMillis()
                        / median(each).toMillis()));
        ratios.forEach((title, ratio) -> System.out.printf("ratio of the product to %s: %.2f%n", title, ratio));
        timelines.forEach((title, lines) -> {
            System.out.printf("%nthe last create %s, where its time went:%n   from    took  node%n", title);
            lines.forEach(line -> System.out.printf(
                    "%7d %7d  %4s  %s%n", line.from().toMillis(), line.took().toMillis(), line.node(), line.what()));
        });
        assertThat(ratios).allSatisfy((title, ratio) -> assertThat(ratio).isBetween(0.01, NO_WORSE_THAN));
    }

    private void byOther(HandMade way, OpenShells shells, String name, boolean counts) {
        shells.takeGiven();
        Instant begin = Instant.now();
        way.create(name);
        Duration took = Duration.between(begin, Instant.now());
        List<Line> lines = shells.takeGiven().stream()
                .map(given -> new Line(
                        Duration.between(begin, given.begin()),
                        given.took(),
                        String.valueOf(given.node().number()),
                        given.command()))
                .toList();
        way.delete(name);
        if (counts) {
            note(way.title(), took, lines);
        }
    }

    /** From the moment its plan is durable to the moment its end is, as the server's log tells. */
    private void byProduct(String name, boolean counts) throws IOException {
        int before = Files.readAllLines(server.log()).size();
        VolumeInfo volume = client.createVolume(
                VolumeCreateRequest.of(1, Durability.replicate(3)).named(name));
        Instant accepted = Instant.EPOCH;
        Instant ended = Instant.EPOCH;
        List<String> said = Files.readAllLines(server.log());
        said = said.subList(before, said.size());
        for (String line : said) {
            Matcher begin = ACCEPTED.matcher(line);
            Matcher end = ENDED.matcher(line);
            accepted = begin.matches() ? Instant.parse(begin.group(1)) : accepted;
            ended = end.matches() ? Instant.parse(end.group(1)) : ended;
        }
        List<Line> lines = new ArrayList<>();
        for (String line : said) {
            Matcher told = TOLD.matcher(line);
            if (told.matches()) {
                Instant end = Instant.parse(told.group(1));
                Duration took = Duration.ofMillis(Long.parseLong(told.group(4)));
                if (!end.isAfter(ended)) {
                    lines.add(
                            new Line(Duration.between(accepted, end.minus(took)), took, told.group(2), told.group(5)));
                }
            }
        }
        Duration took = Duration.between(accepted, ended);
        lines.add(new Line(took, Duration.ZERO, "-", "the end is durable"));
        client.deleteVolume(volume.id());
        if (counts) {
            note(PRODUCT, took, lines);
        }
    }

    private void note(String title, Duration took, List<Line> lines) {
        times.computeIfAbsent(title, none -> new ArrayList<>()).add(took);
        timelines.put(
                title, lines.stream().sorted(Comparator.comparing(Line::from)).toList());
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream().sorted(Comparator.naturalOrder()).toList().get(durations.size() / 2);
    }

    private static List<Long> millis(List<Duration> durations) {
        return durations.stream().map(Duration::toMillis).toList();
    }
}

package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.FaultRules;
import bricklayer.api.VolumeInfo;
import bricklayer.functional.KilledOperation.Ask;
import bricklayer.functional.lab.LabNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With LVM, XFS, GlusterFS and data. {@code -Dcuts=N} says how many power cuts. */
final class KillEveryPointLabIT extends KillEveryPoint {

    private static final int MIB = 8;
    private static final int CUTS = 2;

    /** How long the operation waits at its point for the node to lose its power. */
    private static final Duration AT_THE_POINT = Duration.ofSeconds(4);

    private @Nullable LabData data;

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }

    @Override
    Optional<Integer> points() {
        return Optional.of(5);
    }

    @Override
    void fill(VolumeInfo volume) {
        data().fill(volume);
    }

    @Override
    void healed(VolumeInfo volume) {
        data().awaitHealed(volume);
    }

    @Override
    void checkData(VolumeInfo volume) {
        if (data().isIn(volume)) {
            data().check(volume);
        }
    }

    private LabData data() {
        if (data == null) {
            data = new LabData((LabStand) stand, MIB);
        }
        return data;
    }

    /** A node loses its power while an operation is at a point drawn by lot, and the server dies there every other time. The node comes back, and all is well. */
    @Test
    void powerCutsAtRandomPointsLoseNothing() throws IOException, InterruptedException {
        long seed = Long.getLong("seed", new Random().nextLong());
        int cuts = Integer.getInteger("cuts", CUTS);
        Random random = new Random(seed);
        if (client.clusters().isEmpty()) {
            loadTopology(2);
        }
        deleteVolumes();
        keepAVolume();
        List<Point> points = new ArrayList<>();
        for (KilledOperation operation : KilledOperation.chosen()) {
            points.addAll(pointsOf(operation).stream()
                    .filter(point ->
                            !point.name().startsWith("store/") && !point.name().startsWith("submit/"))
                    .toList());
        }
        System.out.println("power cuts: -Dseed=" + seed + " -Dcuts=" + cuts + ", points: " + points.size());
        Map<String, Integer> counts = new TreeMap<>();
        for (int cut = 1; cut <= cuts; cut++) {
            Point point = points.get(random.nextInt(points.size()));
            LabNode node = ((LabStand) stand).lab().node(1 + random.nextInt(3));
            boolean kill = random.nextBoolean();
            String story = "cut " + cut + " of seed " + seed + ": node " + node.number() + " during " + point
                    + (kill ? ", and the server with it" : "");
            try {
                counts.merge(cutAt(point, node, kill), 1, Integer::sum);
            } catch (AssertionError | RuntimeException | IOException e) {
                throw new AssertionError(story + "\n" + server.logEnd(), e);
            }
            System.out.println(story + ": " + counts);
        }
    }

    private String cutAt(Point point, LabNode node, boolean kill) throws IOException, InterruptedException {
        Ask ask = point.operation().prepare(this);
        VolumeInfo kept = kept();
        healed(kept);
        ((LabStand) stand).lab().nodes().forEach(each -> each.check("sync"));
        client.setFaults(new FaultRules(0, List.of(point.rule("delay", AT_THE_POINT.toMillis()))));
        try (Rest rest = new Rest(server.uri())) {
            Rest.Answer accepted = rest.send(ask.method(), ask.path(), ask.body(), "");
            assertThat(accepted.status()).as("%s", accepted).isEqualTo(202);
            String queuePath = accepted.location().orElseThrow();
            Eventually.within(
                    PATIENCE,
                    PAUSE,
                    "the point is reached, or passed by",
                    () -> client.faults().rules().getFirst().acted() > 0
                            || client.operations().total() == 0);
            boolean reached = client.faults().rules().getFirst().acted() > 0;
            node.kill();
            if (kill) {
                server.kill9();
                server.launchAgain();
            }
            node.start();
            ((LabStand) stand).awaitPeers();
            if (kill) {
                server.awaitServing();
            } else {
                client.clearFaults();
            }
            awaitNothingOpen();
            Rest.Answer end = rest.get(queuePath);
            assertThat(end.pending()).as("%s is pending", queuePath).isFalse();
            assertAgree(volumes(), look());
            healed(kept());
            checkData(kept());
            victim().ifPresent(this::checkData);
            data().checkReplicas(kept(), kept().bricks(), manageHosts());
            back();
            return point.operation() + (reached ? "" : " (point not reached)") + " answered " + end.status();
        }
    }
}

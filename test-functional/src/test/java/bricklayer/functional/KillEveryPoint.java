package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BrickInfo;
import bricklayer.api.Durability;
import bricklayer.api.FaultReport;
import bricklayer.api.FaultRule;
import bricklayer.api.FaultRules;
import bricklayer.api.StateRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.client.Credentials;
import bricklayer.client.Patience;
import bricklayer.functional.KilledOperation.Ask;
import bricklayer.functional.KilledOperation.Before;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The server dies at every fault point of create, expand, delete, evict and device removal, one run a point. Points are those that an undisturbed run has passed, so none
 * is listed by hand, and none can be forgotten. After each death the server starts again; when no operation is open, records and nodes agree, the operation has had all of
 * its effect or none of it, as the caller is told who asks the queue, and the data in the volumes is what it was.
 *
 * <p>{@code -Dpoints=all} takes all points, {@code -Dpoints=N} so many of them, {@code -Dseed=N} the same ones again, {@code -Dminutes=N} as many as fit,
 * {@code -Dkinds=CREATE,EVICT} those of some operations only.
 */
abstract class KillEveryPoint extends Scenario {

    static final Duration PAUSE = Duration.ofMillis(100);

    /** For one operation: the lab's nodes are slow where the machine has other work. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String KEPT = "kept";
    private static final int CRASHED = 99;

    /** One run: which time at which point. */
    record Point(KilledOperation operation, String name, long nth) {

        FaultRule rule(String act, long waitMs) {
            return WireJson.read(
                    "{\"name\":\"point\",\"point\":\"%s\",\"skip\":%d,\"times\":1,\"act\":\"%s\",\"wait_ms\":%d}"
                            .formatted(name, nth - 1, act, waitMs),
                    FaultRule.class);
        }

        @Override
        public String toString() {
            return operation + " at " + name + ", time " + nth;
        }
    }

    /** Without {@code -Dpoints}; empty for all. */
    abstract Optional<Integer> points();

    /** Puts data into a volume, where it can hold any. */
    abstract void fill(VolumeInfo volume);

    /** Waits until all bricks of a volume hold what they should. */
    abstract void healed(VolumeInfo volume);

    /** The data put into a volume before is there, where it can hold any. */
    abstract void checkData(VolumeInfo volume);

    @Override
    Stand.Access access() {
        return stand.access().allowingFaults();
    }

    @BeforeAll
    void waitLong() {
        client = BricklayerClient.to(server.uri())
                .as(Credentials.admin(ServerProcess.ADMIN_KEY))
                .patience(Patience.NORMAL.withOperation(LONGEST))
                .build();
    }

    @Test
    void nothingLeaksAndNothingIsLost() throws IOException, InterruptedException {
        long seed = Long.getLong("seed", new Random().nextLong());
        loadTopology(2);
        keepAVolume();

        List<Point> all = new ArrayList<>();
        Map<KilledOperation, Integer> places = new EnumMap<>(KilledOperation.class);
        for (KilledOperation operation : KilledOperation.chosen()) {
            List<Point> its = pointsOf(operation);
            places.put(operation, (int) its.stream().map(Point::name).distinct().count());
            all.addAll(its);
        }
        List<Point> chosen = chosen(all, seed);
        System.out.println(getClass().getSimpleName() + ": -Dseed=" + seed + ", " + all.size() + " points ("
                + places.values().stream().mapToInt(Integer::intValue).sum()
                + " places, some passed several times), " + chosen.size() + " of them chosen; places: " + places);

        Map<String, Integer> counts = new TreeMap<>();
        long endNs = System.nanoTime()
                + Duration.ofMinutes(Integer.getInteger("minutes", 24 * 60)).toNanos();
        int runs = 0;
        for (Point point : chosen) {
            if (System.nanoTime() > endNs) {
                break;
            }
            try {
                counts.merge(point.operation() + " " + killedAt(point, runs % 2 == 0), 1, Integer::sum);
            } catch (AssertionError | RuntimeException | IOException e) {
                throw new AssertionError(
                        point + ", run " + (runs + 1) + " of -Dseed=" + seed + "\n" + server.logEnd(), e);
            }
            runs++;
            if (runs % 10 == 0) {
                System.out.println(
                        getClass().getSimpleName() + ": " + runs + " runs of " + chosen.size() + ", " + counts);
            }
        }
        System.out.println(getClass().getSimpleName() + ": " + runs + " of " + all.size()
                + " points, no leak, nothing lost: " + counts);

        healed(kept());
        checkData(kept());
        deleteVolumes();
        // not the whole pictures: the tags that tell a device's state are renewed a while after it changed
        assertAgree(List.of(), look());
        assertNoSpaceUsed();
    }

    void keepAVolume() {
        VolumeInfo kept = client.createVolume(
                VolumeCreateRequest.of(1, Durability.replicate(3)).named(KEPT));
        fill(kept);
    }

    VolumeInfo kept() {
        return named(KEPT).orElseThrow();
    }

    Optional<VolumeInfo> victim() {
        return named(KilledOperation.VICTIM);
    }

    private Optional<VolumeInfo> named(String name) {
        return volumes().stream().filter(volume -> volume.name().equals(name)).findFirst();
    }

    static Set<String> brickIds(VolumeInfo volume) {
        return volume.bricks().stream().map(BrickInfo::id).collect(Collectors.toSet());
    }

    /** Those found once. */
    private final Map<KilledOperation, List<Point>> known = new EnumMap<>(KilledOperation.class);

    List<Point> pointsOf(KilledOperation operation) throws IOException, InterruptedException {
        List<Point> points = known.get(operation);
        if (points == null) {
            points = passedBy(operation);
            known.put(operation, points);
        }
        return points;
    }

    /** By an undisturbed run. Which node does its part first is chance, so the points of a step on several nodes count as one that is passed several times. */
    private List<Point> passedBy(KilledOperation operation) throws IOException, InterruptedException {
        Ask ask = operation.prepare(this);
        client.clearFaults();
        try (Rest rest = new Rest(server.uri())) {
            Rest.Answer accepted = rest.send(ask.method(), ask.path(), ask.body(), "");
            assertThat(accepted.status()).as("%s: %s", operation, accepted).isEqualTo(202);
            Rest.Answer end = rest.end(accepted.location().orElseThrow(), LONGEST, PAUSE);
            assertThat(end.status()).as("%s: %s", operation, end).isIn(204, 303);
        }
        FaultReport report = client.faults();
        assertThat(report.pointsLeftOut()).isZero();
        Map<String, Long> times = new LinkedHashMap<>();
        report.points()
                .forEach(point -> times.merge(point.point().replaceAll("@[^:]*", "@*"), point.times(), Long::sum));
        List<Point> points = new ArrayList<>();
        times.forEach((name, passed) -> {
            for (long nth = 1; nth <= passed; nth++) {
                points.add(new Point(operation, name, nth));
            }
        });
        back();
        return points;
    }

    private List<Point> chosen(List<Point> all, long seed) {
        List<Point> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(seed));
        String wanted =
                System.getProperty("points", points().map(String::valueOf).orElse("all"));
        if (wanted.equals("all")) {
            return shuffled;
        }
        // as many of each operation, one after the other
        Map<KilledOperation, List<Point>> byOperation =
                shuffled.stream().collect(Collectors.groupingBy(Point::operation));
        List<Point> chosen = new ArrayList<>();
        for (int i = 0; chosen.size() < Math.min(Integer.parseInt(wanted), all.size()); i++) {
            for (List<Point> its : byOperation.values()) {
                if (i < its.size() && chosen.size() < Integer.parseInt(wanted)) {
                    chosen.add(its.get(i));
                }
            }
        }
        return chosen;
    }

    /** @return what became of the operation */
    private String killedAt(Point point, boolean keyed) throws IOException, InterruptedException {
        Ask ask = point.operation().prepare(this);
        Before before = new Before(brickIds(kept()));
        client.setFaults(new FaultRules(0, List.of(point.rule("crash", 0))));
        Optional<String> queuePath = askAndSeeItDie(ask, keyed ? "key of " + point : "");
        boolean died = queuePath.isEmpty() || !server.runs();
        if (died) {
            assertThat(server.awaitOwnEnd()).isEqualTo(CRASHED);
            server.restart();
        } else {
            client.clearFaults();
        }
        awaitNothingOpen();
        boolean done = point.operation().done(this, before);
        if (queuePath.isPresent()) {
            mustBeTold(queuePath.get(), done);
        }
        assertAgree(volumes(), look());
        checkData(kept());
        victim().ifPresent(this::checkData);
        back();
        return died ? (done ? "done" : "undone") : "not reached";
    }

    void awaitNothingOpen() {
        Eventually.within(
                LONGEST,
                PAUSE,
                "no operation is open",
                () -> client.operations().total() == 0);
    }

    /** @return where its end is told, if that was promised before the server died */
    private Optional<String> askAndSeeItDie(Ask ask, String key) throws InterruptedException {
        Optional<String> queuePath = Optional.empty();
        try (Rest rest = new Rest(server.uri())) {
            Rest.Answer accepted = rest.send(ask.method(), ask.path(), ask.body(), key);
            assertThat(accepted.status()).as("%s", accepted).isEqualTo(202);
            queuePath = accepted.location();
            rest.end(queuePath.orElseThrow(), LONGEST, PAUSE);
        } catch (IOException dead) {
            Eventually.within(PATIENCE, PAUSE, "the server is dead that did not answer", () -> !server.runs());
        }
        return queuePath;
    }

    /** Nothing acknowledged is lost: the queue says how it ended, and that is how it is. */
    private void mustBeTold(String queuePath, boolean done) throws IOException, InterruptedException {
        try (Rest rest = new Rest(server.uri())) {
            Rest.Answer end = rest.get(queuePath);
            assertThat(end.pending()).as("%s is pending", queuePath).isFalse();
            assertThat(end.status()).as("%s: %s", queuePath, end).isIn(204, 303, 500);
            assertThat(end.status() != 500)
                    .as("the caller is told of success exactly where the effect is there: %s", end)
                    .isEqualTo(done);
        }
    }

    /** Devices are as before; what is left of the victim the next preparation takes away. */
    void back() {
        devices().filter(device -> !device.state().equals("online")).forEach(device -> {
            if (device.state().equals("failed")) {
                client.setDeviceState(device.id(), new StateRequest("offline", ""));
            }
            client.setDeviceState(device.id(), new StateRequest("online", ""));
        });
    }
}

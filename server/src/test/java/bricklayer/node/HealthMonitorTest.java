package bricklayer.node;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.main.Formats;
import bricklayer.operation.Threads;
import bricklayer.operation.VirtualThreads;
import bricklayer.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Simulated nodes go away and come back while somebody looks. */
class HealthMonitorTest {

    private final MemoryStore store = new MemoryStore(Formats.SCHEMA);
    private final SimulatedExecutor executor =
            new SimulatedExecutor(SimulatedNodes.inMemory(SimulatedSettings.DEFAULTS), pause -> {});
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    private HealthMonitor monitor(Threads threads) {
        return new HealthMonitor(
                store::rows,
                new Hosts(executor),
                new Gluster(GlusterSettings.DEFAULTS),
                threads,
                () -> now,
                new HealthMonitor.Rhythm(Duration.ofSeconds(10), Duration.ofSeconds(120)));
    }

    private final HealthMonitor monitor = monitor(new VirtualThreads());

    private static NodeId id(int n) {
        return new NodeId("n" + n);
    }

    private static HostName host(int n) {
        return new HostName("node" + n);
    }

    private void put(int n, State state) {
        executor.nodes().nameNode(host(n), "10.0.0." + n);
        store.write(tx -> {
            tx.put(
                    Node.TABLE,
                    new Node(
                            id(n),
                            new ClusterId("c"),
                            1,
                            List.of(host(n).value()),
                            List.of("10.0.0." + n),
                            Map.of(),
                            state));
            return n;
        });
    }

    @Test
    void whoDoesNotAnswerIsDownUntilItAnswersAgain() {
        IntStream.rangeClosed(1, 40).forEach(n -> put(n, State.ONLINE));
        assertThat(monitor.isUp(id(1))).isEmpty();
        assertThat(monitor.isDown(id(1))).isFalse();
        executor.nodes().cutPower(host(1));
        executor.nodes().stopGlusterd(host(2));
        executor.nodes().disconnect(host(3));

        monitor.lookAtAll();

        assertThat(IntStream.rangeClosed(1, 40).filter(n -> monitor.isDown(id(n))))
                .containsExactly(1, 2, 3);
        assertThat(monitor.isUp(id(4))).contains(true);
        long asked = executor.counters().asked();

        executor.nodes().returnPower(host(1));
        executor.nodes().startGlusterd(host(2));
        monitor.lookAtThoseDown();

        assertThat(executor.counters().asked()).isEqualTo(asked + 3);
        assertThat(IntStream.rangeClosed(1, 40).filter(n -> monitor.isDown(id(n))))
                .containsExactly(3);
    }

    @Test
    void onlyNodesThatAreOnlineAreAskedAndTheRestIsForgotten() {
        put(1, State.ONLINE);
        put(2, State.OFFLINE);
        executor.nodes().cutPower(host(1));
        executor.nodes().cutPower(host(2));
        monitor.lookAtAll();
        assertThat(monitor.isDown(id(1))).isTrue();
        assertThat(monitor.isUp(id(2))).isEmpty();

        put(1, State.OFFLINE);
        monitor.lookAtAll();

        assertThat(monitor.isUp(id(1))).isEmpty();
    }

    @Test
    void knowledgeGrowsOld() {
        put(1, State.ONLINE);
        executor.nodes().cutPower(host(1));
        monitor.lookAtAll();
        now = now.plus(Duration.ofMinutes(119));
        assertThat(monitor.isDown(id(1))).isTrue();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(monitor.isDown(id(1))).isFalse();
        assertThat(monitor.isUp(id(1))).isEmpty();
    }

    @Test
    void theFirstLookWaitsAndADeadNodeIsLookedAtMoreOftenThanTheRest() {
        put(1, State.ONLINE);
        put(2, State.ONLINE);
        executor.nodes().cutPower(host(1));
        Instant start = now;
        List<String> looks = new ArrayList<>();
        HealthMonitor[] watched = new HealthMonitor[1];
        watched[0] = monitor(new Threads() {
            private long asked;

            @Override
            public void all(List<Runnable> tasks) {
                tasks.forEach(Runnable::run);
            }

            @Override
            public void start(String name, Runnable task) {
                task.run();
            }

            @Override
            public void sleep(Duration time) {
                long since = executor.counters().asked() - asked;
                looks.add(Duration.between(start, now).toSeconds() + ": " + since);
                asked += since;
                now = now.plus(time);
                if (now.isAfter(start.plusSeconds(140))) {
                    watched[0].close();
                }
            }
        });

        watched[0].start();

        assertThat(looks).startsWith("0: 0", "10: 2", "20: 1", "30: 1").contains("120: 1", "130: 2", "140: 1");
    }

    @Test
    void hostsAreTriedInTheirOrderButThoseDownLast() {
        IntStream.rangeClosed(1, 3).forEach(n -> put(n, State.ONLINE));
        executor.nodes().cutPower(host(1));
        monitor.lookAtAll();
        List<Node> nodes = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> store.rows().get(Node.TABLE, id(n)).orElseThrow())
                .toList();
        assertThat(monitor.upFirst(nodes)).extracting(Node::id).containsExactly(id(2), id(3), id(1));
    }
}

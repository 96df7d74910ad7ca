package bricklayer.node;

import bricklayer.gluster.Gluster;
import bricklayer.host.HostFailure;
import bricklayer.host.HostReader;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.operation.Threads;
import bricklayer.store.Rows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks glusterd of every node that is online, again and again, and remembers who answered. In memory only, and no state of a node changes by it. Nodes are asked at the same time, a few at once, so
 * that dead ones, which cost a whole timeout, do not keep the others waiting; no lock is held and no transaction is open meanwhile.
 */
public final class HealthMonitor implements KnownDown, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);
    private static final int ASKED_AT_ONCE_MAX = 16;

    /** What is older says nothing any more. */
    private static final Duration KNOWLEDGE_LIFE = Duration.ofHours(2);

    /** A node known to be down takes no bricks, so its return is looked for more often. */
    private static final Duration DOWN_AGAIN = Duration.ofSeconds(10);

    /**
     * When to look.
     *
     * @param startAfter from the start to the first look
     * @param every from one look at all nodes to the next
     */
    public record Rhythm(Duration startAfter, Duration every) {}

    private record Seen(boolean up, Instant when) {}

    private final Supplier<Rows> rows;
    private final HostReader hosts;
    private final Gluster gluster;
    private final Threads threads;
    private final InstantSource clock;
    private final Rhythm rhythm;
    private final Map<NodeId, Seen> seen = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public HealthMonitor(
            Supplier<Rows> rows,
            HostReader hosts,
            Gluster gluster,
            Threads threads,
            InstantSource clock,
            Rhythm rhythm) {
        this.rows = rows;
        this.hosts = hosts;
        this.gluster = gluster;
        this.threads = threads;
        this.clock = clock;
        this.rhythm = rhythm;
    }

    public void start() {
        threads.start("health monitor", this::loop);
    }

    /** Ends the rounds; one that is under way is not waited for. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isDown(NodeId node) {
        return isUp(node).filter(up -> !up).isPresent();
    }

    /** Whether it answered when it was last asked; empty when that is too long ago, or never was. */
    public Optional<Boolean> isUp(NodeId node) {
        return Optional.ofNullable(seen.get(node)).filter(this::tells).map(Seen::up);
    }

    private boolean tells(Seen what) {
        return what.when().plus(KNOWLEDGE_LIFE).isAfter(clock.instant());
    }

    private void loop() {
        try {
            threads.sleep(rhythm.startAfter());
            while (!closed) {
                guarded(this::lookAtAll);
                Instant nextRound = clock.instant().plus(rhythm.every());
                for (Duration left = rhythm.every(); left.isPositive() && !closed; ) {
                    threads.sleep(left.compareTo(DOWN_AGAIN) < 0 ? left : DOWN_AGAIN);
                    left = Duration.between(clock.instant(), nextRound);
                    if (left.isPositive()) {
                        guarded(this::lookAtThoseDown);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Last line of defence: a round that meets a fault must not be the last one. */
    private static void guarded(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.error("a look at the nodes met a fault; the next one follows", e);
        }
    }

    /** Asks every node that is online. Returns when each has answered or its time is up. */
    public void lookAtAll() {
        List<Node> online = online();
        look(online);
        seen.entrySet()
                .removeIf(entry -> !tells(entry.getValue())
                        || online.stream().noneMatch(node -> node.id().equals(entry.getKey())));
    }

    /** Asks those that did not answer before. */
    public void lookAtThoseDown() {
        look(online().stream().filter(node -> isDown(node.id())).toList());
    }

    private List<Node> online() {
        Rows now = rows.get();
        return StreamSupport.stream(now.all(Node.TABLE).spliterator(), false)
                .filter(node -> node.state() == State.ONLINE && Inventory.isVisible(now, node))
                .toList();
    }

    private void look(List<Node> nodes) {
        Queue<Node> left = new ConcurrentLinkedQueue<>(nodes);
        threads.all(Collections.nCopies(Math.min(ASKED_AT_ONCE_MAX, nodes.size()), () -> {
            for (Node node = left.poll(); node != null && !closed; node = left.poll()) {
                look(node);
            }
        }));
    }

    private void look(Node node) {
        Optional<HostFailure> failure = GlusterdWatch.failureOf(hosts, node.host(), gluster);
        boolean up = failure.isEmpty();
        Seen before = seen.put(node.id(), new Seen(up, clock.instant()));
        if (before == null ? !up : before.up() != up) {
            if (up) {
                LOG.info("node={} host={} answers again", node.id(), node.host());
            } else {
                LOG.warn(
                        "node={} host={} does not answer and gets no new bricks until it does: {}",
                        node.id(),
                        node.host(),
                        failure.get().getMessage());
            }
        }
    }
}

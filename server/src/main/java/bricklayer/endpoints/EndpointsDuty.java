package bricklayer.endpoints;

import bricklayer.api.OperationsHealth;
import bricklayer.kube.ServiceEndpoints;
import bricklayer.kube.ServiceEndpoints.CannotKeep;
import bricklayer.operation.Threads;
import bricklayer.store.Rows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps services and endpoints as the records want them: soon after nodes or clusters change, and now and then whatever others did to them. Removes
 * those of clusters that are gone. Never in the way of anything: a Kubernetes that does not answer is a finding. Thread-safe.
 */
public final class EndpointsDuty implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointsDuty.class);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final ServiceEndpoints objects;
    private final Settings settings;
    private final Supplier<Rows> rows;
    private final InstantSource clock;
    private final Threads threads;
    private final AtomicLong failures = new AtomicLong();
    private volatile List<String> troubles = List.of();
    private volatile boolean closed;

    /**
     * What is kept where.
     *
     * @param prefix of names; what follows is the id of the cluster. No other server may use it in these namespaces
     */
    public record Settings(String prefix, List<String> namespaces, Duration period) {}

    public EndpointsDuty(
            ServiceEndpoints objects, Settings settings, Supplier<Rows> rows, InstantSource clock, Threads threads) {
        this.objects = objects;
        this.settings = settings;
        this.rows = rows;
        this.clock = clock;
        this.threads = threads;
    }

    public void start() {
        threads.start("endpoints", this::loop);
    }

    private void loop() {
        Instant due = clock.instant();
        ClusterEndpoints kept = null;
        while (!closed) {
            ClusterEndpoints wanted = ClusterEndpoints.of(rows.get());
            if (!wanted.equals(kept) || !clock.instant().isBefore(due)) {
                boolean well = keep(wanted);
                due = clock.instant().plus(well ? settings.period() : AFTER_FAILURE);
                kept = wanted;
            }
            try {
                threads.sleep(LOOK);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean keep(ClusterEndpoints wanted) {
        List<String> found = new ArrayList<>(wanted.left());
        int before = found.size();
        for (String namespace : settings.namespaces()) {
            wanted.addresses()
                    .forEach((cluster, addresses) -> attempt(
                            found,
                            () -> objects.keep(namespace, settings.prefix() + cluster, addresses)
                                    .forEach(change -> LOG.info("{}", change))));
            attempt(found, () -> removeOthers(namespace, wanted));
        }
        troubles = List.copyOf(found);
        return found.size() == before;
    }

    private void removeOthers(String namespace, ClusterEndpoints wanted) {
        SortedSet<String> names = objects.names(namespace);
        for (String name : names) {
            boolean mine = name.startsWith(settings.prefix());
            if (mine
                    && !wanted.addresses()
                            .containsKey(name.substring(settings.prefix().length()))) {
                objects.delete(namespace, name);
                LOG.info("service and endpoints {}/{} deleted: their cluster is gone", namespace, name);
            }
        }
    }

    private void attempt(List<String> found, Runnable task) {
        try {
            task.run();
        } catch (CannotKeep e) {
            failures.incrementAndGet();
            found.add(String.valueOf(e.getMessage()));
            if (!troubles.contains(e.getMessage())) {
                LOG.warn("{}", e.getMessage());
            }
        }
    }

    /** What needs a person. */
    public List<OperationsHealth.Finding> findings() {
        return Stream.of(troubles)
                .flatMap(List::stream)
                .map(trouble -> new OperationsHealth.Finding(
                        "Endpoints in Kubernetes: " + trouble, "It is tried again by itself; see docs/kubernetes.md"))
                .toList();
    }

    /** Attempts since the start that failed. */
    public long failures() {
        return failures.get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
